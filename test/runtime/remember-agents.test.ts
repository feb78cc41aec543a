import { describe, expect, test } from "vitest";
import { AgentId, NodeId, QueueId } from "../../src/domain/ids.ts";
import type { AgentProfile, Directory } from "../../src/ports/directory.ts";
import { rememberAgents } from "../../src/runtime/fleet/remember-agents.ts";
import { createMemoryBus } from "../../src/stores/memory/bus.ts";
import { createMemoryDirectory } from "../../src/stores/memory/directory.ts";
import { settableClock } from "../stores/settable-clock.ts";
import { silentLog } from "../stores/values.ts";

const dana: AgentProfile = {
  id: AgentId("dana"),
  name: "Dana",
  skills: [],
  queues: [QueueId("disputes")],
  languages: ["en"],
  device: { kind: "phone", address: "+15005560001" },
};
const moved: AgentProfile = { ...dana, device: { kind: "phone", address: "+15005560002" } };

/** Two nodes on one record, whose reads are counted and may be held back. */
function twoNodes() {
  const record = createMemoryDirectory([dana]);
  const reads = { agents: 0, agent: 0, gate: Promise.resolve() };
  const counted: Directory = {
    ...record,
    agents: async () => {
      reads.agents += 1;
      const found = await record.agents();
      await reads.gate;
      return found;
    },
    agent: (id) => {
      reads.agent += 1;
      return record.agent(id);
    },
  };
  const clock = settableClock();
  const bus = createMemoryBus(silentLog);
  const node = (name: string) => rememberAgents({ directory: counted, node: NodeId(name), bus, clock, log: silentLog });
  return { record, reads, clock, one: node("one"), other: node("other") };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe("agents that are remembered", () => {
  test("are read once for many questions", async () => {
    const { one, reads } = twoNodes();
    const [first, again] = await Promise.all([one.remembered.agents(), one.remembered.agents()]);
    expect(first).toEqual([dana]);
    expect(again).toEqual([dana]);
    expect(await one.remembered.agent(dana.id)).toEqual(dana);
    expect(reads).toMatchObject({ agents: 1, agent: 0 });
  });

  test("a change is seen at once here, and on the other node as soon as it is told", async () => {
    const { one, other } = twoNodes();
    await one.remembered.agents();
    await other.remembered.agents();
    await one.told.save(moved);
    expect(await one.remembered.agent(dana.id)).toEqual(moved);
    await settled();
    expect(await other.remembered.agents()).toEqual([moved]);
    await other.told.remove(dana.id);
    await settled();
    expect(await one.remembered.agents()).toEqual([]);
    expect(await one.remembered.agent(dana.id)).toBeUndefined();
  });

  test("a change whose news is lost is seen after two seconds", async () => {
    const { one, record, clock } = twoNodes();
    await one.remembered.agents();
    await record.save(moved);
    clock.put(900);
    expect(await one.remembered.agents()).toEqual([dana]);
    clock.put(2_001);
    expect(await one.remembered.agents()).toEqual([moved]);
  });

  test("are read again behind the answer before they are too old to be told", async () => {
    const { one, record, clock, reads } = twoNodes();
    await one.remembered.agents();
    await record.save(moved);
    clock.put(1_500);
    expect(await one.remembered.agents()).toEqual([dana]);
    await settled();
    expect(await one.remembered.agents()).toEqual([moved]);
    expect(reads.agents).toBe(2);
  });

  test("an answer from before a change is not remembered", async () => {
    const { one, reads } = twoNodes();
    const gate = Promise.withResolvers<void>();
    reads.gate = gate.promise;
    const before = one.remembered.agents();
    await one.told.save(moved);
    reads.gate = Promise.resolve();
    gate.resolve();
    expect(await before).toEqual([dana]);
    expect(await one.remembered.agents()).toEqual([moved]);
  });

  test("somebody who is not remembered is looked up", async () => {
    const { one, record } = twoNodes();
    await one.remembered.agents();
    const bob = { ...dana, id: AgentId("bob") };
    await record.save(bob);
    expect(await one.remembered.agent(bob.id)).toEqual(bob);
  });

  test("a record that does not answer is asked again by the next one", async () => {
    const { one, reads } = twoNodes();
    reads.gate = Promise.reject(new Error("the record is away"));
    await expect(one.remembered.agents()).rejects.toThrow("the record is away");
    reads.gate = Promise.resolve();
    expect(await one.remembered.agents()).toEqual([dana]);
  });
});
