import type { Clock } from "../../../src/ports/clock.ts";

/** What happened, in order, for whoever has to understand a failing seed. */
export type Trail = { note(line: string): void; readonly lines: readonly string[] };

export function createTrail(clock: Pick<Clock, "now">, start: number): Trail {
  const lines: string[] = [];
  return {
    lines,
    note: (line) => void lines.push(`${((clock.now() - start) / 1_000).toFixed(3).padStart(8)}  ${line}`),
  };
}
