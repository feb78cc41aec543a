import { presenceContract } from "../../contracts/presence.ts";
import { createMemoryPresence } from "../../../src/stores/memory/presence.ts";
import { fakeClock } from "../fake-clock.ts";
import { silentLog } from "../values.ts";

presenceContract("memory", async () => {
  const clock = fakeClock();
  const presence = createMemoryPresence({ clock, log: silentLog });
  return {
    presence,
    passTo: async (ms) => clock.passTo(ms),
    close: async () => presence.close(),
  };
});
