import { expect, test } from "vitest";
import type { NamedTime } from "../../src/callbacks/read-time.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { CaseState, HandoffKind } from "../../src/handoff/state.ts";
import type { CallerChoice, CaseEvent, Effect } from "../../src/handoff/vocabulary.ts";
import { fresh, NOW, stateOf } from "./scenes.ts";

const TEN = EpochMs(NOW + 70_000_000);
const at: NamedTime = { kind: "at", at: TEN };

const chose = (choice: CallerChoice, when?: NamedTime): CaseEvent => ({
  kind: "caller-chose",
  at: NOW,
  choice,
  ...(when && { when }),
  fresh,
});
const yes: CaseEvent = { kind: "callback-confirmed", at: NOW, fresh };
const key = (digit: string): CaseEvent => ({ kind: "caller-pressed", at: NOW, key: digit, fresh });

/** What is said on the way, and where it ends. */
function after(start: CaseState, ...news: readonly CaseEvent[]) {
  const lines: string[] = [];
  const end = news.reduce((state, event) => {
    const decided = decide(state, event, defaultPolicy);
    lines.push(...decided.effects.flatMap((effect: Effect) => (effect.kind === "speak" ? [effect.line] : [])));
    return decided.state;
  }, start);
  return { lines, handoff: end.handoff, dueAt: end.escalation?.callback?.dueAt };
}

const wait = (ms: number): CaseEvent => ({ kind: "time-passed", at: EpochMs(NOW + ms) });

const withheld = (kind: HandoffKind): CaseState => {
  const state = stateOf(kind);
  if (!state.caller) throw new Error("every state has a caller");
  return { ...state, caller: { ...state.caller, canCallBack: false } };
};

test("the time that was read back is the one that is stored, by voice and by key", () => {
  for (const agrees of [yes, key("1")]) {
    const done = after(stateOf("offering-fallback"), chose("callback", at), agrees);
    expect(done.lines).toEqual(["read-back", "callback-confirmed"]);
    expect(done.dueAt).toBe(TEN);
  }
});

test("without a time, and as soon as possible, the usual one is read back and stored", () => {
  for (const when of [undefined, { kind: "soon" } as const]) {
    const done = after(stateOf("offering-fallback"), chose("callback", when), yes);
    expect(done.lines).toEqual(["read-back", "callback-confirmed"]);
    expect(done.dueAt).toBe(fresh.callbackDueAt);
  }
});

test("another time while it is confirmed is read back before it counts", () => {
  const later: NamedTime = { kind: "at", at: EpochMs(TEN + 3_600_000) };
  const begun = after(stateOf("offering-fallback"), chose("callback", at), chose("callback", later));
  expect(begun.lines).toEqual(["read-back", "read-back"]);
  expect(begun.handoff).toMatchObject({ kind: "capturing-callback", dueAt: TEN + 3_600_000 });
});

test("the same time named again is read back once more, then somebody reads it", () => {
  const { choiceTries } = defaultPolicy;
  for (const [first, again] of [
    [at, at],
    [undefined, { kind: "soon" } as const],
  ] as const) {
    const same = Array.from({ length: choiceTries }, () => chose("callback", again));
    const done = after(stateOf("offering-fallback"), chose("callback", first), ...same);
    expect(done.lines).toEqual([...Array.from({ length: choiceTries }, () => "read-back"), "ticket-opened"]);
  }
});

test("a time that cannot be noted is asked for again; understood then, it is read back", () => {
  const done = after(stateOf("offering-fallback"), chose("callback", { kind: "unclear" }), chose("callback", at), yes);
  expect(done.lines).toEqual(["ask-time", "read-back", "callback-confirmed"]);
  expect(done.dueAt).toBe(TEN);
});

test("asked once more in vain, the usual time is offered aloud; a third time, somebody reads it as a ticket", () => {
  const heard = [
    chose("callback", { kind: "past" }),
    chose("callback", { kind: "unclear" }),
    chose("callback", { kind: "unclear" }),
  ];
  expect(after(stateOf("offering-fallback"), ...heard).lines).toEqual([
    "ask-time-past",
    "read-back-default",
    "ticket-opened",
  ]);
  const agreed = after(stateOf("offering-fallback"), ...heard.slice(0, 2), yes);
  expect(agreed.dueAt).toBe(fresh.callbackDueAt);
});

test("a yes to the question when agrees to nothing that was read back", () => {
  const asked = after(stateOf("offering-fallback"), chose("callback", { kind: "unclear" }), yes);
  expect(asked.lines).toEqual(["ask-time", "read-back"]);
  expect(asked.dueAt).toBeUndefined();
});

test("who says nothing when asked for a time hears the usual one, and then that it is written down", () => {
  const { choiceMs } = defaultPolicy;
  const silent = after(
    stateOf("offering-fallback"),
    chose("callback", { kind: "unclear" }),
    wait(choiceMs * 2),
    wait(choiceMs * 4),
  );
  expect(silent.lines).toEqual(["ask-time", "read-back-default", "ticket-opened"]);
});

test.each<HandoffKind>(["none", "reserving", "waiting", "offering"])(
  "%s: who cannot be called back is told so and may wait or leave word",
  (kind) => {
    const asked = after(withheld(kind), chose("callback", at));
    expect(asked.lines).toEqual(["callback-not-possible"]);
    expect(asked.handoff).toMatchObject({ kind: "offering-fallback", why: "no-number" });
    for (const word of [chose("callback", at), chose("ticket"), key("2")]) {
      const left = after(withheld(kind), chose("callback", at), word);
      expect(left.lines.at(-1)).toBe("ticket-opened");
      expect(left.handoff).toEqual({ kind: "closed", outcome: "ticket" });
      expect(left.dueAt).toBeUndefined();
    }
    expect(after(withheld(kind), chose("callback", at), key("1")).lines.at(-1)).toBe("waiting-without-callback");
  },
);

test("the assistant is back after a loss: the question that is open is asked again", () => {
  const back: CaseEvent = { kind: "assistant-started", at: NOW, stream: "stream-9" };
  const asked = after(
    stateOf("offering-fallback"),
    chose("callback", { kind: "unclear" }),
    back,
    chose("callback", at),
  );
  expect(asked.lines).toEqual(["ask-time", "ask-time", "read-back"]);
});

test("who is still being rung for is not given up for a callback that cannot be", () => {
  const asked = after(withheld("offering"), chose("callback", at));
  expect(asked.handoff).toMatchObject({ kind: "offering-fallback", offer: { agentName: "Dana" } });
});

test("nobody free, and no number: no callback is offered, in the first question or when it is asked again", () => {
  const nobody: CaseEvent = { kind: "no-agent-free", at: NOW, attempt: 2, why: "all-busy" };
  const again: CaseEvent = { kind: "time-passed", at: EpochMs(NOW + defaultPolicy.choiceMs * 2) };
  expect(after(withheld("reserving"), nobody, again).lines).toEqual([
    "offer-without-callback",
    "offer-without-callback",
  ]);
});

test("a wish to leave word is one wherever nobody has come yet", () => {
  for (const kind of ["waiting", "offering", "offering-fallback", "capturing-callback"] as const)
    expect(after(stateOf(kind), chose("ticket")).handoff).toEqual({ kind: "closed", outcome: "ticket" });
});
