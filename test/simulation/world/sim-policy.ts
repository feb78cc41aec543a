import { defaultPolicy, type HandoffPolicy } from "../../../src/handoff/policy.ts";

/** The shipped budget; only the caller's patience in the queue is shorter, so that a world is over in minutes. */
export const simPolicy: HandoffPolicy = { ...defaultPolicy, waitMaxMs: 60_000 };
