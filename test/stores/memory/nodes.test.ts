import { createMemoryBus } from "../../../src/stores/memory/bus.ts";
import { createMemoryCloakroom } from "../../../src/stores/memory/cloakroom.ts";
import { createMemoryLeases } from "../../../src/stores/memory/leases.ts";
import { createMemoryOnce } from "../../../src/stores/memory/once.ts";
import { createMemoryPlaces } from "../../../src/stores/memory/places.ts";
import { createMemorySlidingWindow } from "../../../src/stores/memory/sliding-window.ts";
import { nodesContract } from "../../contracts/nodes.ts";
import { silentLog } from "../values.ts";

nodesContract("memory", async () => ({
  bus: createMemoryBus(silentLog),
  leases: createMemoryLeases(),
  window: createMemorySlidingWindow,
  once: createMemoryOnce(),
  cloakroom: createMemoryCloakroom(),
  places: createMemoryPlaces(),
  listening: async () => undefined,
  close: async () => undefined,
}));
