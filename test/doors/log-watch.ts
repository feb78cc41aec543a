// The gateway's log as a test reads it: what was written between two moments, and nothing missed in between.

import { ADMIN_KEY } from "../../lab/rig/start-rig.ts";

export type LogLine = { readonly level: number; readonly msg: string; readonly [field: string]: unknown };

export type LogWatch = {
  readonly onLog: (line: string) => void;
  /** Everything written since the last time this was asked, or since the beginning. */
  since(url: string): Promise<{ readonly lines: readonly LogLine[]; readonly text: string }>;
};

const isFence = (line: string): boolean => line.includes('"GET /api/callbacks/:id"');

export function watchLog(): LogWatch {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let read = 0;
  return {
    onLog: (line) => {
      lines.push(line);
      for (const look of waiting) look();
    },
    since: async (url) => {
      // A request nobody else makes: what was written before it has arrived when its own line has.
      await fetch(`${url}/api/callbacks/fence`, { headers: { Authorization: `Bearer ${ADMIN_KEY}` } });
      const from = read;
      const reached = (): number => lines.findIndex((line, index) => index >= from && isFence(line));
      if (reached() < 0) await arrived(waiting, () => reached() >= 0);
      const upTo = reached();
      read = upTo + 1;
      const part = lines.slice(from, upTo);
      return { lines: part.map((line) => JSON.parse(line) as LogLine), text: part.join("\n") };
    },
  };
}

function arrived(waiting: Set<() => void>, there: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiting.delete(look);
      reject(new Error("the gateway did not write the awaited line within 5 s"));
    }, 5_000);
    const look = (): void => {
      if (!there()) return;
      clearTimeout(timer);
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
  });
}
