import { EpochMs } from "./time.ts";

/** Where a page ended: the last row's sort time and id. Written as text that needs no escaping in a URL. */
export type PageCursor = { readonly at: EpochMs; readonly id: string };

export const writeCursor = (cursor: PageCursor): string => `${cursor.at}~${cursor.id}`;

/** `undefined`: not one of ours. */
export function readCursor(text: string): PageCursor | undefined {
  const parts = /^(\d{1,16})~(.+)$/.exec(text);
  const [, at, id] = parts ?? [];
  return at === undefined || id === undefined ? undefined : { at: EpochMs(Number(at)), id };
}
