import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CallId, NodeId } from "../../src/domain/ids.ts";
import type { Bus, Channel } from "../../src/ports/bus.ts";
import type { Cloakroom } from "../../src/ports/cloakroom.ts";
import type { Leases } from "../../src/ports/leases.ts";
import type { Once } from "../../src/ports/once.ts";
import type { Places } from "../../src/ports/places.ts";
import type { Rate, RateLimit, Turns } from "../../src/ports/rate.ts";
import { at } from "../stores/values.ts";

export type NodesUnderTest = {
  readonly bus: Bus;
  readonly leases: Leases;
  readonly window: (rate: Rate) => RateLimit;
  readonly once: Once;
  readonly cloakroom: Cloakroom;
  readonly places: Places;
  /** Resolves when what has been subscribed to so far will be heard. */
  listening(): Promise<void>;
  close(): Promise<void>;
};

const greeting: Channel<{ readonly text: string }> = {
  name: "greeting",
  read: (raw) => {
    if (typeof raw !== "object" || raw === null || !("text" in raw) || typeof raw.text !== "string") {
      throw new Error("not a greeting");
    }
    return { text: raw.text };
  },
};
const other: Channel<string> = { name: "other", read: String };

const draw = async (limit: RateLimit, ms: number, wanted = 1): Promise<Turns> => {
  const answer = await limit.take(at(ms), wanted);
  if (!answer.ok) throw new Error(answer.why);
  return answer.value;
};

/** What nodes share, on every implementation: the bus, the leases and the shared rate. `open` gives empty ones. */
export function nodesContract(name: string, open: () => Promise<NodesUnderTest>): void {
  describe(`what nodes share, on ${name}`, () => {
    let under: NodesUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    test("every listener of a channel hears its messages in order, and nobody else does", async () => {
      const heard: string[][] = [[], [], []];
      under.bus.subscribe(greeting, ({ text }) => heard[0]?.push(text));
      under.bus.subscribe(greeting, ({ text }) => heard[1]?.push(text));
      under.bus.subscribe(other, (text) => heard[2]?.push(text));
      await under.listening();
      expect(await under.bus.publish(greeting, { text: "a" })).toBe(true);
      expect(await under.bus.publish(greeting, { text: "b" })).toBe(true);
      await expect.poll(() => heard, { timeout: 10_000 }).toEqual([["a", "b"], ["a", "b"], []]);
    });

    test("who unsubscribed hears nothing more, and what is not understood stops nobody", async () => {
      const heard: string[] = [];
      const stop = under.bus.subscribe(greeting, () => heard.push("stopped"));
      under.bus.subscribe(greeting, ({ text }) => heard.push(text));
      await under.listening();
      stop();
      await under.bus.publish({ ...greeting, read: String }, "rubbish");
      await under.bus.publish(greeting, { text: "a" });
      await expect.poll(() => heard, { timeout: 10_000 }).toEqual(["a"]);
    });

    const [n1, n2, call] = [NodeId("n1"), NodeId("n2"), CallId("c1")];

    test("a node lives until its lease ends, and is named until it is forgotten", async () => {
      await under.leases.renew(n2, at(3_000));
      await under.leases.renew(n1, at(2_000));
      expect(await under.leases.nodes(at(1_999))).toEqual({ ok: true, value: { live: ["n1", "n2"], lapsed: [] } });
      expect(await under.leases.nodes(at(2_000))).toEqual({ ok: true, value: { live: ["n2"], lapsed: ["n1"] } });
      await under.leases.renew(n1, at(4_000));
      expect(await under.leases.nodes(at(3_500))).toEqual({ ok: true, value: { live: ["n1"], lapsed: ["n2"] } });
      await under.leases.forget(n2);
      expect(await under.leases.nodes(at(3_500))).toEqual({ ok: true, value: { live: ["n1"], lapsed: [] } });
    });

    test("a call's holder is the last that held it, while its lease is live", async () => {
      const holder = async (ms: number) => under.leases.holder(call, at(ms));
      await under.leases.renew(n1, at(2_000));
      await under.leases.renew(n2, at(3_000));
      expect(await holder(1_000)).toEqual({ ok: true, value: undefined });
      expect(await under.leases.hold(call, n1)).toEqual({ ok: true, value: undefined });
      expect(await holder(1_000)).toEqual({ ok: true, value: "n1" });
      expect(await holder(2_000)).toEqual({ ok: true, value: undefined });
      expect(await under.leases.hold(call, n2)).toEqual({ ok: true, value: "n1" });
      await under.leases.drop(call, n1);
      expect(await holder(2_000)).toEqual({ ok: true, value: "n2" });
      await under.leases.drop(call, n2);
      expect(await holder(2_000)).toEqual({ ok: true, value: undefined });
    });

    test("a call is claimed once, from who held it, and from nobody else", async () => {
      const n3 = NodeId("n3");
      await under.leases.renew(n3, at(9_000));
      expect(await under.leases.claim(call, n1, n2)).toEqual({ ok: true, value: false });
      await under.leases.hold(call, n1);
      expect(await under.leases.claim(call, n1, n3)).toEqual({ ok: true, value: true });
      expect(await under.leases.claim(call, n1, n2)).toEqual({ ok: true, value: false });
      expect(await under.leases.holder(call, at(1_000))).toEqual({ ok: true, value: "n3" });
      expect(await under.leases.calls(n1)).toEqual({ ok: true, value: [] });
    });

    test("a call that no live node holds is the first one's to ask, and stays theirs while they live", async () => {
      await under.leases.renew(n1, at(2_000));
      await under.leases.renew(n2, at(9_000));
      const all = await Promise.all([n1, n2, n1, n2].map((node) => under.leases.own(call, node, at(1_000))));
      expect(all).toEqual(Array.from({ length: 4 }, () => ({ ok: true, value: "n1" })));
      expect(await under.leases.holder(call, at(1_000))).toEqual({ ok: true, value: "n1" });
      expect(await under.leases.own(call, n2, at(2_000))).toEqual({ ok: true, value: "n2" });
      expect(await under.leases.calls(n1)).toEqual({ ok: true, value: [] });
    });

    test("a forgotten node holds nothing, and others keep what they hold", async () => {
      await under.leases.renew(n1, at(9_000));
      await under.leases.renew(n2, at(9_000));
      await under.leases.hold(call, n1);
      await under.leases.hold(CallId("c2"), n2);
      await under.leases.forget(n1);
      await under.leases.renew(n1, at(9_000));
      expect(await under.leases.holder(call, at(1_000))).toEqual({ ok: true, value: undefined });
      expect(await under.leases.holder(CallId("c2"), at(1_000))).toEqual({ ok: true, value: "n2" });
    });

    test("a name is for the first who asks, among all who ask at once; another name is another matter", async () => {
      const now = Date.now();
      const ask = (what: string) => under.once.first(what, at(now), at(now + 60_000));
      const all = await Promise.all(Array.from({ length: 8 }, () => ask("nonce-1")));
      expect(all.filter((answer) => answer.ok && answer.value)).toHaveLength(1);
      expect(await ask("nonce-1")).toEqual({ ok: true, value: false });
      expect(await ask("nonce-2")).toEqual({ ok: true, value: true });
    });

    test("what is left is handed over once, to whoever asks first; newer things take its place; nothing outlives its time", async () => {
      const { cloakroom } = under;
      const now = Date.now();
      const leave = (what: string, text: string, ms: number) =>
        cloakroom.leave({ name: what, text, at: at(now), until: at(now + ms) });
      await leave("coat", "red", 60_000);
      await leave("coat", "blue", 60_000);
      await leave("hat", "", 60_000);
      expect(await cloakroom.look("coat", at(now))).toEqual({ ok: true, value: "blue" });
      const all = await Promise.all(Array.from({ length: 8 }, () => cloakroom.take("coat", at(now))));
      expect(all.filter((answer) => answer.ok && answer.value === "blue")).toHaveLength(1);
      expect(all.filter((answer) => answer.ok && answer.value === undefined)).toHaveLength(7);
      expect(await cloakroom.look("coat", at(now))).toEqual({ ok: true, value: undefined });
      expect(await cloakroom.take("hat", at(now))).toEqual({ ok: true, value: "" });
      await leave("glove", "left", 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await cloakroom.take("glove", at(now + 20))).toEqual({ ok: true, value: undefined });
    });

    test("what is there is changed by one of those who saw it, and not by who saw something else", async () => {
      const { cloakroom } = under;
      const now = Date.now();
      const swap = (was: string | undefined, text: string, ms = 60_000) =>
        cloakroom.swap({ name: "list", was, text, at: at(now), until: at(now + ms) });
      const first = await Promise.all(["a", "b", "c"].map((text) => swap(undefined, text)));
      expect(first.map((answer) => answer.ok && answer.value)).toEqual([true, false, false]);
      expect(await swap("b", "d")).toEqual({ ok: true, value: false });
      expect(await swap("a", "")).toEqual({ ok: true, value: true });
      expect(await swap(undefined, "e")).toEqual({ ok: true, value: false });
      expect(await swap("", "f", 1)).toEqual({ ok: true, value: true });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await cloakroom.look("list", at(now + 20))).toEqual({ ok: true, value: undefined });
    });

    test("a limited number of calls have a place, however many ask at once; who has one keeps it", async () => {
      const { places } = under;
      const take = (n: number) => places.take({ call: CallId(`p${n}`), limit: 3, at: at(1_000), until: at(21_000) });
      const all = await Promise.all(Array.from({ length: 12 }, (_, n) => take(n)));
      const answers = all.map((answer) => (answer.ok ? answer.value : answer.why));
      expect(answers.toSorted()).toEqual([...Array<string>(9).fill("full"), ...Array<string>(3).fill("taken")]);
      expect(await take(answers.indexOf("taken"))).toEqual({ ok: true, value: "kept" });
      await places.give(CallId(`p${answers.indexOf("taken")}`));
      expect(await take(99)).toEqual({ ok: true, value: "taken" });
      expect(await take(answers.indexOf("taken"))).toEqual({ ok: true, value: "full" });
    });

    test("a place ends with its time, unless it is kept; what is kept counts beyond the limit too", async () => {
      const { places } = under;
      const take = (what: string, ms: number) =>
        places.take({ call: CallId(what), limit: 2, at: at(ms), until: at(ms + 1_000) });
      expect(await take("p1", 1_000)).toEqual({ ok: true, value: "taken" });
      expect(await places.keep([CallId("p1"), CallId("p2"), CallId("p3")], at(1_500), at(6_500))).toEqual({
        ok: true,
        value: 3,
      });
      // A shorter time takes nothing away.
      expect(await take("p2", 2_000)).toEqual({ ok: true, value: "kept" });
      expect(await take("p4", 6_499)).toEqual({ ok: true, value: "full" });
      expect(await take("p4", 6_500)).toEqual({ ok: true, value: "taken" });
      expect(await places.keep([], at(7_499), at(9_000))).toEqual({ ok: true, value: 1 });
      expect(await places.keep([], at(7_500), at(9_000))).toEqual({ ok: true, value: 0 });
    });

    const [went, waits] = [{ taken: 1, waitMs: 0 }, (waitMs: number): Turns => ({ taken: 0, waitMs })];

    test("one a second: the second waits for the rest of it, and asking costs nothing", async () => {
      const limit = under.window({ perSecond: 1 });
      expect(await draw(limit, 100_000)).toEqual(went);
      expect(await draw(limit, 100_000)).toEqual(waits(1_000));
      expect(await draw(limit, 100_400)).toEqual(waits(600));
      expect(await draw(limit, 100_999)).toEqual(waits(1));
      expect(await draw(limit, 101_000)).toEqual(went);
      expect(await draw(limit, 101_000)).toEqual(waits(1_000));
    });

    test("a second's turns go at once, however many want one, and the next when the first is a second old", async () => {
      const limit = under.window({ perSecond: 3 });
      expect(await draw(limit, 200_000, 2)).toEqual({ taken: 2, waitMs: 0 });
      expect(await draw(limit, 200_100, 4)).toEqual({ taken: 1, waitMs: 900 });
      expect(await draw(limit, 201_000, 4)).toEqual({ taken: 2, waitMs: 100 });
      const taken: number[] = [];
      for (let ms = 202_100; ms < 212_100; ms += 10) if ((await draw(limit, ms)).taken === 1) taken.push(ms);
      expect(taken).toHaveLength(30);
    });

    test("a rate below one or between whole numbers is kept up to", async () => {
      const slow = under.window({ perSecond: 0.5 });
      expect([await draw(slow, 300_000), await draw(slow, 300_500)]).toEqual([went, waits(1_500)]);
    });

    test("a node whose clock is behind waits, and takes nobody's turn", async () => {
      const limit = under.window({ perSecond: 2 });
      await draw(limit, 400_000);
      expect(await draw(limit, 399_900)).toEqual(went);
      expect(await draw(limit, 399_900)).toEqual(waits(1_100));
      expect(await draw(limit, 400_999)).toEqual(waits(1));
    });

    test("a clock that is set back by an hour costs a dial a window, not an hour", async () => {
      const limit = under.window({ perSecond: 2 });
      await draw(limit, 4_000_000, 2);
      expect(await draw(limit, 400_000)).toEqual(waits(1_000));
      expect(await draw(limit, 401_000, 3)).toEqual({ taken: 2, waitMs: 1_000 });
    });
  });
}
