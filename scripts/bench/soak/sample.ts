// What may grow in a gateway and its stores over time, read from outside.
import { Redis } from "ioredis";
import type { FleetNode } from "../../../lab/rig/start-fleet.ts";
import type { FleetScene } from "../../../test/nodes/fleet-scene.ts";

/** `seconds` since the start; all measured nodes together. */
export type Sample = {
  readonly seconds: number;
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly handles: number;
  readonly timers: number;
  readonly redisKeys: number;
  readonly jobs: number;
};

export const MEASURES = ["heapBytes", "rssBytes", "handles", "timers", "redisKeys", "jobs"] as const;
export type Measure = (typeof MEASURES)[number];

/** @param nodes those that live from the first sample to the last */
export function createSampler(
  scene: FleetScene,
  nodes: readonly FleetNode[],
): { sample(seconds: number): Promise<Sample>; close(): void } {
  const redis = new Redis(scene.redis.url);
  return {
    sample: async (seconds) => {
      const texts = await Promise.all(nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
      const sum = (pattern: RegExp): number => texts.reduce((total, text) => total + valueIn(text, pattern), 0);
      const { rows } = await scene.db.query<{ count: string }>("select count(*) from jobs");
      return {
        seconds,
        heapBytes: sum(/^nodejs_heap_size_used_bytes (\S+)/mu),
        rssBytes: sum(/^process_resident_memory_bytes (\S+)/mu),
        handles: sum(/^nodejs_active_handles_total (\S+)/mu),
        timers: sum(/^nodejs_active_resources\{type="Timeout"\} (\S+)/mu),
        redisKeys: await redis.dbsize(),
        jobs: Number(rows[0]?.count ?? 0),
      };
    },
    close: () => redis.disconnect(),
  };
}

/** CPU seconds this process has used, read from outside. */
export async function cpuSecondsOf({ url }: FleetNode): Promise<number> {
  return valueIn(await (await fetch(`${url}/metrics`)).text(), /^process_cpu_seconds_total (\S+)/mu);
}

function valueIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`/metrics has nothing for ${String(pattern)}`);
  return Number(found);
}

/** Least squares: by how much a measure grows in an hour. */
export function slopePerHour(samples: readonly Sample[], measure: Measure): number {
  const n = samples.length;
  const meanX = samples.reduce((total, { seconds }) => total + seconds, 0) / n;
  const meanY = samples.reduce((total, sample) => total + sample[measure], 0) / n;
  let above = 0;
  let below = 0;
  for (const sample of samples) {
    above += (sample.seconds - meanX) * (sample[measure] - meanY);
    below += (sample.seconds - meanX) ** 2;
  }
  return below === 0 ? 0 : (above / below) * 3_600;
}

/** The lowest of each of so many windows in a row: what is left after the garbage has been taken away. */
export function floors(samples: readonly Sample[], measure: Measure, windows: number): readonly number[] {
  const size = Math.max(1, Math.floor(samples.length / windows));
  return Array.from({ length: Math.min(windows, samples.length) }, (_, place) =>
    Math.min(...samples.slice(place * size, (place + 1) * size).map((sample) => sample[measure])),
  );
}
