import type { LineId, LineValues } from "../handoff/lines.ts";

/** The fixed sentences, from `config/messages/<language>.yaml`; an unknown language falls back to English. */
export type Words = {
  line(language: string, line: LineId, values: LineValues): string;
};
