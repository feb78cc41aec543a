import { after, type EpochMs } from "../../domain/time.ts";
import type { Cloakroom } from "../../ports/cloakroom.ts";
import type { StoreAnswer } from "../../ports/store-answer.ts";
import type { Log } from "../../telemetry/log.ts";

/** Several nodes may change one list at once, each with one change at a time; each try is one of them that was faster. */
const TRIES_MAX = 100;

/** Somebody on their way: under which name what is known of them was left, and how they are told from others. */
export type Awaited = {
  readonly visit: string;
  readonly until: number;
  /** The number they call from, where it is known. */
  readonly ani?: string;
  /** The number they called, which may be shown in place of theirs. */
  readonly through?: string;
  /** In the list of those who come by digits: theirs. */
  readonly code?: string;
  /** In the list of those who come from one number: digits were given to them. */
  readonly byCode?: true;
};

export type AwaitedListDeps = { readonly cloakroom: Cloakroom; readonly log: Log };

const isList = (raw: unknown): raw is readonly Awaited[] => Array.isArray(raw);

/** Who is awaited under this name now; nobody where the store is away. */
export async function readAwaited(
  { cloakroom, log }: AwaitedListDeps,
  name: string,
  now: EpochMs,
): Promise<readonly Awaited[]> {
  const found = await cloakroom.look(name, now);
  if (!found.ok) log.warn({ raw: found.why }, "whether a caller was expected cannot be known");
  return found.ok ? listOf(found.value, now) : [];
}

/** Changes a list as it is at that moment, whoever else changes it. `undefined`: the store is away. */
export async function changeAwaited(
  { cloakroom, log }: AwaitedListDeps,
  { name, now, keptMs }: { readonly name: string; readonly now: EpochMs; readonly keptMs: number },
  change: (list: readonly Awaited[]) => readonly Awaited[],
): Promise<readonly Awaited[] | undefined> {
  let failed: StoreAnswer<unknown> = { ok: false, why: "too many change this at once" };
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const found = await cloakroom.look(name, now);
    if (!found.ok) {
      failed = found;
      break;
    }
    const list = change(listOf(found.value, now));
    const text = JSON.stringify(list);
    const done = await cloakroom.swap({ name, was: found.value, text, at: now, until: after(now, keptMs) });
    if (!done.ok) {
      failed = done;
      break;
    }
    if (done.value) return list;
  }
  if (!failed.ok) log.warn({ raw: failed.why }, "a caller of a hosted number will not be known when they come");
  return undefined;
}

/** Each for its own time: the list lives as long as its youngest. */
function listOf(text: string | undefined, now: EpochMs): readonly Awaited[] {
  const raw: unknown = text === undefined ? [] : JSON.parse(text);
  return isList(raw) ? raw.filter(({ until }) => until > now) : [];
}
