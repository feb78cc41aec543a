import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AgentId, CallId, OwnerToken, QueueId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { DANA, deskBench, GENE, packetOf, SOFIA, type DeskBench, type Tab } from "./desk-bench.ts";

let bench: DeskBench;
beforeEach(async () => {
  bench = await deskBench();
});
afterEach(() => bench.close());

const statusOf = async (agent: string): Promise<string | undefined> => {
  const answer = await bench.presence.get([AgentId(agent)], bench.clock.now());
  return answer.ok ? answer.value[0]?.status : undefined;
};
const goAvailable = async (tab: Tab): Promise<void> => {
  tab.send({ type: "presence", status: "available" });
  await bench.until(() =>
    expect(tab.frames).toContainEqual(expect.objectContaining({ type: "presence", status: "available" })),
  );
};
const laterBy = (ms: number): void => bench.clock.passTo(bench.clock.now() + ms);

describe("coming to the desk", () => {
  test("hello says who, how available, and what is open", async () => {
    const tab = await bench.sit("dana");
    expect(tab.frames[0]).toEqual({
      type: "hello",
      agent: { id: "dana", name: "Dana", skills: ["disputes"], queues: ["disputes"], device: DANA.device },
      presence: expect.objectContaining({ status: "offline" }),
      serverTime: new Date(bench.clock.now()).toISOString(),
      open: [],
    });
  });

  test("a desk that opens makes nobody available", async () => {
    await bench.sit("dana");
    expect(await statusOf("dana")).toBe("offline");
  });

  test("cards and calls are restored from the journal, on a hub that knew nothing of them", async () => {
    const offered = await bench.openOffer();
    const talking = await bench.openOffer(SOFIA);
    await bench.cases.deliver(
      talking.call,
      { kind: "agent-consented", offer: talking.offer, via: "desk" },
      "agent:sofia",
    );
    const dana = await bench.sit("dana");
    const sofia = await bench.sit("sofia");
    expect(dana.frames[0]).toMatchObject({
      open: [
        {
          kind: "offer",
          offerId: offered.offer,
          escalationId: offered.escalation,
          version: 1,
          hash: offered.packet.hash,
        },
      ],
    });
    // Her phone still rings: what becomes of it is told by the offer's name.
    expect(sofia.frames[0]).toMatchObject({
      open: [{ kind: "call", escalationId: talking.escalation, state: "offering", offerId: talking.offer }],
    });
    dana.send({ type: "accept", offerId: offered.offer, hash: offered.packet.hash });
    await bench.until(async () => expect(await bench.events(offered.call)).toContain("agent-consented"));
  });
});

describe("presence", () => {
  test("the agent's word is set, and every change comes as a frame, a reservation included", async () => {
    const tab = await bench.sit("dana");
    await goAvailable(tab);
    expect(await statusOf("dana")).toBe("available");
    const ask = {
      candidates: [DANA.id],
      token: OwnerToken("t"),
      at: bench.clock.now(),
      expiresAt: EpochMs(bench.clock.now() + 30_000),
    };
    await bench.presence.reserve(ask);
    await bench.until(() => expect(tab.frames.at(-1)).toMatchObject({ type: "presence", status: "reserved" }));
    await bench.presence.release({ agent: DANA.id, token: OwnerToken("t"), next: "available", at: bench.clock.now() });
    await bench.until(() => expect(tab.frames.at(-1)).toMatchObject({ type: "presence", status: "available" }));
  });

  test("other agents' changes go to nobody else", async () => {
    const gene = await bench.sit("gene");
    await goAvailable(await bench.sit("dana"));
    await gene.settled();
    expect(gene.frames.map(({ type }) => type)).toEqual(["hello", "error"]);
  });

  test("a desk that answers pings keeps its lease, however long nothing happens", async () => {
    const tab = await bench.sit("dana");
    await goAvailable(tab);
    for (let round = 0; round < 6; round++) {
      const pinged = new Promise((resolve) => tab.socket.once("ping", resolve));
      laterBy(4_000);
      await pinged;
      // A frame after the pong: both have been heard.
      await tab.settled();
    }
    expect(await statusOf("dana")).toBe("available");
  });
});

describe("going away", () => {
  test("a socket that says nothing for 10 s is dead, its agent offline 5 s later and unreservable within 15 s", async () => {
    const tab = await bench.sit("dana", { autoPong: false });
    await goAvailable(tab);
    const from = bench.clock.now();
    bench.clock.passTo(from + 9_999);
    expect(bench.hub.tabs()).toBe(1);
    bench.clock.passTo(from + 10_000);
    await bench.until(() => expect(bench.hub.tabs()).toBe(0));
    bench.clock.passTo(from + 15_000);
    const at = bench.clock.now();
    const answer = await bench.presence.reserve({
      candidates: [DANA.id],
      token: OwnerToken("t"),
      at,
      expiresAt: EpochMs(at + 1),
    });
    expect(answer).toEqual({ ok: true, value: undefined });
  });

  test("a reload inside the grace changes nothing that others see", async () => {
    const seen: string[] = [];
    const tab = await bench.sit("dana");
    await goAvailable(tab);
    bench.presence.onChange(({ status }) => seen.push(status));
    tab.socket.terminate();
    await bench.until(() => expect(bench.hub.tabs()).toBe(0));
    laterBy(4_900);
    await bench.sit("dana");
    laterBy(5_000);
    expect(seen).toEqual([]);
    expect(await statusOf("dana")).toBe("available");
  });

  test("after the grace the agent is offline, stays so on return, and the open offer has moved on", async () => {
    const tab = await bench.sit("dana");
    await goAvailable(tab);
    const offered = await bench.openOffer();
    offered.show();
    await tab.next("offer");
    tab.socket.terminate();
    await bench.until(() => expect(bench.hub.tabs()).toBe(0));
    laterBy(4_999);
    expect(await bench.events(offered.call)).not.toContain("desk-lost");
    laterBy(1);
    await bench.until(async () => expect(await bench.events(offered.call)).toContain("desk-lost"));
    expect((await bench.cases.state(offered.call))?.escalation?.offers).toMatchObject([
      { agent: "dana", outcome: "desk-lost" },
    ]);
    const back = await bench.sit("dana");
    expect(back.frames[0]).toMatchObject({ presence: { status: "offline" }, open: [] });
  });

  test("a softphone's offer moves on at once, its agent's status only after the grace", async () => {
    const tab = await bench.sit("sofia");
    await goAvailable(tab);
    const offered = await bench.openOffer(SOFIA);
    offered.show();
    await tab.next("offer");
    tab.socket.terminate();
    await bench.until(async () => expect(await bench.events(offered.call)).toContain("desk-lost"));
    expect(await statusOf("sofia")).toBe("available");
  });

  test("a desk that is open on another node is not lost with the one here", async () => {
    const [dana, sofia] = [await bench.sit("dana"), await bench.sit("sofia")];
    await Promise.all([goAvailable(dana), goAvailable(sofia)]);
    const offered = await bench.openOffer(SOFIA);
    offered.show();
    await sofia.next("offer");
    bench.elsewhere.desks.add("dana").add("sofia");
    for (const { socket } of [dana, sofia]) socket.terminate();
    await bench.until(() => expect(bench.hub.tabs()).toBe(0));
    laterBy(5_000);
    // The softphone's at once, and each at the end of the grace; then one more round trip.
    await bench.until(() => expect(bench.elsewhere.asked.toSorted()).toEqual(["dana", "sofia", "sofia"]));
    await bench.sit("gene");
    expect([await statusOf("dana"), await statusOf("sofia")]).toEqual(["available", "available"]);
    expect(await bench.events(offered.call)).not.toContain("desk-lost");
  });

  test("one of two tabs closing is no loss", async () => {
    const [one, two] = [await bench.sit("dana"), await bench.sit("dana")];
    await goAvailable(two);
    one.socket.terminate();
    await bench.until(() => expect(bench.hub.tabs()).toBe(1));
    laterBy(4_000);
    await two.settled();
    laterBy(2_000);
    expect(await statusOf("dana")).toBe("available");
  });

  test("a gateway that shuts down sets nobody offline", async () => {
    const tab = await bench.sit("dana");
    await goAvailable(tab);
    bench.hub.close();
    expect(await tab.closed).toBe(1001);
    laterBy(6_000);
    expect(await statusOf("dana")).toBe("available");
  });
});

describe("the card", () => {
  test("every tab gets it and every tab is cleared, with the reason", async () => {
    const tabs = [await bench.sit("dana"), await bench.sit("dana")];
    const offered = await bench.openOffer();
    offered.show();
    for (const tab of tabs)
      expect(await tab.next("offer")).toMatchObject({
        offerId: offered.offer,
        escalationId: offered.escalation,
        packet: { intent: { summary: "a charge" } },
        version: 1,
        hash: offered.packet.hash,
      });
    bench.hub.desk.withdraw({ agent: DANA.id, offer: offered.offer, reason: "caller-left" });
    for (const tab of tabs)
      expect(await tab.next("offer-withdrawn")).toEqual({
        type: "offer-withdrawn",
        offerId: offered.offer,
        reason: "caller-left",
      });
  });

  test("a withdrawal ordered right after the offer does not overtake it", async () => {
    const tab = await bench.sit("dana");
    const offered = await bench.openOffer();
    offered.show();
    bench.hub.desk.withdraw({ agent: DANA.id, offer: offered.offer, reason: "caller-cancelled" });
    await tab.next("offer-withdrawn");
    expect(tab.frames.map(({ type }) => type)).toEqual(["hello", "offer", "offer-withdrawn"]);
  });

  test("without the right to the case's queue not a field of it reaches the socket", async () => {
    const gene = await bench.sit("gene");
    const offered = await bench.openOffer(GENE);
    offered.show();
    bench.hub.desk.packet(GENE.id, packetOf(offered.escalation, 2));
    bench.hub.desk.turn(GENE.id, offered.escalation, { index: 0, role: "caller", text: "secret", at: EpochMs(1) });
    bench.hub.desk.preAlert({ agent: GENE.id, call: offered.call, risk: 0.7, summary: "secret" });
    bench.hub.desk.state({
      agent: GENE.id,
      escalation: offered.escalation,
      state: "offering",
      at: EpochMs(1),
      cause: "x",
    });
    bench.hub.desk.withdraw({ agent: GENE.id, offer: offered.offer, reason: "replaced" });
    await gene.next("offer-withdrawn");
    expect(gene.frames.map(({ type }) => type)).toEqual(["hello", "offer-withdrawn"]);
  });

  test("what another node made of the case counts, not what this one still remembers of it", async () => {
    const tab = await bench.sit("dana");
    const { call, show, packet } = await bench.openOffer();
    const old = bench.cases.remembered(call);
    if (!old?.escalation) throw new Error("the case is not known");
    const earlier = {
      ...old,
      escalation: { ...old.escalation, target: { ...old.escalation.target, queue: QueueId("general") } },
    };
    Object.assign(bench.cases, { remembered: () => earlier });
    show();
    expect(await tab.next("offer")).toMatchObject({ hash: packet.hash });
  });

  test("a right that was given today counts today", async () => {
    const gene = await bench.sit("gene");
    await bench.directory.save({ ...GENE, queues: [QueueId("general"), QueueId("disputes")] });
    (await bench.openOffer(GENE)).show();
    await gene.next("offer");
  });

  test("what is said and learned afterwards comes in place", async () => {
    const tab = await bench.sit("dana");
    const offered = await bench.openOffer();
    offered.show();
    bench.hub.desk.packet(DANA.id, packetOf(offered.escalation, 2, "two charges"));
    bench.hub.desk.turn(DANA.id, offered.escalation, {
      index: 4,
      role: "caller",
      text: "It was Tuesday.",
      at: EpochMs(5),
    });
    expect(await tab.next("packet")).toMatchObject({ version: 2, packet: { intent: { summary: "two charges" } } });
    expect(await tab.next("turn")).toMatchObject({ turn: { index: 4, role: "caller", text: "It was Tuesday." } });
  });

  test("a pre-alert of their own queue is shown", async () => {
    const tab = await bench.sit("dana");
    const offered = await bench.openOffer();
    bench.hub.desk.preAlert({ agent: DANA.id, call: offered.call, risk: 0.7, summary: "a charge" });
    expect(await tab.next("pre-alert")).toMatchObject({ callId: offered.call, risk: 0.7 });
  });

  test("showing something to an agent without a desk does nothing", async () => {
    const offered = await bench.openOffer();
    offered.show();
    bench.hub.desk.preAlert({ agent: DANA.id, call: CallId("C"), risk: 1, summary: "" });
    expect(bench.hub.desk.visible(DANA.id)).toBe(false);
  });
});
