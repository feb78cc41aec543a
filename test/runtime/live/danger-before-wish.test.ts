import { describe, expect, test } from "vitest";
import type { HandoffState } from "../../../src/handoff/state.ts";
import { AgentId, OfferId, OwnerToken } from "../../../src/domain/ids.ts";
import { capturing, dialogueDuring, NOW, offered, stateWith, TEN, waiting } from "./dialogue-bench.ts";

// H14, H3: what must reach people is decided before anything in the same turn is taken for a wish about the handoff.

const asked: HandoffState = { ...capturing, step: "time" };
const readBack: HandoffState = { ...capturing, dueAt: TEN };
const OPEN: readonly [string, HandoffState][] = [
  ["asked to wait or be called", offered],
  ["number and time read back", readBack],
  ["asked when", asked],
  ["waiting", waiting],
];
const decided = { kind: "escalation-decided", decision: { emergency: true } };

describe.each(OPEN)("danger to life while %s", (_name, handoff) => {
  test.each<[string, string]>([
    ["en", "I want to kill myself tonight."],
    ["en", "Yes, I want to kill myself."],
    ["en", "No, I am going to kill myself."],
    ["en", "Forget it, I am going to kill myself."],
    ["en", "Call me back later or I will kill myself."],
    ["de", "Ja, ich will mich umbringen."],
    ["fr", "Je vais me tuer ce soir."],
    ["es", "Voy a matarme esta noche."],
    ["pt", "Vou me matar hoje."],
    ["it", "Mi ammazzo stasera."],
  ])("%s: %s", (language, text) => {
    const { told, says } = dialogueDuring(handoff, language);
    expect(says(text)).toBe("handled");
    expect(told).toMatchObject([decided]);
    expect(told).toHaveLength(1);
  });
});

test("a person was asked for before: danger that is said only now is decided all the same", () => {
  const { told, says, during } = dialogueDuring({ kind: "none" });
  says("Let me speak to a human, please.");
  during(offered);
  says("Yes, I want to kill myself.");
  expect(told).toMatchObject([{ decision: { trigger: "explicit-request" } }, decided]);
});

test.each(["He has a gun, he is going to kill me!", "My baby is not breathing.", "There is a fire in my kitchen."])(
  "a person or what policy brings to people was decided before: %s",
  (text) => {
    for (const earlier of [
      "Let me speak to a human, please.",
      "Somebody stole my identity.",
      "I am desperate, please help me.",
    ])
      for (const handoff of [waiting, offered, readBack]) {
        const { told, says, during } = dialogueDuring({ kind: "none" });
        says(earlier);
        during(handoff);
        expect(says(text)).toBe("handled");
        expect(told.slice(1), `${earlier} ${handoff.kind}`).toMatchObject([decided]);
      }
  },
);

test("the line comes with the commit, and without one when the case cannot be told", async () => {
  const { says, emergencies, cutOff } = dialogueDuring({ kind: "none" });
  says("I want to kill myself.");
  await Promise.resolve();
  expect(emergencies()).toBe(0);
  cutOff();
  says("I am going to kill myself.");
  await Promise.resolve();
  expect(emergencies()).toBe(1);
});

test("danger that is said again after a handoff was cancelled is decided again, as danger", () => {
  const { told, says, during, dialogue } = dialogueDuring({ kind: "none" });
  says("I want to kill myself tonight.");
  during({ kind: "closed", outcome: "returned" });
  dialogue.resumed("cancelled", stateWith({ kind: "closed", outcome: "returned" }));
  expect(says("I am going to kill myself now.")).toBe("handled");
  expect(told).toMatchObject([decided, decided]);
});

test("what policy brings to people is decided, and the wish beside it kept", () => {
  const { told, says } = dialogueDuring(offered);
  says("Somebody stole my identity today.");
  expect(told).toMatchObject([{ kind: "escalation-decided", decision: { trigger: "policy-intent" } }]);
  says("Somebody stole my identity, please call me back tomorrow at ten.");
  expect(told.slice(-1)).toMatchObject([{ kind: "caller-chose", when: { at: TEN } }]);
});

test("a word that also means a cancellation of ours is about the handoff", () => {
  const { told, says } = dialogueDuring(waiting, "de");
  says("Bitte stornieren.");
  expect(told[0]).toEqual({ kind: "caller-cancelled" });
});

describe.each([
  ["number and time read back", readBack],
  ["the usual time read back", capturing],
  ["asked when", asked],
])("an explicit request while %s is one, whatever stands beside it", (_name, handoff) => {
  test.each<[string, string]>([
    ["en", "I want to talk to a real person now."],
    ["en", "No, get me a human right now."],
    ["en", "Can I speak to someone today?"],
    ["en", "Call me back tomorrow, no, I want to talk to a real person."],
    ["de", "Ich will jetzt mit einem Menschen sprechen."],
    ["fr", "Je veux parler à une personne maintenant."],
    ["es", "Quiero hablar con una persona ahora."],
    ["pt", "Quero falar com uma pessoa."],
    ["it", "Voglio parlare con una persona adesso."],
  ])("%s: %s", (language, text) => {
    const { told, says } = dialogueDuring(handoff, language);
    expect(says(text)).toBe("handled");
    expect(told).toMatchObject([{ kind: "escalation-decided", decision: { trigger: "explicit-request" } }]);
  });
});

test("while a person is sought: a request beside a callback is the request, a person to call back is the callback", () => {
  const { told, says } = dialogueDuring(waiting);
  says("Call me back tomorrow, I want to talk to a real person.");
  expect(told).toMatchObject([{ kind: "escalation-decided" }]);
  says("Can a real person call me back tomorrow at ten?");
  expect(told.slice(1)).toMatchObject([{ kind: "caller-chose", choice: "callback" }]);
});

const agent = {
  id: OfferId("o1"),
  attempt: 1,
  agent: AgentId("dana"),
  agentName: "Dana",
  token: OwnerToken("t1"),
  device: "phone",
  dial: "placed",
  phase: "answered",
  joined: true,
  giveUpAt: NOW,
} as const;
const asked1 = { t0: NOW, attempt: 1, tried: [], offer: agent };
const ON_THE_WAY: readonly HandoffState[] = [
  { kind: "accepted", ...asked1, announced: true, moveAt: NOW },
  { kind: "moving", ...asked1, orderedAt: NOW, tries: 1, callerIn: false, asked: false, by: NOW },
  { kind: "bridged", offer: agent, since: NOW },
];

describe.each(ON_THE_WAY)("while $kind", (handoff) => {
  test("danger is told to the case, once, and nothing else is", () => {
    const { told, says, during } = dialogueDuring(handoff);
    expect(says("I want to talk to a real person.")).toBe("handled");
    expect(told).toEqual([]);
    expect(says("I am going to kill myself.")).toBe("handled");
    expect(told).toMatchObject([decided]);
    const { escalation, ...state } = stateWith(handoff);
    if (!escalation) throw new Error("no escalation");
    during(handoff, { ...state, escalation: { ...escalation, decision: { ...escalation.decision, emergency: true } } });
    says("I am going to kill myself now.");
    expect(told).toHaveLength(1);
  });

  test("the case cannot be told: said to a caller whom no agent has, and to nobody else", async () => {
    const { says, emergencies, cutOff } = dialogueDuring(handoff);
    cutOff();
    says("I am going to kill myself.");
    await Promise.resolve();
    expect(emergencies()).toBe(handoff.kind === "accepted" ? 1 : 0);
  });
});
