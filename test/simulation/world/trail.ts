import type { Clock } from "../../../src/ports/clock.ts";

/** What happened, in order, for whoever has to understand a failing seed. */
export type Trail = { readonly note: (line: () => string) => void; readonly lines: readonly string[] };

/** `kept: false` writes nothing: the same seed can be run again to read it. */
export function createTrail(clock: Pick<Clock, "now">, start: number, kept: boolean): Trail {
  const lines: string[] = [];
  return {
    lines,
    note: (line) => {
      if (kept) lines.push(`${((clock.now() - start) / 1_000).toFixed(3).padStart(8)}  ${line()}`);
    },
  };
}
