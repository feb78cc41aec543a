// An assistant that its vendor hosts: ears, model and voice are theirs, and no audio passes through us. The caller's leg
// is connected to it by the carrier (design §2, docs/decisions/0017-hosted-assistants-are-steered.md).

import type { CallId, LegId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Wish } from "../handoff/vocabulary.ts";
import type { SelfEvaluation } from "../scoring/self-evaluation.ts";
import type { AssistantSetup, VendorToolRan } from "./assistant.ts";

/** One connection of a caller to a hosted assistant. */
export type Visit = {
  readonly call: CallId;
  /** Our own name of it, the case's `stream`; a caller who comes back has another. Never the vendor's call id, which is a secret. */
  readonly visit: string;
};

/** What can be done to a conversation that others run. What is missing is made up for, or said in the documents. */
export type HostedAbilities = {
  /** `exactly`: a sentence word for word. `instructed`: the model is told to say it and may say it otherwise, or not at all. */
  readonly lines: "exactly" | "instructed";
  /** The assistant can be kept from speaking. */
  readonly mutes: boolean;
  /** Its words pass through us before they are spoken: `HostedListener.check` is asked for each sentence. */
  readonly checked: boolean;
};

/** One live visit, as far as its vendor lets us steer it. Commands to one that is over are no-ops. */
export type HostedSession = {
  readonly abilities: HostedAbilities;
  /**
   * Says a line to the caller, in place of what the assistant is saying. Its speech comes back as events; `name` is in
   * them where the vendor tells. False: it was not taken, and nobody will say it.
   */
  say(line: { readonly name: string; readonly text: string }): Promise<boolean>;
  /** The assistant says something of its own now, along these instructions. */
  prompt(instructions: string): void;
  /** Something it should know and not speak of by itself. */
  note(text: string): void;
  /** What it is there for from now on; takes the place of what was instructed before. */
  instruct(instructions: string): void;
  /** True: it says nothing until it is told otherwise; `say` is heard all the same where the vendor can. */
  mute(muted: boolean): void;
  answerTool(toolCall: string, output: string): void;
  /** Hangs up on the vendor's side. */
  end(): void;
};

export type HostedParty = "caller" | "assistant";

/** How a visit ended, as a closed set; the vendor's own word is kept beside it. */
export type HostedEnd =
  /** The caller, or the carrier's side of the leg: a move looks like this too. */
  | "line-ended"
  /** The assistant said goodbye. */
  | "assistant-ended"
  /** We ended it. */
  | "stopped"
  /** The vendor's own transfer took the caller elsewhere. */
  | "transferred"
  /** The vendor's limits: nobody spoke, or it took too long. */
  | "silence"
  | "too-long"
  /** A machine answered. */
  | "voicemail"
  /** The vendor's fault or ours; the visit is lost. */
  | "failed"
  /** It never began. */
  | "refused";

/**
 * What the vendor tells of a visit. Duplicates, late and reordered news are normal: the runtime orders by `at`, and
 * every kind is idempotent by its ids.
 */
export type HostedEvent = {
  /** When it happened by the vendor's clock; absent when it does not say. */
  readonly at?: EpochMs;
} & (
  | { readonly kind: "connected" }
  | { readonly kind: "speech-started"; readonly party: HostedParty; readonly name?: string }
  | { readonly kind: "speech-ended"; readonly party: HostedParty }
  /**
   * Words of one turn, all of them so far (`text` grows). `item` names the turn. `partial` may still change; `final`
   * closes it; an assistant's words may be ahead of its voice.
   */
  | {
      readonly kind: "words";
      readonly party: HostedParty;
      readonly item: string;
      readonly text: string;
      readonly final: boolean;
      readonly startedAt?: EpochMs;
      readonly endedAt?: EpochMs;
      readonly confidence?: number;
    }
  /** The caller cut the assistant off. */
  | { readonly kind: "interrupted" }
  | { readonly kind: "key"; readonly key: string }
  /** A tool we serve; answered by `HostedSession.answerTool`, once a `toolCall`. */
  | { readonly kind: "tool-call"; readonly toolCall: string; readonly name: string; readonly input: string }
  | VendorToolRan
  /** The assistant is late: its model, voice or a tool is slow. */
  | { readonly kind: "late" }
  | { readonly kind: "ended"; readonly how: HostedEnd; readonly raw: string }
  | { readonly kind: "reported"; readonly report: HostedReport }
);

/** What the vendor makes of a finished visit. Content: kept with the conversation, never in the journal or a log. */
export type HostedReport = {
  readonly vendor: string;
  /** The vendor's own word for the end. */
  readonly endedRaw?: string;
  readonly summary?: string;
  readonly sentiment?: "negative" | "neutral" | "positive" | "unknown";
  /** The vendor's own judgement, in its own words. */
  readonly success?: string;
  /** In US dollars. */
  readonly costUsd?: number;
  /** The assistant's usual delay before it speaks, in milliseconds. */
  readonly latencyMs?: number;
  readonly startedAt?: EpochMs;
  readonly endedAt?: EpochMs;
  /** What the admin's own analysis schema found. */
  readonly findings?: Readonly<Record<string, unknown>>;
};

/** What the system has to say of a caller's complete turn. */
export type HostedVerdict =
  /** The assistant answers. */
  | "answer"
  /** The system speaks, or nobody has to: an assistant whose words pass through us does not answer this turn. */
  | "handled";

/** The runtime's side of one visit. */
export type HostedListener = {
  /** The verdict is about final words of the caller; `answer` for everything else. */
  hear(event: HostedEvent): HostedVerdict;
  /**
   * Only where `abilities.checked`: may the assistant say this, the reply so far with its newest sentence? Answers the
   * sentence that takes its place when it promises what nobody has; the rest of the reply is then dropped.
   */
  check(soFar: string): { readonly kind: "say" } | { readonly kind: "instead"; readonly text: string };
  /**
   * Only where `abilities.checked`: a reply that was not spoken yet is below the floor. `handled`: the system has taken
   * it up and speaks itself; `go-on`: the assistant may try again or say what it has.
   */
  readonly weak?: (judged: WeakReply) => "handled" | "go-on";
};

/** A judgement of a reply, as the deep path gives it. */
export type WeakReply = Pick<SelfEvaluation, "scores" | "intent" | "resolved">;

export type OpenedVisit = {
  /** Which of `config/assistants.yaml`. */
  readonly assistant: string;
  /** Instructions of the moment, tools and the conversation so far. Empty history: the assistant greets. */
  readonly setup: AssistantSetup;
  readonly listener: HostedListener;
};

/** Where the visits of this gateway are found; the vendors' doors ask it. Implemented by the runtime. */
export type HostedVisits = {
  /** The visit of a token that we made and that has not lapsed; `undefined`: forged or long over. No network. */
  read(token: string): Visit | undefined;
  /**
   * The vendor has connected the caller, or tells more of a visit this node does not hold yet. Idempotent by visit.
   * `undefined`: the call is over, or unknown; the vendor's side should be ended.
   */
  open(visit: Visit, session: HostedSession): Promise<OpenedVisit | undefined>;
};

export type HostedAddress =
  /** `sip:` URI with its headers, as the carrier dials it. */
  | { readonly kind: "sip"; readonly uri: string }
  /** The vendor cannot be reached or refuses: the carrier's fixed lines take over. */
  | { readonly kind: "unreachable"; readonly raw: string };

/** A vendor whose assistant is dialled. */
export type HostedAssistant = {
  /** The node that asked for the address looks after the visit already before the vendor has connected it. */
  readonly follows?: boolean;
  /**
   * Where the carrier is to dial for this visit. May ask the vendor (a call registered in time), within 2 s; it is asked
   * once a visit, and an address nobody dials lapses by itself. The token comes back in the vendor's events.
   */
  address(ask: {
    readonly visit: Visit;
    /** Letters and digits only; may stand in a SIP header. */
    readonly token: string;
    readonly assistant: string;
    readonly setup: AssistantSetup;
  }): Promise<HostedAddress>;
};

/** What the carrier's edge asks about a caller's leg that belongs to an assistant. Implemented by the runtime. */
export type DialledAssistants = {
  /**
   * `undefined`: this caller's assistant is not dialled but streamed. The same answer as long as the leg has not been
   * connected, so that a repeated request dials nobody twice.
   */
  dial(ask: { readonly call: CallId; readonly leg: LegId; readonly assistant: string }): Promise<Dial | undefined>;
  /**
   * The carrier's dial to the assistant is over. Told to the case before it answers. `over`: the assistant said goodbye
   * and nothing is open; the call ends.
   */
  ended(ask: {
    readonly call: CallId;
    readonly visit: string;
    /** Whether anybody ever answered the dial. */
    readonly answered: boolean;
    readonly raw: string;
  }): Promise<"over" | "go-on">;
};

/** A caller of a number that the vendor hosts, on their way to our bridge number by the vendor's own transfer. */
export type ExpectedCaller = {
  /** The number they call from; absent: withheld. */
  readonly ani?: string;
  /** The number they are sent to; both E.164. */
  readonly bridge: string;
  /** The vendor's number they called, E.164: its carrier may show it in place of a withheld one. */
  readonly through?: string;
  /** The vendor's call, so that a repeated request is known to be one. */
  readonly visit: string;
  /** A team the assistant named. */
  readonly team?: string;
  readonly turns: readonly { readonly role: "caller" | "assistant"; readonly text: string; readonly at: EpochMs }[];
};

/** A call at one of our numbers. */
export type Arrival = {
  readonly call: CallId;
  readonly ani?: string;
  readonly dnis?: string;
  /** The digits that came when they were asked for, empty when none did; absent: they were not asked for. */
  readonly code?: string;
};

/** Callers who come over our bridge number. Implemented by the runtime. */
export type BridgedCallers = {
  /**
   * Told before the transfer is ordered; good once, for a minute. Answers the digits that are to be dialled when the
   * bridge number has answered; `undefined`: the caller's number is enough, or nothing can be kept.
   */
  expect(caller: ExpectedCaller): Promise<string | undefined>;
  /** A call is here: is it one of them? Told before the call is answered; the same answer however often it is told. */
  arrived(arrival: Arrival): Promise<Arrived>;
};

export type Arrived =
  /** Only digits can tell; none may come. */
  | { readonly kind: "ask-code" }
  /**
   * `caller`: one of them, and the number they call from where it is known. The carrier may have shown the vendor's own
   * in its place. `lateDigits`: digits were asked for and may still come; until then a key is not the caller's. `wish`: the
   * person they were sent here for.
   */
  | {
      readonly kind: "go-on";
      readonly caller?: { readonly ani?: string };
      readonly lateDigits?: true;
      readonly wish?: Wish;
    };

export type Dial = { readonly visit: string; readonly address: HostedAddress };
