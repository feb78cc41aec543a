import type { Item } from "./transcript.ts";

/** Who decides what the agent says, told of everything that happens on the line. */
export type Engine = {
  /** The call is answered. */
  start(): void;
  userStarted(): void;
  /** The caller has said something and is quiet. */
  userTurn(): void;
  /** The caller cut the agent's speech. */
  interrupted(): void;
  /** Everything there was to say is said. */
  agentQuiet(): void;
  /** The caller has been silent for a while. */
  reminder(): void;
  /** Somebody outside wants the agent to speak. */
  speakUp(): void;
  changed(item: Item): void;
  close(): void;
  /** The network to whoever generates the words dies, where there is one. */
  drop?(): void;
};
