// The machine as a table: every state × event cell. A cell is the next state and the effects in order; "same" means
// that the handoff stays as it is and nothing is done (the caller's side of the case may still be noted).
// A new state or event does not compile until it has its row or its cells.
import { describe, expect, test } from "vitest";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { HandoffKind } from "../../src/handoff/state.ts";
import type { CaseEventKind } from "../../src/handoff/vocabulary.ts";
import { disputes, events, stateOf } from "./scenes.ts";

type Cell = "same" | HandoffKind | `${HandoffKind}: ${string}`;
type Row = Record<CaseEventKind, Cell>;

/** What no state answers by itself, and what every state answers alike. A new event must be entered here first. */
const common: Row = {
  "call-arrived": "same",
  "assistant-started": "same",
  "assistant-lost": "same",
  "caller-leg-asked": "same",
  "caller-left": "same",
  "line-ended": "same",
  "caller-pressed": "same",
  "escalation-decided": "same",
  "caller-cancelled": "same",
  "caller-chose": "same",
  "callback-confirmed": "same",
  "callback-rejected": "same",
  "agent-reserved": "same",
  "no-agent-free": "same",
  "agent-freed": "same",
  "packet-painted": "same",
  "agent-consented": "same",
  "agent-declined": "same",
  "desk-lost": "same",
  "agent-ended": "same",
  "agent-transferred": "same",
  "agent-handed-back": "same",
  "wrapped-up": "same",
  "dial-queued": "same",
  "dial-accepted": "same",
  "dial-refused": "same",
  "dial-unknown": "same",
  "agent-leg-ringing": "same",
  "agent-leg-answered": "same",
  "agent-leg-ended": "same",
  "leg-left-behind": "same",
  "agent-joined": "same",
  "agent-left-room": "same",
  "caller-joined": "same",
  "caller-left-room": "same",
  "room-seen": "same",
  "move-failed": "same",
  "case-claimed": "same",
  "case-resolved": "same",
  "case-moved": "same",
  "case-promised": "same",
  "time-passed": "same",
};

/** A reservation that nobody waits for is given back, wherever it arrives. */
const giveBack = (kind: HandoffKind) => `${kind}: release-agent` as const;
const people = (kind: HandoffKind) =>
  ({ "case-claimed": `${kind}: notify`, "case-resolved": `${kind}: notify`, "case-moved": kind }) as const;

/** An agent's leg at the carrier of which the case knows nothing. */
const notOurs = (kind: HandoffKind) => ({ "leg-left-behind": `${kind}: end-leg` }) as const;

/** The caller seems to be in the room although nobody is there for them: asked first, then brought out. */
const misplaced = (kind: HandoffKind) =>
  ({
    "caller-joined": `${kind}: ask-room`,
    "move-failed": `${kind}: ask-room`,
    "room-seen": `${kind}: move-caller`,
  }) as const;

const RETURNED = "closed: cut-speech speak resume-assistant notify";
const RETURNED_RINGING = "closed: end-leg withdraw-offer release-agent cut-speech speak resume-assistant notify";
const RETURNED_ANSWERED = "closed: refresh-leg withdraw-offer release-agent cut-speech speak resume-assistant notify";
const NEXT = "reserving: end-leg withdraw-offer release-agent cut-speech reserve-agent";
/** The leg is over already: nothing to end at the carrier. */
const NEXT_LEG_OVER = "reserving: withdraw-offer release-agent cut-speech reserve-agent";
const REPLACED = "reserving: end-leg withdraw-offer release-agent cut-speech reserve-agent";

const TABLE: Record<HandoffKind, Row> = {
  none: {
    ...common,
    ...notOurs("none"),
    "escalation-decided": "reserving: cut-speech reserve-agent notify",
    "caller-pressed": "reserving: cut-speech reserve-agent notify",
    "caller-chose": "capturing-callback: cut-speech keep-company speak",
    "agent-reserved": giveBack("none"),
  },
  reserving: {
    ...common,
    ...notOurs("reserving"),
    ...people("reserving"),
    ...misplaced("reserving"),
    "assistant-started": "reserving: keep-company",
    "agent-reserved": "offering: show-offer keep-company speak",
    "no-agent-free": "offering-fallback: cut-speech keep-company speak",
    "escalation-decided": "reserving: reserve-agent",
    "caller-left": "closed: notify",
    "caller-cancelled": RETURNED,
    "caller-chose": "capturing-callback: cut-speech keep-company speak",
  },
  waiting: {
    ...common,
    ...notOurs("waiting"),
    ...people("waiting"),
    ...misplaced("waiting"),
    "assistant-started": "waiting: keep-company",
    "agent-reserved": "offering: show-offer keep-company speak",
    "no-agent-free": "waiting",
    "escalation-decided": "reserving: reserve-agent",
    "caller-left": "closed: notify",
    "caller-cancelled": RETURNED,
    "caller-chose": "capturing-callback: cut-speech keep-company speak",
  },
  offering: {
    ...common,
    ...people("offering"),
    ...misplaced("offering"),
    "assistant-started": "offering: keep-company",
    "agent-reserved": giveBack("offering"),
    "agent-consented": "offering",
    "agent-declined": NEXT,
    "desk-lost": NEXT,
    "dial-refused": NEXT_LEG_OVER,
    "agent-leg-answered": "offering",
    "agent-leg-ended": NEXT_LEG_OVER,
    "escalation-decided": REPLACED,
    "caller-left": "closed: end-leg withdraw-offer release-agent notify",
    "caller-cancelled": RETURNED_RINGING,
    "caller-chose": "capturing-callback: cut-speech keep-company speak",
  },
  accepted: {
    ...common,
    ...people("accepted"),
    "agent-reserved": giveBack("accepted"),
    "agent-joined": "accepted",
    "line-ended": "accepted",
    "agent-leg-ended": NEXT_LEG_OVER,
    "agent-left-room": NEXT,
    "caller-joined": "moving: silence-assistant",
    "caller-leg-asked": "accepted",
    "caller-left": "closed: refresh-leg withdraw-offer release-agent notify",
    "caller-cancelled": RETURNED_ANSWERED,
  },
  moving: {
    ...common,
    ...people("moving"),
    "agent-reserved": giveBack("moving"),
    "agent-joined": "moving",
    "caller-joined": "moving",
    "room-seen": "bridged: notify notify",
    "move-failed": "moving: ask-room",
    "agent-leg-ended": "reserving: withdraw-offer release-agent cut-speech reserve-agent keep-company move-caller",
    "agent-left-room":
      "reserving: end-leg withdraw-offer release-agent cut-speech reserve-agent keep-company move-caller",
    "caller-left": "closed: refresh-leg withdraw-offer release-agent notify",
  },
  bridged: {
    ...common,
    ...people("bridged"),
    "agent-reserved": giveBack("bridged"),
    "caller-left": "wrapping-up: end-leg hold-agent",
    "agent-ended": "wrapping-up: end-leg end-leg hold-agent",
    "agent-leg-ended": "agent-lost: move-caller hold-agent",
    "agent-left-room": "agent-lost: move-caller end-leg hold-agent",
    "agent-handed-back": "handing-back: move-caller",
    "agent-transferred": "consulting: reserve-agent",
  },
  consulting: {
    ...common,
    ...people("consulting"),
    "agent-handed-back": "handing-back: end-leg withdraw-offer release-agent move-caller",
    "agent-reserved": giveBack("consulting"),
    "caller-left": "wrapping-up: end-leg withdraw-offer release-agent end-leg hold-agent",
    "agent-ended": "wrapping-up: end-leg withdraw-offer release-agent end-leg end-leg hold-agent",
    "agent-leg-ended": "agent-lost: end-leg withdraw-offer release-agent move-caller end-leg hold-agent",
    "agent-left-room": "agent-lost: end-leg withdraw-offer release-agent move-caller end-leg hold-agent",
  },
  "handing-back": {
    ...common,
    ...people("handing-back"),
    "room-seen": "handing-back: move-caller",
    "move-failed": "handing-back: ask-room",
    "agent-reserved": giveBack("handing-back"),
    "assistant-started": "closed: end-leg hold-agent speak resume-assistant",
    "agent-leg-ended": "handing-back",
    "caller-left": "wrapping-up: end-leg hold-agent",
  },
  "agent-lost": {
    ...common,
    ...notOurs("agent-lost"),
    ...people("agent-lost"),
    "room-seen": "agent-lost: move-caller",
    "move-failed": "agent-lost: ask-room",
    "agent-reserved": giveBack("agent-lost"),
    "assistant-started": "reserving: speak keep-company reserve-agent",
    "caller-left": "closed",
  },
  "offering-fallback": {
    ...common,
    ...notOurs("offering-fallback"),
    ...people("offering-fallback"),
    ...misplaced("offering-fallback"),
    "assistant-started": "offering-fallback: keep-company speak",
    "escalation-decided": "reserving: reserve-agent",
    "agent-reserved": giveBack("offering-fallback"),
    "caller-pressed": "waiting: keep-company speak reserve-agent",
    "caller-chose": "capturing-callback: cut-speech keep-company speak",
    "caller-left": "closed: notify",
    "caller-cancelled": RETURNED,
  },
  "capturing-callback": {
    ...common,
    ...notOurs("capturing-callback"),
    ...people("capturing-callback"),
    ...misplaced("capturing-callback"),
    "assistant-started": "capturing-callback: speak",
    "agent-reserved": giveBack("capturing-callback"),
    "callback-confirmed": "closed: cut-speech speak resume-assistant notify",
    "caller-pressed": "closed: cut-speech speak resume-assistant notify",
    "callback-rejected": "closed: cut-speech speak resume-assistant notify",
    "caller-left": "closed: notify",
    "caller-cancelled": RETURNED,
  },
  "wrapping-up": {
    ...common,
    ...notOurs("wrapping-up"),
    ...people("wrapping-up"),
    "agent-reserved": giveBack("wrapping-up"),
    "wrapped-up": "closed: release-agent notify",
  },
  closed: {
    ...common,
    ...notOurs("closed"),
    ...people("closed"),
    ...misplaced("closed"),
    "agent-reserved": giveBack("closed"),
    "escalation-decided": "reserving: cut-speech reserve-agent notify",
    "caller-pressed": "reserving: cut-speech reserve-agent notify",
    "caller-chose": "capturing-callback: cut-speech keep-company speak",
  },
};

/** A decision that says that a life is in danger, for the team that is asked already, in every state (H14). */
const IN_DANGER: Record<HandoffKind, Cell> = {
  none: "reserving: cut-speech speak reserve-agent notify",
  reserving: "reserving: cut-speech speak",
  waiting: "waiting: cut-speech speak",
  offering: "offering: cut-speech speak",
  // Nothing is said between the caller and the agent who comes; it is remembered.
  accepted: "accepted",
  moving: "moving",
  bridged: "bridged",
  consulting: "consulting",
  "handing-back": "reserving: end-leg hold-agent cut-speech speak reserve-agent notify",
  "agent-lost": "reserving: speak keep-company reserve-agent",
  "offering-fallback": "waiting: cut-speech keep-company speak",
  "capturing-callback": "waiting: cut-speech keep-company speak",
  "wrapping-up": "same",
  closed: "reserving: cut-speech speak reserve-agent notify",
};

describe("danger to life", () => {
  test.each(Object.keys(IN_DANGER) as HandoffKind[])("in %s", (kind) => {
    const before = stateOf(kind);
    const event = events["escalation-decided"];
    const decision = { ...event.decision, emergency: true as const };
    const { state, effects } = decide(before, { ...event, target: disputes, decision }, defaultPolicy);
    const done = effects.map((effect) => effect.kind).join(" ");
    const cell = IN_DANGER[kind];
    expect(done === "" ? state.handoff.kind : `${state.handoff.kind}: ${done}`).toBe(cell === "same" ? kind : cell);
    expect(state.escalation?.decision.emergency).toBe(cell === "same" ? undefined : true);
  });
});

describe.each(Object.keys(TABLE) as HandoffKind[])("in %s", (kind) => {
  test.each(Object.keys(TABLE[kind]) as CaseEventKind[])("%s", (event) => {
    const before = stateOf(kind);
    const { state, effects } = decide(before, events[event], defaultPolicy);
    const done = effects.map((effect) => effect.kind).join(" ");
    const seen = done === "" ? state.handoff.kind : `${state.handoff.kind}: ${done}`;
    const cell = TABLE[kind][event];
    if (cell === "same") {
      expect(seen).toBe(kind);
      expect(state.handoff).toEqual(before.handoff);
    } else {
      expect(seen).toBe(cell);
      expect(state !== before || effects.length > 0, "the cell says that something happens").toBe(true);
    }
  });
});
