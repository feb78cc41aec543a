import { Fault } from "./fault.ts";
import { EpochMs } from "./time.ts";

/** Where a page ended: the last row's sort time and id. Written as text that needs no escaping in a URL. */
export type PageCursor = { readonly at: EpochMs; readonly id: string };

export const writeCursor = (cursor: PageCursor): string => `${cursor.at}~${cursor.id}`;

/** The cursor, or what is wrong with one that is not ours. */
export function readCursor(text: string): PageCursor | Fault {
  const parts = /^(\d{1,16})~(.+)$/.exec(text);
  const [, at, id] = parts ?? [];
  if (at !== undefined && id !== undefined) return { at: EpochMs(Number(at)), id };
  return new Fault("bad-cursor", {
    blame: "caller",
    retryable: false,
    message: "The cursor is not one that a list answered: leave it out to begin at the start.",
  });
}
