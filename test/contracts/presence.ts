import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AgentPresence, Presence, PresenceAnswer } from "../../src/ports/presence.ts";
import { agent, at, token } from "../stores/values.ts";
import { holdsContract } from "./presence-holds.ts";

export type PresenceUnderTest = {
  readonly presence: Presence;
  /** Time has come: whatever notices what ran out, notices it now. */
  passTo(ms: number): Promise<void>;
  close(): Promise<void>;
};

function value<T>(answer: PresenceAnswer<T>): T {
  if (!answer.ok) throw new Error(`presence did not answer: ${answer.why}`);
  return answer.value;
}

/** What every implementation of `Presence` must do. `open` gives an empty one. */
export function presenceContract(name: string, open: () => Promise<PresenceUnderTest>): void {
  describe(`presence on ${name}`, () => {
    let under: PresenceUnderTest;
    let presence: Presence;
    beforeEach(async () => {
      under = await open();
      presence = under.presence;
    });
    afterEach(() => under.close());

    holdsContract(() => presence);

    const arrives = async (who: string, ms: number, leaseUntil = 100_000): Promise<AgentPresence> =>
      value(await presence.set({ agent: agent(who), status: "available", at: at(ms), leaseUntil: at(leaseUntil) }));
    const reserve = async (owner: string, candidates: readonly string[], ms = 10_000, expiresAt = 40_000) =>
      value(
        await presence.reserve({
          candidates: candidates.map(agent),
          token: token(owner),
          at: at(ms),
          expiresAt: at(expiresAt),
        }),
      );
    const status = async (who: string, ms: number): Promise<string | undefined> =>
      value(await presence.get([agent(who)], at(ms)))[0]?.status;
    const release = async (
      who: string,
      owner: string,
      ms: number,
      next: "available" | "check-in" | "offline" = "available",
    ) => value(await presence.release({ agent: agent(who), token: token(owner), next, at: at(ms) }));
    const hold = async (
      who: string,
      owner: string,
      as: "reserved" | "busy" | "wrap-up",
      [ms, until]: [number, number],
    ) =>
      value(await presence.hold({ agent: agent(who), token: token(owner), status: as, at: at(ms), until: at(until) }));
    const wish = async (who: string, wanted: "available" | "away" | "offline", ms: number, reason?: string) =>
      value(
        await presence.set({
          agent: agent(who),
          status: wanted,
          at: at(ms),
          leaseUntil: at(100_000),
          ...(reason !== undefined && { reason }),
        }),
      );

    test("two calls racing for one agent: exactly one gets them", async () => {
      await arrives("dana", 1_000);
      const won = await Promise.all(["t1", "t2", "t3", "t4"].map((owner) => reserve(owner, ["dana"])));
      expect(won.filter((who) => who === "dana")).toHaveLength(1);
      expect(won.filter((who) => who === undefined)).toHaveLength(3);
    });

    test("many calls racing for many agents: nobody twice", async () => {
      const people = Array.from({ length: 10 }, (_, i) => `agent-${i}`);
      for (const [i, who] of people.entries()) await arrives(who, 1_000 + i);
      const won = await Promise.all(Array.from({ length: 25 }, (_, i) => reserve(`t${i}`, people)));
      const taken = won.filter((who) => who !== undefined);
      expect(taken).toHaveLength(10);
      expect(new Set(taken).size).toBe(10);
    });

    test("the agent idle for longest is taken, then the lower id", async () => {
      await arrives("carol", 3_000);
      await arrives("bob", 2_000);
      await arrives("alice", 2_000);
      await arrives("zoe", 1_000);
      const all = ["carol", "bob", "alice", "zoe"];
      expect([await reserve("t1", all), await reserve("t2", all), await reserve("t3", all)]).toEqual([
        "zoe",
        "alice",
        "bob",
      ]);
    });

    test("saying available again keeps the place in the line", async () => {
      await arrives("alice", 1_000);
      await arrives("bob", 2_000);
      await arrives("alice", 3_000);
      expect(await reserve("t1", ["alice", "bob"])).toBe("alice");
    });

    test("only candidates are taken, and of them only who is available", async () => {
      await arrives("dana", 1_000);
      await wish("eve", "away", 1_000);
      expect(await reserve("t1", ["eve", "nobody"])).toBeUndefined();
      expect(await reserve("t1", [])).toBeUndefined();
      expect(await reserve("t1", ["eve", "dana"])).toBe("dana");
    });

    test("asking again with the same token answers the same agent", async () => {
      await arrives("alice", 1_000);
      await arrives("bob", 2_000);
      expect(await reserve("t1", ["alice", "bob"])).toBe("alice");
      expect(await reserve("t1", ["alice", "bob"])).toBe("alice");
      expect(await reserve("t1", ["bob"])).toBe("alice");
      expect(await status("bob", 10_000)).toBe("available");
    });

    test("a release without the owner's token changes nothing", async () => {
      await arrives("dana", 1_000);
      await reserve("t1", ["dana"]);
      expect(await release("dana", "t2", 11_000)).toBe(false);
      expect(await status("dana", 11_000)).toBe("reserved");
      expect(await release("dana", "t1", 11_000)).toBe(true);
      expect(await status("dana", 11_000)).toBe("available");
    });

    test("a second release is refused and does not disturb the next owner", async () => {
      await arrives("dana", 1_000);
      await reserve("t1", ["dana"]);
      await release("dana", "t1", 11_000);
      expect(await release("dana", "t1", 11_001)).toBe(false);
      expect(await reserve("t2", ["dana"], 12_000)).toBe("dana");
      expect(await release("dana", "t1", 12_001)).toBe(false);
      expect(await status("dana", 12_001)).toBe("reserved");
    });

    test("a released agent goes to the end of the line", async () => {
      await arrives("alice", 1_000);
      await arrives("bob", 2_000);
      await reserve("t1", ["alice"]);
      await release("alice", "t1", 11_000);
      expect(await reserve("t2", ["alice", "bob"], 12_000)).toBe("bob");
    });

    test("a reservation that runs out frees the agent, and its token owns nothing any more", async () => {
      await arrives("dana", 1_000);
      await reserve("t1", ["dana"], 10_000, 20_000);
      expect(await status("dana", 19_999)).toBe("reserved");
      expect(await status("dana", 20_000)).toBe("available");
      expect(await hold("dana", "t1", "busy", [20_000, 50_000])).toBe(false);
      expect(await release("dana", "t1", 20_000, "offline")).toBe(false);
      expect(await reserve("t2", ["dana"], 20_000)).toBe("dana");
    });

    test("a hold is prolonged, named anew, and never made shorter", async () => {
      await arrives("dana", 1_000);
      await reserve("t1", ["dana"], 10_000, 20_000);
      expect(await hold("dana", "t2", "busy", [15_000, 60_000])).toBe(false);
      expect(await hold("dana", "t1", "busy", [15_000, 60_000])).toBe(true);
      expect(await hold("dana", "t1", "busy", [16_000, 18_000])).toBe(true);
      expect(await status("dana", 30_000)).toBe("busy");
      expect(await hold("dana", "t1", "wrap-up", [50_000, 70_000])).toBe(true);
      expect(await status("dana", 69_999)).toBe("wrap-up");
    });

    test("a call or a wrap-up that runs out makes nobody available", async () => {
      await arrives("dana", 1_000);
      await reserve("t1", ["dana"], 10_000, 20_000);
      await hold("dana", "t1", "busy", [15_000, 30_000]);
      expect(await status("dana", 30_000)).toBe("check-in");
      expect(await reserve("t2", ["dana"], 30_000)).toBeUndefined();
    });

    test.each(["away", "offline"] as const)(
      "%s while reserved or busy is remembered until the release",
      async (wanted) => {
        await arrives("dana", 1_000);
        await reserve("t1", ["dana"]);
        expect((await wish("dana", wanted, 11_000, "lunch")).status).toBe("reserved");
        await hold("dana", "t1", "busy", [12_000, 60_000]);
        expect(await status("dana", 12_000)).toBe("busy");
        await release("dana", "t1", 20_000, "available");
        expect(value(await presence.get([agent("dana")], at(20_000)))).toEqual([
          { agent: "dana", status: wanted, since: 20_000, reason: "lunch" },
        ]);
      },
    );

    test("a remembered wish is taken back by saying available", async () => {
      await arrives("dana", 1_000);
      await reserve("t1", ["dana"]);
      await wish("dana", "offline", 11_000);
      await wish("dana", "available", 12_000);
      await release("dana", "t1", 20_000, "check-in");
      expect(await status("dana", 20_000)).toBe("check-in");
    });

    test("offline is stronger than a remembered away", async () => {
      await arrives("dana", 1_000);
      await reserve("t1", ["dana"]);
      await wish("dana", "away", 11_000);
      await release("dana", "t1", 20_000, "offline");
      expect(await status("dana", 20_000)).toBe("offline");
    });

    test("the agent ends their own wrap-up at once", async () => {
      await arrives("dana", 1_000);
      await reserve("t1", ["dana"]);
      await hold("dana", "t1", "wrap-up", [12_000, 60_000]);
      expect((await wish("dana", "available", 13_000)).status).toBe("available");
      expect(await release("dana", "t1", 14_000, "check-in")).toBe(false);
      expect(await status("dana", 14_000)).toBe("available");
    });

    test("without a renewal the lease runs out: unreservable, offline, and renewing is refused", async () => {
      await arrives("dana", 1_000, 16_000);
      expect(value(await presence.renew(agent("dana"), at(15_000), at(31_000)))).toBe(true);
      expect(await status("dana", 30_999)).toBe("available");
      expect(await reserve("t1", ["dana"], 31_000)).toBeUndefined();
      expect(value(await presence.get([agent("dana")], at(31_000)))).toEqual([
        { agent: "dana", status: "offline", since: 31_000 },
      ]);
      expect(value(await presence.renew(agent("dana"), at(32_000), at(50_000)))).toBe(false);
      expect(await status("dana", 32_000)).toBe("offline");
      expect((await arrives("dana", 33_000)).status).toBe("available");
    });

    test("a lease that runs out during a call takes the agent offline at the release", async () => {
      await arrives("dana", 1_000, 16_000);
      await reserve("t1", ["dana"], 10_000, 40_000);
      expect(await status("dana", 17_000)).toBe("reserved");
      expect(await release("dana", "t1", 18_000)).toBe(true);
      expect(await status("dana", 18_000)).toBe("offline");
    });

    test("a reservation and a lease that both ran out end offline", async () => {
      await arrives("dana", 1_000, 16_000);
      await reserve("t1", ["dana"], 10_000, 20_000);
      expect(await status("dana", 25_000)).toBe("offline");
    });

    test("an agent nobody heard of is offline, and there is nothing to renew, hold or release", async () => {
      expect(await status("ghost", 5_000)).toBe("offline");
      expect(value(await presence.renew(agent("ghost"), at(5_000), at(9_000)))).toBe(false);
      expect(await hold("ghost", "t1", "busy", [5_000, 9_000])).toBe(false);
      expect(await release("ghost", "t1", 5_000)).toBe(false);
    });

    test("who went offline themselves is not brought back by a renewal", async () => {
      await arrives("dana", 1_000);
      await wish("dana", "offline", 2_000);
      expect(value(await presence.renew(agent("dana"), at(3_000), at(50_000)))).toBe(false);
      expect(await status("dana", 3_000)).toBe("offline");
    });

    test("every change is told once, in order, expiry included", async () => {
      const seen: string[] = [];
      const stop = presence.onChange(({ agent: who, status: now, since }) => seen.push(`${who} ${now} ${since}`));
      await arrives("dana", 1_000, 60_000);
      await arrives("dana", 2_000, 60_000); // Nothing new.
      await reserve("t1", ["dana"], 10_000, 20_000);
      await hold("dana", "t1", "reserved", [11_000, 30_000]); // Longer, not different.
      await hold("dana", "t1", "busy", [12_000, 40_000]);
      await release("dana", "t1", 15_000, "available");
      await reserve("t2", ["dana"], 16_000, 20_000);
      await under.passTo(20_000);
      await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe("dana available 20000");
      await under.passTo(60_000);
      await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe("dana offline 60000");
      expect(seen).toEqual([
        "dana available 1000",
        "dana reserved 10000",
        "dana busy 12000",
        "dana available 15000",
        "dana reserved 16000",
        "dana available 20000",
        "dana offline 60000",
      ]);
      stop();
      await wish("dana", "away", 61_000);
      expect(seen).toHaveLength(7);
    });

    test("answers come in the order asked, with the reason the agent gave", async () => {
      await arrives("alice", 1_000);
      await wish("bob", "away", 2_000, "training");
      expect(value(await presence.get([agent("bob"), agent("alice"), agent("bob")], at(3_000)))).toEqual([
        { agent: "bob", status: "away", since: 2_000, reason: "training" },
        { agent: "alice", status: "available", since: 1_000 },
        { agent: "bob", status: "away", since: 2_000, reason: "training" },
      ]);
    });
  });
}
