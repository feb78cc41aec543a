import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CallId, EscalationId } from "../../src/domain/ids.ts";
import { emptyCase } from "../../src/handoff/state.ts";
import type { Conversations, ToolRun } from "../../src/ports/conversations.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { at, commit, escalationPart } from "../stores/values.ts";

export type ConversationsUnderTest = {
  readonly conversations: Conversations;
  readonly journal: Journal;
  close(): Promise<void>;
};

const turn = (index: number, text: string) => ({ index, role: "caller" as const, text, at: at(1_000 + index) });

/** What every implementation of `Conversations` must do. `open` gives an empty one beside its journal. */
export function conversationsContract(name: string, open: () => Promise<ConversationsUnderTest>): void {
  describe(`conversations on ${name}`, () => {
    let under: ConversationsUnderTest;
    let kept: Conversations;
    beforeEach(async () => {
      under = await open();
      kept = under.conversations;
    });
    afterEach(() => under.close());

    const call = CallId("c1");
    const escalation = EscalationId("e1");
    const run: ToolRun = {
      name: "find-charge",
      kind: "search",
      at: at(3_000),
      ok: true,
      input: { amount: 84.5 },
      result: "no match",
      sources: [{ title: "Ledger", ref: "l-1" }],
    };

    test("a caller is what was saved last, with and without what may be absent", async () => {
      expect(await kept.caller(call)).toBeUndefined();
      await kept.saveCaller(call, { verification: [] });
      expect(await kept.caller(call)).toEqual({ verification: [] });
      const facts = {
        ani: "+15550100",
        dnis: "+15550199",
        name: 'Ünï "Q" O\'Neil',
        customerId: "cu-7",
        callbackNumber: "+15550101",
        verification: [{ method: "ani-match", result: "passed", at: at(900) }],
      };
      await kept.saveCaller(call, facts);
      expect(await kept.caller(call)).toEqual(facts);
    });

    test("a NUL, or half a character that a limit cut in two, costs nothing but itself", async () => {
      const text = "a \\u0000 typed, b\u0000c 😀 \ud83d";
      await kept.saveTurn(call, turn(0, text));
      await kept.saveToolRun(call, { ...run, result: text });
      const [said] = await kept.turns(call);
      const [ran] = await kept.toolRuns(call);
      for (const back of [said?.text, ran?.result]) expect(back).toMatch(/^a \\u0000 typed, b.c 😀 .$/su);
    });

    test("turns come back in their order; the same turn again replaces it", async () => {
      await kept.saveTurn(call, turn(1, "second"));
      await kept.saveTurn(call, turn(0, "first"));
      await kept.saveTurn(call, { ...turn(1, "second, cut"), interrupted: true, asrConfidence: 0.9 });
      expect(await kept.turns(call)).toEqual([
        turn(0, "first"),
        { ...turn(1, "second, cut"), interrupted: true, asrConfidence: 0.9 },
      ]);
      expect(await kept.turns(CallId("c2"))).toEqual([]);
    });

    test("tool runs come back in their order, each once", async () => {
      await kept.saveToolRun(call, run);
      await kept.saveToolRun(call, { ...run, at: at(2_000), kind: "write", ok: false });
      await kept.saveToolRun(call, run);
      expect(await kept.toolRuns(call)).toEqual([{ ...run, at: 2_000, kind: "write", ok: false }, run]);
    });

    test("the newest insight of a call answers; one that was made earlier replaces nothing", async () => {
      expect(await kept.insight(call)).toBeUndefined();
      const first = { turn: 3, at: at(2_000), confidence: 0.25, floor: 0.6, entities: { amount: "$84.50" } };
      const second = { ...first, turn: 5, at: at(4_000), intent: "unrecognised-charge", summary: "Who took 84.50?" };
      await kept.saveInsight(call, first);
      expect(await kept.insight(call)).toEqual(first);
      await kept.saveInsight(call, second);
      await kept.saveInsight(call, first);
      expect(await kept.insight(call)).toEqual(second);
      expect(await kept.insight(CallId("c2"))).toBeUndefined();
    });

    test("the newest packet answers, or the version asked for; a version never changes", async () => {
      expect(await kept.packet(escalation)).toBeUndefined();
      const packet = (version: number) => ({
        escalation,
        version,
        hash: `h${version}`,
        json: `{"version":${version},"a":1.0}`,
      });
      await kept.savePacket(packet(1));
      await kept.savePacket(packet(10));
      await kept.savePacket(packet(2));
      await kept.savePacket({ ...packet(2), hash: "other", json: "{}" });
      expect(await kept.packet(escalation)).toEqual(packet(10));
      expect(await kept.packet(escalation, 2)).toEqual(packet(2));
      expect(await kept.packet(escalation, 3)).toBeUndefined();
    });

    test("notes are kept once each, in their order", async () => {
      await kept.saveNote(escalation, "wrap-up", '{"b":1}', at(2_000));
      await kept.saveNote(escalation, "context", '{"a":1}', at(1_000));
      await kept.saveNote(escalation, "wrap-up", '{"b":2}', at(2_000));
      expect(await kept.notes(escalation)).toEqual([
        { kind: "context", json: '{"a":1}', at: 1_000 },
        { kind: "wrap-up", json: '{"b":2}', at: 2_000 },
      ]);
      expect(await kept.notes(EscalationId("e2"))).toEqual([]);
    });

    test("the history is the same caller's escalations, in this call and others, newest first", async () => {
      const escalate = (n: number, over: Parameters<typeof escalationPart>[1] = {}) =>
        under.journal.commit(
          commit(`c${n}`, 1, {
            state: { ...emptyCase, escalation: escalationPart(`e${n}`, { decidedAt: at(n * 1_000), ...over }) },
          }),
        );
      for (const n of [1, 2, 3, 5]) await escalate(n);
      await under.journal.commit(
        commit("c4", 1, {
          state: {
            ...emptyCase,
            escalation: escalationPart("e4", { decidedAt: at(4_000), outcome: "callback", status: "resolved" }),
            handoff: { kind: "closed", outcome: "callback" },
          },
        }),
      );
      await kept.saveCaller(CallId("c1"), { ani: "+1", customerId: "cu", verification: [] });
      await kept.saveCaller(CallId("c2"), { ani: "+1", verification: [] });
      await kept.saveCaller(CallId("c3"), { ani: "+2", verification: [] });
      await kept.saveCaller(CallId("c4"), { ani: "+3", customerId: "cu", verification: [] });
      await kept.saveCaller(CallId("c5"), { verification: [] });
      expect(await kept.history(call, 9)).toEqual([
        { escalation: "e4", at: 4_000, outcome: "callback", team: "disputes" },
        { escalation: "e2", at: 2_000, outcome: "open", team: "disputes" },
        { escalation: "e1", at: 1_000, outcome: "open", team: "disputes" },
      ]);
      expect(await kept.history(call, 1)).toHaveLength(1);
      // Nobody knows who called: only this call is theirs.
      expect(await kept.history(CallId("c5"), 9)).toMatchObject([{ escalation: "e5" }]);
      expect(await kept.history(CallId("c9"), 9)).toEqual([]);
    });

    test("the parts of a packet are what each question answers by itself", async () => {
      const about = { caseId: call, escalation, historyMax: 2 };
      expect(await kept.packetParts(about)).toEqual({ turns: [], runs: [], history: [], notes: [] });
      for (const n of [1, 2, 3]) {
        await under.journal.commit(
          commit(`c${n}`, 1, {
            state: { ...emptyCase, escalation: escalationPart(`e${n}`, { decidedAt: at(n * 1_000) }) },
          }),
        );
        await kept.saveCaller(CallId(`c${n}`), { ani: "+1", name: 'Ünï "Q"', verification: [] });
        await kept.saveTurn(CallId(`c${n}`), turn(1, `of ${n}: \\ "a" 1.0`));
        await kept.saveTurn(CallId(`c${n}`), turn(0, "hello"));
        await kept.saveToolRun(CallId(`c${n}`), run);
        await kept.saveToolRun(CallId(`c${n}`), { ...run, at: at(2_000), ok: false });
        await kept.saveInsight(CallId(`c${n}`), { turn: 0, at: at(1), summary: `said hello to ${n}` });
        for (const version of [1, 2])
          await kept.savePacket({ escalation: EscalationId(`e${n}`), version, hash: "h", json: `{"n":${n}.0}` });
        await kept.saveNote(EscalationId(`e${n}`), "wrap-up", '{"b":1.0}', at(2_000));
        await kept.saveNote(EscalationId(`e${n}`), "hop", "{}", at(1_000));
      }
      expect(await kept.packetParts(about)).toEqual({
        caller: await kept.caller(call),
        turns: await kept.turns(call),
        runs: await kept.toolRuns(call),
        history: await kept.history(call, 2),
        notes: await kept.notes(escalation),
        insight: await kept.insight(call),
        packet: await kept.packet(escalation),
      });
      expect((await kept.packetParts(about)).history).toHaveLength(2);
    });

    test("an erased caller is gone from everything but the journal, and nobody else is", async () => {
      for (const n of [1, 2]) {
        await under.journal.commit(
          commit(`c${n}`, 1, { state: { ...emptyCase, escalation: escalationPart(`e${n}`) } }),
        );
        await kept.saveCaller(CallId(`c${n}`), { ani: "+1", verification: [] });
        await kept.saveTurn(CallId(`c${n}`), turn(0, "hello"));
        await kept.saveToolRun(CallId(`c${n}`), run);
        await kept.saveInsight(CallId(`c${n}`), { turn: 0, at: at(1), summary: "said hello" });
        await kept.savePacket({ escalation: EscalationId(`e${n}`), version: 1, hash: "h", json: "{}" });
        await kept.saveNote(EscalationId(`e${n}`), "issue", "{}", at(1));
      }
      await kept.erase(call);
      const left = async (n: number) => [
        await kept.caller(CallId(`c${n}`)),
        (await kept.turns(CallId(`c${n}`))).length,
        (await kept.toolRuns(CallId(`c${n}`))).length,
        (await kept.insight(CallId(`c${n}`)))?.summary,
        (await kept.packet(EscalationId(`e${n}`)))?.version,
        (await kept.notes(EscalationId(`e${n}`))).length,
      ];
      expect(await left(1)).toEqual([undefined, 0, 0, undefined, undefined, 0]);
      expect(await left(2)).toEqual([{ ani: "+1", verification: [] }, 1, 1, "said hello", 1, 1]);
      expect(await under.journal.entries(call)).toHaveLength(1);
    });
  });
}
