import type { Effect } from "../handoff/vocabulary.ts";

/** The effects that happen on the caller's own line; performed by the node that holds its socket. */
export type SpeechEffect = Extract<
  Effect,
  { kind: "speak" | "cut-speech" | "keep-company" | "resume-assistant" | "silence-assistant" }
>;
