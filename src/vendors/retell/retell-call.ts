import type { HostedEvent, HostedSession, Visit } from "../../ports/hosted-assistant.ts";
import type { RetellCallObject } from "./read-call.ts";

/** One call at the vendor that belongs to a visit of ours, as the doors see it. */
export type RetellCall = HostedSession & {
  readonly visit: Visit;
  /** This gateway looks after it, and no other one takes it up while this one lives. */
  readonly isHere: boolean;
  /** `call_started`, or the call is found live otherwise. */
  started(call: RetellCallObject): void;
  /** The transcript so far, where nothing better tells of it. */
  transcript(call: RetellCallObject): void;
  /** A custom function; answers what the model is told. */
  tool(name: string, input: string): Promise<string>;
  tell(event: HostedEvent): void;
  /** Nothing more is expected of it. */
  close(): void;
};
