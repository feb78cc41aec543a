import { expect, test } from "vitest";
import type { Presence } from "../../src/ports/presence.ts";
import { agent, at, token } from "../stores/values.ts";

/** The part of presence's suite about who is held by whom. */
export function holdsContract(presence: () => Presence): void {
  const holds = async (ms: number): Promise<string[]> => {
    const answer = await presence().holds(at(ms));
    if (!answer.ok) throw new Error(answer.why);
    return answer.value.map((held) => `${held.agent} ${held.token} ${held.status}`).toSorted();
  };

  test("whoever is held is named with the owner, until released or run out", async () => {
    for (const who of ["ann", "bob", "cy"]) {
      await presence().set({ agent: agent(who), status: "available", at: at(1_000), leaseUntil: at(100_000) });
    }
    expect(await holds(2_000)).toEqual([]);
    const ask = (owner: string, who: string) =>
      presence().reserve({ candidates: [agent(who)], token: token(owner), at: at(2_000), expiresAt: at(9_000) });
    await ask("t1", "ann");
    await ask("t2", "bob");
    await presence().hold({
      agent: agent("bob"),
      token: token("t2"),
      status: "busy",
      at: at(3_000),
      until: at(50_000),
    });
    expect(await holds(4_000)).toEqual(["ann t1 reserved", "bob t2 busy"]);
    // Ann's has run out, noticed or not.
    expect(await holds(9_000)).toEqual(["bob t2 busy"]);
    await presence().release({ agent: agent("bob"), token: token("t2"), next: "check-in", at: at(10_000) });
    expect(await holds(10_000)).toEqual([]);
  });
}
