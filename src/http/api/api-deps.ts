import type { Cases } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { Directory } from "../../ports/directory.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Journal } from "../../ports/journal.ts";
import type { KeptAnswers } from "../../ports/kept-answers.ts";
import type { Numbers } from "../../ports/numbers.ts";
import type { Presence } from "../../ports/presence.ts";
import type { Log } from "../../telemetry/log.ts";

/** The loaded routing configuration, as it may be shown: without tools' addresses and headers, which may hold secrets. */
export type PublishedConfig = {
  readonly revision: string;
  readonly routing: unknown;
  readonly languages: readonly string[];
  readonly assistants: readonly string[];
};

export type ApiDeps = {
  readonly cases: Cases;
  readonly journal: Journal;
  readonly conversations: Conversations;
  readonly directory: Directory;
  readonly answers: KeptAnswers;
  readonly presence: Presence;
  readonly numbers: Numbers;
  readonly config: () => PublishedConfig;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Why a device or a caller's telephone would never be rung, as the end of "… is"; undefined: it may be. */
  readonly whyNeverRung: (device: {
    readonly kind: "phone" | "sip" | "softphone";
    readonly address: string;
  }) => string | undefined;
  readonly log: Log;
};
