// A node that goes on without the record says so; the others believe it for as long as giving back takes.
import { expect, test } from "vitest";
import { NodeId } from "../../src/domain/ids.ts";
import { awayElsewhere } from "../../src/runtime/fleet/away-elsewhere.ts";
import { createMemoryBus } from "../../src/stores/memory/bus.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { silentLog } from "../stores/values.ts";

test("the others know it until three seconds after the last word of it, and it does not mean itself", async () => {
  const clock = fakeClock(10_000);
  const bus = createMemoryBus(silentLog);
  const [alone, other] = ["alone", "other"].map((name) => awayElsewhere({ node: NodeId(name), bus, clock }));
  if (!alone || !other) throw new Error("two nodes are wanted");
  const known = async (): Promise<boolean[]> => {
    await new Promise((resolve) => void setImmediate(resolve));
    return [alone.some(), other.some()];
  };
  expect(await known()).toEqual([false, false]);
  alone.tell();
  expect(await known()).toEqual([false, true]);
  clock.passTo(12_000);
  alone.tell();
  expect(await known()).toEqual([false, true]);
  clock.passTo(14_999);
  expect(await known()).toEqual([false, true]);
  clock.passTo(15_000);
  expect(await known()).toEqual([false, false]);
  other.close();
  alone.tell();
  expect(await known()).toEqual([false, false]);
});
