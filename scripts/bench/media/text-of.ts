import type { RawData } from "ws";

/** A message as text; `ws` hands out one buffer unless asked otherwise. */
export const textOf = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString("utf8") : "");
