import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DANA, deskBench, packetOf, SOFIA, type DeskBench } from "./desk-bench.ts";

let bench: DeskBench;
beforeEach(async () => {
  bench = await deskBench();
});
afterEach(() => bench.close());

/** An open offer on Dana's desk. */
const offering = async () => {
  const tab = await bench.sit("dana");
  const offered = await bench.openOffer();
  offered.show();
  await tab.next("offer");
  return { tab, ...offered };
};

describe("painted and accepted", () => {
  test("a paint counts when version and hash are what was sent and the page is visible", async () => {
    const { tab, call, offer, packet } = await offering();
    tab.send({ type: "painted", offerId: offer, version: 1, hash: "f".repeat(64), visible: true });
    expect(await tab.next("error")).toMatchObject({ code: "stale-packet", ref: offer });
    tab.send({ type: "painted", offerId: offer, version: 1, hash: packet.hash, visible: false });
    await tab.settled();
    expect(await bench.events(call)).not.toContain("packet-painted");
    expect(bench.hub.desk.visible(DANA.id)).toBe(false);
    tab.send({ type: "painted", offerId: offer, version: 1, hash: packet.hash, visible: true });
    await tab.settled();
    expect(await bench.events(call)).toContain("packet-painted");
    expect(bench.hub.desk.visible(DANA.id)).toBe(true);
    const state = await bench.cases.state(call);
    expect(state?.handoff).toMatchObject({ offer: { painted: { version: 1, hash: packet.hash } } });
  });

  test("accepting is consent by the desk; pressing twice says nothing new", async () => {
    const { tab, call, offer, packet } = await offering();
    tab.send({ type: "accept", offerId: offer, hash: packet.hash });
    tab.send({ type: "accept", offerId: offer, hash: packet.hash });
    await tab.settled();
    expect((await bench.events(call)).filter((kind) => kind === "agent-consented")).toHaveLength(1);
    expect((await bench.cases.state(call))?.handoff).toMatchObject({ offer: { consent: "desk" } });
    expect(tab.frames.filter(({ type }) => type === "error")).toHaveLength(1); // settled's own
  });

  test("accepting a card that has changed is answered with the newest, and counts after it", async () => {
    const { tab, call, escalation, offer, packet } = await offering();
    bench.hub.desk.packet(DANA.id, packetOf(escalation, 2, "two charges"));
    await tab.next("packet");
    tab.send({ type: "accept", offerId: offer, hash: packet.hash });
    const error = await tab.next("error");
    expect(error).toMatchObject({
      code: "stale-packet",
      ref: offer,
      version: 2,
      packet: { intent: { summary: "two charges" } },
    });
    expect(await bench.events(call)).not.toContain("agent-consented");
    tab.send({ type: "accept", offerId: offer, hash: error.hash });
    await tab.settled();
    expect(await bench.events(call)).toContain("agent-consented");
  });

  test("somebody else's offer cannot be accepted", async () => {
    const { offer, packet, call } = await offering();
    const sofia = await bench.sit("sofia");
    sofia.send({ type: "accept", offerId: offer, hash: packet.hash });
    expect(await sofia.next("error")).toMatchObject({ code: "offer-gone", ref: offer });
    expect(await bench.events(call)).not.toContain("agent-consented");
  });

  test("an offer that was withdrawn cannot be accepted any more", async () => {
    const { tab, offer, packet } = await offering();
    bench.hub.desk.withdraw({ agent: DANA.id, offer, reason: "missed" });
    await tab.next("offer-withdrawn");
    tab.send({ type: "accept", offerId: offer, hash: packet.hash });
    expect(await tab.next("error")).toMatchObject({ code: "offer-gone" });
  });

  test("declining moves the offer on", async () => {
    const { tab, offer, call } = await offering();
    tab.send({ type: "decline", offerId: offer, reason: "lunch" });
    await tab.settled();
    expect((await bench.cases.state(call))?.escalation?.offers).toMatchObject([{ outcome: "declined" }]);
  });
});

describe("orders about a case", () => {
  test("end, transfer and hand-back become events of their case, the words are kept beside it", async () => {
    const tab = await bench.sit("dana");
    const offered = await bench.openOffer();
    offered.show();
    await tab.next("offer");
    const seen: object[] = [];
    const deliver = bench.cases.deliver.bind(bench.cases);
    bench.deps.cases.deliver = (caseId, news, actor) => {
      seen.push(news);
      return deliver(caseId, news, actor);
    };
    const { escalation } = offered;
    tab.send({ type: "transfer", escalationId: escalation, queue: "general", note: "wants a new card" });
    tab.send({ type: "hand-back", escalationId: escalation, instruction: "book the appointment" });
    tab.send({ type: "end", escalationId: escalation });
    tab.send({
      type: "wrap-up",
      escalationId: escalation,
      disposition: "resolved",
      resolved: true,
      notes: "refunded",
      csat: 5,
    });
    await tab.settled();
    expect(seen).toEqual([
      { kind: "agent-transferred", agent: "dana", target: { queue: "general", skills: [], team: "our service team" } },
      { kind: "agent-handed-back", agent: "dana" },
      { kind: "agent-ended", agent: "dana" },
      { kind: "wrapped-up", agent: "dana", disposition: "resolved", resolved: true },
    ]);
    const notes = (await bench.conversations.notes(escalation)).map(({ kind, json }) => [kind, JSON.parse(json)]);
    expect(notes).toEqual([
      ["hop", { from: "disputes", to: "general", note: "wants a new card", by: "dana" }],
      ["hand-back", { by: "dana", instruction: "book the appointment" }],
      ["wrap-up", { by: "dana", disposition: "resolved", resolved: true, notes: "refunded", csat: 5 }],
    ]);
  });

  test("a case that is not on the desk is refused, and so is a queue that does not exist", async () => {
    const tab = await bench.sit("dana");
    const other = await bench.openOffer(SOFIA);
    tab.send({ type: "end", escalationId: other.escalation });
    expect(await tab.next("error")).toMatchObject({ code: "not-yours", ref: other.escalation });
    const mine = await bench.openOffer();
    mine.show();
    await tab.next("offer");
    tab.send({ type: "transfer", escalationId: mine.escalation, queue: "astronauts", note: "" });
    expect(await tab.next("error")).toMatchObject({ code: "unknown-queue" });
  });

  test("a store that fails is said, and the desk goes on", async () => {
    const tab = await bench.sit("dana");
    const offered = await bench.openOffer();
    offered.show();
    await tab.next("offer");
    const deliver = bench.cases.deliver.bind(bench.cases);
    bench.deps.cases.deliver = () => Promise.reject(new Error("the store is away"));
    tab.send({ type: "accept", offerId: offered.offer, hash: offered.packet.hash });
    expect(await tab.next("error")).toMatchObject({ code: "not-stored" });
    bench.deps.cases.deliver = deliver;
    tab.send({ type: "accept", offerId: offered.offer, hash: offered.packet.hash });
    await tab.settled();
    expect(await bench.events(offered.call)).toContain("agent-consented");
  });
});
