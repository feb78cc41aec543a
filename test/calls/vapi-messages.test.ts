// Vapi's messages twice, out of order and with a stale call.
import { expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { noFaults } from "../../lab/vapi/faults.ts";
import { timelineOf } from "./scene.ts";
import { twinOf } from "./vapi-call.ts";
import { bridged, sharedConsole } from "./vapi-console.ts";

const opened = sharedConsole();

test(
  "messages twice, out of order and with a stale call: the record is that of the orderly run",
  { timeout: 90_000 },
  async () => {
    const calls = opened();
    const { scene } = calls;
    const events: string[][] = [];
    for (const faults of [{}, { duplicates: true, reorder: true, toolCallShape: "legacy" as const }]) {
      Object.assign(twinOf(scene).faults, noFaults(), faults);
      const sam = await calls.someone({ kind: "answers", afterMs: 300 });
      const { caller } = await calls.meet();
      await caller.say(clip("speak-to-human").audio);
      const { escalationId } = await bridged(scene, sam);
      const rows = await timelineOf(scene, escalationId);
      // Whether the end of a line or its deadline comes first is a matter of time.
      const timed = /^(?:time-passed|line-ended)>/u;
      events.push(rows.map(({ event, state }) => `${event}>${state}`).filter((row) => !timed.test(row)));
      await calls.over();
    }
    expect(events[1]?.toSorted()).toEqual(events[0]?.toSorted());
  },
);
