import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CallbackId, CallId, EscalationId, NodeId, QueueId } from "../../src/domain/ids.ts";
import { emptyCase } from "../../src/handoff/state.ts";
import type { Commit, Journal } from "../../src/ports/journal.ts";
import { agent, at, callerState, commit, endLeg, escalationPart, offer, timePassed } from "../stores/values.ts";
import { holds, promised, put } from "./journal-commits.ts";
import { holdingContract } from "./journal-holding.ts";

export type JournalUnderTest = { readonly journal: Journal; close(): Promise<void> };

/** What every implementation of `Journal` must do. `open` gives an empty one. */
export function journalContract(name: string, open: () => Promise<JournalUnderTest>): void {
  describe(`journal on ${name}`, () => {
    let under: JournalUnderTest;
    let journal: Journal;
    beforeEach(async () => {
      under = await open();
      journal = under.journal;
    });
    afterEach(() => under.close());

    const commits = async (...all: readonly Commit[]): Promise<readonly string[]> => {
      const answers: string[] = [];
      for (const one of all) answers.push((await journal.commit(one)).kind);
      return answers;
    };

    test("a case that was never committed is not there", async () => {
      expect(await journal.load(CallId("c1"))).toBeUndefined();
      expect(await journal.entries(CallId("c1"))).toEqual([]);
    });

    test("what was committed is loaded, with its place, and every event is kept", async () => {
      const state = callerState("c1", { escalation: escalationPart("e1") });
      expect(
        await commits(commit("c1", 1, { state: callerState("c1"), actor: "caller" }), commit("c1", 2, { state })),
      ).toEqual(["committed", "committed"]);
      expect(await journal.load(CallId("c1"))).toEqual({ seq: 2, state });
      expect(await journal.entries(CallId("c1"))).toEqual([
        { seq: 1, at: 1_000, event: timePassed(1_000), state: "none", actor: "caller" },
        { seq: 2, at: 2_000, event: timePassed(2_000), state: "none", actor: "clock", escalation: "e1" },
      ]);
    });

    test("the second of two nodes that take the same place is refused and changes nothing", async () => {
      await commits(commit("c1", 1));
      const rival = commit("c1", 2, {
        node: NodeId("node-2"),
        state: callerState("c1"),
        jobs: [{ id: "j2", effect: endLeg("x") }],
      });
      expect(await commits(commit("c1", 2), rival)).toEqual(["committed", "seq-taken"]);
      expect(await journal.load(CallId("c1"))).toEqual({ seq: 2, state: emptyCase });
      expect(await journal.entries(CallId("c1"))).toHaveLength(2);
      expect(await journal.takeJobs({ node: NodeId("n"), before: at(9_000), leaseUntil: at(9_500), limit: 9 })).toEqual(
        [],
      );
    });

    test("of many commits at once to one place exactly one is taken", async () => {
      await commits(commit("c1", 1));
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, i) => journal.commit(commit("c1", 2, { node: NodeId(`node-${i}`) }))),
      );
      expect(answers.filter(({ kind }) => kind === "committed")).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === "seq-taken")).toHaveLength(11);
    });

    test("a place cannot be left out", async () => {
      expect(await commits(commit("c1", 2))).toEqual(["seq-taken"]);
      await commits(commit("c1", 1));
      expect(await commits(commit("c1", 3))).toEqual(["seq-taken"]);
      expect(await journal.load(CallId("c1"))).toEqual({ seq: 1, state: emptyCase });
    });

    test("the same commit again, its answer lost, is answered the same and done once", async () => {
      const first = commit("c1", 1, { jobs: [{ id: "j1", effect: endLeg("x") }] });
      expect(await commits(first, commit("c1", 2), first)).toEqual(["committed", "committed", "committed"]);
      expect(await journal.load(CallId("c1"))).toMatchObject({ seq: 2 });
      expect(await journal.entries(CallId("c1"))).toHaveLength(2);
    });

    test("a commit decided again as not stored, because no answer came, takes the place of the first", async () => {
      const fresh = {
        escalation: EscalationId("e1"),
        callback: CallbackId("cb1"),
        reference: "R1",
        callbackDueAt: at(9_000),
      };
      const pressed = { kind: "caller-pressed", at: at(1_000), key: "1", fresh } as const;
      const first = commit("c1", 1, { event: pressed, state: callerState("c1") });
      const again = { ...first, event: { ...pressed, fresh: { ...fresh, unstored: true as const } }, state: emptyCase };
      expect(await commits(first, again)).toEqual(["committed", "committed"]);
      expect(await journal.load(CallId("c1"))).toEqual({ seq: 1, state: emptyCase });
      expect(await journal.entries(CallId("c1"))).toMatchObject([{ event: again.event }]);
      // The network may bring the first one last, and once more.
      expect(await commits(first, again, commit("c1", 2), again)).toEqual(Array(4).fill("committed"));
      expect(await journal.entries(CallId("c1"))).toMatchObject([{ event: again.event }, { seq: 2 }]);
    });

    test("an agent is held by one case at a time, and the refusal names them", async () => {
      expect(await journal.commit(holds("c1", 1, ["dana"]))).toEqual({ kind: "committed" });
      expect(await journal.commit(holds("c2", 1, ["bob", "dana"]))).toEqual({ kind: "agent-held", agent: "dana" });
      // Refused as a whole: bob was not kept, the case is not there, nothing is to be done for it.
      expect(await journal.load(CallId("c2"))).toBeUndefined();
      expect(await journal.commit(holds("c3", 1, ["bob"]))).toEqual({ kind: "committed" });
      const jobs = await journal.takeJobs({ node: NodeId("n"), before: at(9_000), leaseUntil: at(9_500), limit: 9 });
      expect(jobs.map(({ id }) => id).toSorted()).toEqual(["c1-1", "c3-1"]);
    });

    test("an agent held by the same case stays held, and is free when the case lets go", async () => {
      await commits(commit("c1", 1, { held: [agent("dana")] }));
      expect(await commits(commit("c1", 2, { held: [agent("dana"), agent("bob")] }))).toEqual(["committed"]);
      expect(await commits(commit("c2", 1, { held: [agent("bob")] }))).toEqual(["agent-held"]);
      expect(await commits(commit("c1", 3, { held: [agent("bob")] }))).toEqual(["committed"]);
      expect(await commits(commit("c2", 1, { held: [agent("dana")] }))).toEqual(["committed"]);
      expect(await commits(commit("c1", 4))).toEqual(["committed"]);
      expect(await commits(commit("c3", 1, { held: [agent("bob")] }))).toEqual(["committed"]);
    });

    test("of many cases that want the same two agents at once, one gets each", async () => {
      const names = Array.from({ length: 12 }, (_, i) => `c${i}`);
      const answers = await Promise.all(
        names.map((call, i) =>
          journal.commit(
            commit(call, 1, { held: i % 2 === 0 ? [agent("dana"), agent("bob")] : [agent("bob"), agent("dana")] }),
          ),
        ),
      );
      expect(answers.filter(({ kind }) => kind === "committed")).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === "agent-held")).toHaveLength(11);
    });

    test("a stale place is named before a held agent: the loser must load first", async () => {
      await commits(commit("c1", 1, { held: [agent("dana")] }), commit("c2", 1));
      expect(await commits(commit("c2", 1, { held: [agent("dana")], node: NodeId("node-2") }))).toEqual(["seq-taken"]);
    });

    test("jobs are taken in their order, once, until the lease is over or they are confirmed", async () => {
      await commits(
        commit("c1", 1, {
          event: timePassed(1_000),
          jobs: [
            { id: "a", effect: endLeg("x") },
            { id: "b", effect: endLeg("y") },
          ],
        }),
        commit("c2", 1, { event: timePassed(500), jobs: [{ id: "c", effect: endLeg("z") }] }),
      );
      const take = (before: number, leaseUntil: number, limit = 9) =>
        journal.takeJobs({ node: NodeId("n"), before: at(before), leaseUntil: at(leaseUntil), limit });
      expect(await take(500, 5_000)).toEqual([]);
      expect(await take(2_000, 5_000, 1)).toEqual([{ id: "c", effect: endLeg("z"), caseId: "c2", attempts: 1 }]);
      expect((await take(2_000, 5_000)).map(({ id }) => id).toSorted()).toEqual(["a", "b"]);
      expect(await take(5_000, 9_000)).toEqual([]);
      expect(await journal.openJobs()).toBe(3);
      await journal.confirm(["a", "c", "never-there"]);
      await journal.confirm(["a"]);
      expect(await journal.openJobs()).toBe(1);
      await journal.confirm([]);
      expect(await take(5_001, 9_000)).toEqual([{ id: "b", effect: endLeg("y"), caseId: "c1", attempts: 2 }]);
    });

    test("two nodes that take jobs at once get different ones", async () => {
      const jobs = Array.from({ length: 40 }, (_, i) => ({ id: `j${i}`, effect: endLeg("x") }));
      await commits(commit("c1", 1, { jobs }));
      const ask = { before: at(2_000), leaseUntil: at(9_000), limit: 20 };
      const taken = await Promise.all(
        ["n1", "n2", "n3"].map((node) => journal.takeJobs({ ...ask, node: NodeId(node) })),
      );
      const ids = taken.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await journal.takeJobs({ ...ask, node: NodeId("n4"), limit: 40 });
      expect(ids.length + rest.length).toBe(40);
      // Each by itself, and all at once.
      await Promise.all(jobs.slice(1).map(({ id }) => journal.confirm([id])));
      expect(await journal.openJobs()).toBe(1);
    });

    test("cases whose time has come are found, soonest first", async () => {
      await commits(
        commit("c1", 1, { wakeAt: at(3_000) }),
        commit("c2", 1, { wakeAt: at(2_000) }),
        commit("c3", 1, { wakeAt: at(1_000) }),
        commit("c4", 1),
      );
      await commits(commit("c3", 2));
      expect(await journal.overdue(at(3_000), 9)).toEqual(["c2"]);
      expect(await journal.overdue(at(3_001), 9)).toEqual(["c2", "c1"]);
      expect(await journal.overdue(at(3_001), 1)).toEqual(["c2"]);
    });

    test("live cases are those not at rest, of the node that committed last", async () => {
      const gone = callerState("c2");
      await commits(
        commit("c1", 1, { state: callerState("c1") }),
        commit("c2", 1, { state: gone }),
        commit("c3", 1, { state: callerState("c3"), node: NodeId("node-2") }),
        commit("c4", 1, { state: callerState("c4"), node: NodeId("node-2") }),
      );
      await commits(
        commit("c2", 2, { state: emptyCase }),
        commit("c4", 2, { state: callerState("c4"), node: NodeId("node-1") }),
      );
      const live = await journal.liveCases({ node: NodeId("node-1"), limit: 9 });
      expect(live.toSorted()).toEqual(["c1", "c4"]);
      expect(await journal.liveCases({ node: NodeId("node-2"), limit: 9 })).toEqual(["c3"]);
      expect(await journal.liveCases({ node: NodeId("node-1"), limit: 1 })).toHaveLength(1);
    });

    test("an escalation is a row that follows its case", async () => {
      const offering = {
        kind: "offering" as const,
        offer: offer("o1", "dana"),
        by: at(26_000),
        t0: at(1_000),
        attempt: 1,
        tried: [],
      };
      await commits(
        commit("c1", 1, { state: callerState("c1", { escalation: escalationPart("e1"), handoff: offering }) }),
      );
      expect(await journal.caseOf(EscalationId("e1"))).toBe("c1");
      expect(await journal.caseOf(EscalationId("e9"))).toBeUndefined();
      const row = {
        id: "e1",
        caseId: "c1",
        status: "open",
        priority: "high",
        channel: "voice",
        queue: "disputes",
        trigger: "explicit-request",
        reference: "Re1",
        createdAt: 1_000,
      };
      expect(await journal.escalation(EscalationId("e1"))).toEqual({
        ...row,
        handoff: { state: "offering", agent: "dana" },
      });
      const resolved = escalationPart("e1", {
        status: "resolved",
        assignee: agent("dana"),
        assignedAt: at(5_000),
        resolvedAt: at(9_000),
        outcome: "bridged",
      });
      await commits(
        commit("c1", 2, {
          state: callerState("c1", { escalation: resolved, handoff: { kind: "closed", outcome: "bridged" } }),
        }),
      );
      expect(await journal.escalation(EscalationId("e1"))).toEqual({
        ...row,
        status: "resolved",
        assignee: "dana",
        assignedAt: 5_000,
        resolvedAt: 9_000,
        handoff: { state: "closed", outcome: "bridged" },
      });
    });

    holdingContract(() => journal);

    test("escalations are listed newest first, page by page, and filtered", async () => {
      await commits(
        put(1),
        put(2, { status: "assigned", assignee: agent("dana") }),
        put(3, { priority: "urgent" }),
        put(4, { channel: "api" }),
        put(5, { target: { queue: QueueId("general"), skills: [], team: "us" } }),
      );
      const ids = async (filter: object) =>
        (await journal.escalations({ limit: 9, ...filter })).items.map(({ id }) => id);
      expect(await ids({})).toEqual(["e5", "e4", "e3", "e2", "e1"]);
      expect(await ids({ status: "assigned" })).toEqual(["e2"]);
      expect(await ids({ assignee: agent("dana") })).toEqual(["e2"]);
      expect(await ids({ priority: "urgent" })).toEqual(["e3"]);
      expect(await ids({ channel: "api" })).toEqual(["e4"]);
      expect(await ids({ queue: QueueId("general") })).toEqual(["e5"]);
      expect(await ids({ since: at(1_002) })).toEqual(["e5", "e4"]);
      const pages: string[][] = [];
      let cursor: string | undefined;
      do {
        const found = await journal.escalations({ limit: 2, ...(cursor !== undefined && { cursor }) });
        pages.push(found.items.map(({ id }) => id));
        cursor = found.nextCursor;
      } while (cursor !== undefined);
      expect(pages).toEqual([["e5", "e4"], ["e3", "e2"], ["e1"]]);
      await expect(journal.escalations({ limit: 2, cursor: "rubbish" })).rejects.toMatchObject({ blame: "caller" });
    });

    test("a promised callback is a row, soonest first", async () => {
      await commits(promised(1, 9_000), promised(2, 8_000), promised(3, 8_000));
      const row = {
        id: "b2",
        escalationId: "e2",
        caseId: "c2",
        status: "scheduled",
        dueAt: 8_000,
        reference: "Re2",
        attempts: [],
      };
      expect(await journal.callback(CallbackId("b2"))).toEqual(row);
      expect(await journal.callback(CallbackId("b9"))).toBeUndefined();
      const first = await journal.callbacks({ status: "scheduled", limit: 2 });
      expect(first.items.map(({ id }) => id)).toEqual(["b2", "b3"]);
      expect(first.items[0]).toEqual(row);
      const second = await journal.callbacks({
        limit: 2,
        ...(first.nextCursor !== undefined && { cursor: first.nextCursor }),
      });
      expect(second.items.map(({ id }) => id)).toEqual(["b1"]);
      expect(second.nextCursor).toBeUndefined();
      expect((await journal.callbacks({ status: "done", limit: 2 })).items).toEqual([]);
      expect((await journal.escalation(EscalationId("e2")))?.callback).toEqual({
        id: "b2",
        status: "scheduled",
        at: 8_000,
      });
    });
  });
}
