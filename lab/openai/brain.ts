/** One thing the model does: speak a text, or call a tool. */
export type Step = { say: string } | { call: string; arguments: Record<string, unknown> };

/** What the model knows of the conversation, oldest first. A user text is `undefined` when the audio made no sense. */
export type HistoryEntry =
  | { role: "user"; text: string | undefined }
  | { role: "assistant"; text: string }
  | { role: "system"; text: string }
  | { role: "call"; name: string; callId: string; arguments: string }
  | { role: "output"; callId: string; output: string };

/** What the model is given when it is asked for a response. */
export type Turn = {
  /** What the user said since the model last spoke; `undefined` when nothing, or nothing understandable. */
  heard: string | undefined;
  history: readonly HistoryEntry[];
  /** The session's instructions. */
  instructions: string;
  /** The instructions of this response alone; they stand in for the session's. */
  responseInstructions?: string;
  /** Names of the tools it may call now. */
  tools: readonly string[];
  /** True for a response outside the conversation (`conversation: "none"`). */
  outOfBand: boolean;
  metadata: Record<string, string>;
};

/** What the model says and does: data that a test or a demo brings along. Called once a response; must not remember. */
export type Brain = (turn: Turn) => readonly Step[];
