import { watch } from "node:fs";
import { loadTriggers, type Triggers, type TriggersAnswer } from "./trigger-policy.ts";

/** Editors write a file in several steps; it is read when they have been quiet for this long. */
const SETTLE_MS = 200;

export type TriggersWatch = {
  /** The newest triggers that were valid. */
  readonly current: () => Triggers;
  readonly close: () => void;
};

/**
 * Follows `triggers.yaml` under `dir` without a restart. A file that is wrong changes nothing: `onChange` gets its problems,
 * and the last good triggers stay.
 */
export function watchTriggers(dir: string, first: Triggers, onChange: (answer: TriggersAnswer) => void): TriggersWatch {
  let current = first;
  let settling: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    const answer = await loadTriggers(dir);
    if (answer.ok && answer.triggers.revision === current.revision) return;
    if (answer.ok) current = answer.triggers;
    onChange(answer);
  };
  const watcher = watch(dir, (_event, file) => {
    // Some systems do not say which file it was.
    if (file !== null && file !== "triggers.yaml") return;
    clearTimeout(settling);
    settling = setTimeout(() => {
      reload().catch((error: unknown) => onChange({ ok: false, problems: [`triggers.yaml: ${String(error)}`] }));
    }, SETTLE_MS);
  });
  return {
    current: () => current,
    close: () => {
      clearTimeout(settling);
      watcher.close();
    },
  };
}
