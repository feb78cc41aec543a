import { expect, test } from "vitest";
import { EscalationId } from "../../src/domain/ids.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { agent, at, callerState, commit, escalationPart, offer, token } from "../stores/values.ts";

/** A call of which something was escalated. */
const part = (n: number, over: Parameters<typeof escalationPart>[1] = {}): CaseState =>
  callerState(`c${n}`, { escalation: escalationPart(`e${n}`, over) });

/** The part of the journal's suite about who has what in hand. */
export function holdingContract(journal: () => Journal): void {
  const ids = async (who: string): Promise<string[]> =>
    (await journal().holding(agent(who))).map(({ id }) => id).toSorted();

  test("whom a case holds, consults or is assigned to finds it, until it lets go or is resolved", async () => {
    for (const one of [
      commit("c1", 1, { state: part(1), held: [agent("dana"), agent("bob")] }),
      commit("c2", 1, { state: part(2, { status: "assigned", assignee: agent("dana") }) }),
      commit("c3", 1, { state: part(3), held: [agent("eve")] }),
      commit("c4", 1, { held: [agent("gil")] }),
    ]) {
      await journal().commit(one);
    }
    expect(await ids("dana")).toEqual(["e1", "e2"]);
    expect(await ids("bob")).toEqual(["e1"]);
    expect(await ids("nobody")).toEqual([]);
    // Held by a call that nothing was escalated from: there is no case to show.
    expect(await ids("gil")).toEqual([]);
    expect(await journal().holding(agent("eve"))).toEqual([await journal().escalation(EscalationId("e3"))]);
    for (const one of [
      commit("c1", 2, { state: part(1), held: [agent("bob")] }),
      commit("c2", 2, { state: part(2, { status: "resolved", assignee: agent("dana") }) }),
      commit("c3", 2, { state: part(3, { status: "resolved" }), held: [agent("eve")] }),
    ]) {
      await journal().commit(one);
    }
    expect([await ids("dana"), await ids("bob"), await ids("eve")]).toEqual([[], ["e1"], []]);
  });
  test("the tokens of whoever is asked, in conversation or writing up are told, until the case lets go", async () => {
    const offering = {
      kind: "offering" as const,
      offer: offer("o1", "dana"),
      by: at(26_000),
      t0: at(1_000),
      attempt: 1,
      tried: [],
    };
    const writesUp = { agent: agent("bob"), token: token("token-w"), until: at(60_000) };
    const owners = async () => (await journal().owners([agent("dana"), agent("bob")])).toSorted();
    const state = callerState("c1", { escalation: escalationPart("e1"), handoff: offering });
    await journal().commit(commit("c1", 1, { state, held: [agent("dana")] }));
    await journal().commit(commit("c2", 1, { state: callerState("c2", { wrapUps: [writesUp] }) }));
    await journal().commit(commit("c3", 1, { held: [agent("eve")] }));
    expect(await owners()).toEqual(["token-o1", "token-w"]);
    expect(await journal().owners([agent("bob")])).toEqual(["token-w"]);
    expect(await journal().owners([agent("eve"), agent("gil")])).toEqual([]);
    expect(await journal().owners([])).toEqual([]);
    await journal().commit(commit("c1", 2));
    await journal().commit(commit("c2", 2, { state: callerState("c2") }));
    expect(await owners()).toEqual([]);
  });
}
