import { createMemoryBus } from "../../../src/stores/memory/bus.ts";
import { createMemoryLeases } from "../../../src/stores/memory/leases.ts";
import { createMemoryTokenBucket } from "../../../src/stores/memory/token-bucket.ts";
import { nodesContract } from "../../contracts/nodes.ts";
import { silentLog } from "../values.ts";

nodesContract("memory", async () => ({
  bus: createMemoryBus(silentLog),
  leases: createMemoryLeases(),
  bucket: createMemoryTokenBucket,
  listening: async () => undefined,
  close: async () => undefined,
}));
