import { createHash, randomInt } from "node:crypto";
import type { CallId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Wish } from "../../handoff/vocabulary.ts";
import { redactTurns } from "../../packet/redact.ts";
import type { Cloakroom } from "../../ports/cloakroom.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { Arrival, Arrived, BridgedCallers, ExpectedCaller } from "../../ports/hosted-assistant.ts";
import type { Numbers } from "../../ports/numbers.ts";
import type { StoreAnswer } from "../../ports/store-answer.ts";
import type { Log } from "../../telemetry/log.ts";
import { createMailboxes } from "../mailbox.ts";
import { type Awaited, changeAwaited, readAwaited } from "./awaited-list.ts";
import { type CodeGuesses, createCodeGuesses } from "./code-guesses.ts";

/** A transfer that has not come by then will not come (design §2). */
const EXPECTED_MS = 60_000;
/** As `twiml/bridge-code.xml` asks for them. */
const CODE_DIGITS = 6;
/** Alone while digits are waited for, it is the caller's own: a person (contract §9). */
const WISH_KEY = "1";

const BY_THE_OTHER_ASSISTANT = {
  trigger: "assistant-request",
  because: "The assistant of another number asked for a person.",
} as const;
const BY_KEY = { trigger: "explicit-request", because: "the caller asked for a person by key" } as const;
type Why = typeof BY_THE_OTHER_ASSISTANT | typeof BY_KEY;

export type ExpectedCallersDeps = {
  readonly conversations: Pick<Conversations, "saveTurn">;
  readonly numbers: Pick<Numbers, "of" | "team">;
  /** Shared by all nodes: the caller may come to another one. */
  readonly cloakroom: Cloakroom;
  readonly clock: Clock;
  readonly log: Log;
};

type Kept = ExpectedCaller;

/** Only nodes of this installation leave things there, so what names its visit has this shape. */
const isKept = (raw: unknown): raw is Kept => typeof raw === "object" && raw !== null && "visit" in raw;
/** `visit`: whose conversation is to be kept with the call; a node that died may not have come to it. */
type Seen = { readonly answer: Arrived; readonly visit?: string };
const isSeen = (raw: unknown): raw is Seen => typeof raw === "object" && raw !== null && "answer" in raw;

/** Numbers and digits stand in no key of the shared store. */
const hashed = (kind: string, ...parts: readonly string[]): string =>
  `expected:${kind}:${createHash("sha256").update(parts.join("\n")).digest("base64url")}`;
const visitName = (visit: string, bridge: string): string => hashed("visit", visit, bridge);
/** Who comes from one number, and who comes by digits. */
const lineName = (ani: string, bridge: string): string => hashed("line", ani, bridge);
const codesName = (bridge: string): string => hashed("codes", bridge);
/** What a call at a number of ours was answered. */
const callName = (call: CallId): string => hashed("call", call);
/** A visit whose caller is here. */
const comeName = (name: string): string => `${name}:come`;

const GO_ON: Arrived = { kind: "go-on" };
const newCode = (): string => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");

/** Who arrives, and who is awaited there. */
type Doorstep = {
  readonly call: CallId;
  readonly dnis: string;
  readonly ani: string | undefined;
  readonly now: EpochMs;
  readonly line: readonly Awaited[];
  readonly codes: readonly Awaited[];
};

/**
 * Callers whom a vendor's own transfer brings to our bridge number: each is known by the number they call from, or where
 * that is withheld or another's too by digits that the vendor dials, once, for a minute. What they said to the other
 * assistant comes with them, and the person they need is in the case from its first event. Where it
 * cannot be told which of several somebody is, they are brought to a person with nobody's conversation.
 */
export class ExpectedCallers implements BridgedCallers {
  readonly #deps: ExpectedCallersDeps;
  readonly #guesses: CodeGuesses;
  /** Who changes a list here waits for the others here: only other gateways are raced. */
  readonly #changes = createMailboxes<string>();

  constructor(deps: ExpectedCallersDeps) {
    this.#deps = deps;
    this.#guesses = createCodeGuesses(deps);
  }

  async expect(caller: ExpectedCaller): Promise<string | undefined> {
    const { ani, visit: call, bridge, through } = caller;
    const now = this.#deps.clock.now();
    const visit = visitName(call, bridge);
    if ((await this.#look(comeName(visit), now)) !== undefined) return undefined;
    // The whole conversation at once: a card may be read out in pieces (H12).
    const kept = { ...caller, turns: redactTurns(caller.turns) };
    if (!(await this.#leave(visit, JSON.stringify(kept), now))) return undefined;
    const awaited = { visit, until: after(now, EXPECTED_MS), ...(ani !== undefined && { ani }) };
    if (ani !== undefined) {
      // The first one on a line needs no digits.
      const line = await this.#change(lineName(ani, bridge), now, (list) => {
        const byCode = list.find((one) => one.visit === visit)?.byCode ?? others(list, visit).length > 0;
        return [...others(list, visit), { ...awaited, ...(byCode && { byCode }) }];
      });
      if (line?.at(-1)?.byCode !== true) return undefined;
    }
    const codes = await this.#change(codesName(bridge), now, (list) => {
      const code = list.find((one) => one.visit === visit)?.code ?? freeCode(list);
      return [...others(list, visit), { ...awaited, code, ...(through !== undefined && { through }) }];
    });
    return codes?.at(-1)?.code;
  }

  async arrived({ call, ani, dnis, code }: Arrival): Promise<Arrived> {
    if (dnis === undefined) return GO_ON;
    const now = this.#deps.clock.now();
    const [before, line, codes] = await Promise.all([
      this.#seen(call, now),
      ani === undefined ? [] : readAwaited(this.#deps, lineName(ani, dnis), now),
      readAwaited(this.#deps, codesName(dnis), now),
    ]);
    const at: Doorstep = { call, dnis, ani, now, line, codes };
    if (before !== undefined) return this.#keptFor(at, before);
    const [first, ...more] = line;
    const alone = more.length > 0 || first?.byCode === true ? undefined : first;
    if (code === undefined) {
      if (alone !== undefined) return this.#claim(at, alone);
      if (line.length + codes.length === 0) return GO_ON;
      return (await this.#spent(at)) ? this.#unknown(at, "") : { kind: "ask-code" };
    }
    if (code.length === CODE_DIGITS) return this.#byDigits(at, code);
    return code === "" && alone !== undefined ? this.#claim(at, alone) : this.#unknown(at, code);
  }

  async #byDigits(at: Doorstep, code: string): Promise<Arrived> {
    const { call, dnis: bridge, now } = at;
    const spent = await this.#spent(at);
    const theirs = at.codes.find((one) => one.code === code);
    if (theirs !== undefined && !spent) return this.#claim(at, theirs);
    if (!spent) await this.#guesses.wrong(call, { bridge, ani: ofOne(at), now });
    return this.#unknown(at, code);
  }

  #spent(at: Doorstep): Promise<boolean> {
    return this.#guesses.spent({ bridge: at.dnis, ani: ofOne(at), now: at.now });
  }

  async #claim(at: Doorstep, { visit, ani }: Awaited): Promise<Arrived> {
    const known = this.#read(await this.#deps.cloakroom.look(visit, at.now));
    // Whoever they are, they were on their way to a person.
    const wished = known ?? (ani === undefined ? undefined : { turns: [] });
    const answer: Arrived = {
      kind: "go-on",
      caller: { ...(ani !== undefined && { ani }) },
      ...(wished && { wish: this.#wishOf(at, wished, BY_THE_OTHER_ASSISTANT) }),
    };
    const kept = await this.#answerFirst(at, { answer, visit });
    if (ani !== undefined) await this.#change(lineName(ani, at.dnis), at.now, (list) => others(list, visit));
    await this.#change(codesName(at.dnis), at.now, (list) => others(list, visit));
    return kept;
  }

  /** Digits were asked for and tell nothing. */
  async #unknown(at: Doorstep, code: string): Promise<Arrived> {
    const { ani, line, codes } = at;
    // Somebody's transfer for certain, with the vendor's number in place of theirs.
    const sent = ani !== undefined && codes.some(({ through }) => through === ani);
    // One of several, and whoever was to be known by the number alone can no longer be.
    const oneOfSeveral = code !== WISH_KEY && (sent || line.length > 0);
    const why = code === WISH_KEY ? BY_KEY : oneOfSeveral ? BY_THE_OTHER_ASSISTANT : undefined;
    const answer: Arrived = {
      kind: "go-on",
      ...(sent && { caller: {} }),
      ...(code.length < CODE_DIGITS && { lateDigits: true }),
      ...(why && { wish: this.#wishOf(at, { turns: [] }, why) }),
    };
    const kept = await this.#answerFirst(at, { answer });
    if (oneOfSeveral) await this.#forgetFirst(line, at.now);
    return kept;
  }

  async #forgetFirst(line: readonly Awaited[], now: EpochMs): Promise<void> {
    for (const { visit, byCode } of line) if (byCode !== true) await this.#deps.cloakroom.take(visit, now);
  }

  /** The first answer to a call is the one that counts. Where the store is away there is nothing to remember. */
  async #answerFirst(at: Doorstep, seen: Seen): Promise<Arrived> {
    const { call, now } = at;
    const what = { name: callName(call), was: undefined, text: JSON.stringify(seen) };
    const first = await this.#deps.cloakroom.swap({ ...what, at: now, until: after(now, EXPECTED_MS) });
    return this.#keptFor(at, !first.ok || first.value ? seen : ((await this.#seen(call, now)) ?? seen));
  }

  /** What they said elsewhere is kept with the call, by the first who takes it. */
  async #keptFor({ call, now }: Doorstep, { answer, visit }: Seen): Promise<Arrived> {
    const { cloakroom, log } = this.#deps;
    const known = visit === undefined ? undefined : this.#read(await cloakroom.take(visit, now));
    if (visit === undefined || known === undefined) return answer;
    log.info({ call }, "a caller of a hosted number has come to the bridge number");
    await this.#leave(comeName(visit), "", now);
    await this.#keepTurns(call, known);
    return answer;
  }

  async #seen(call: CallId, now: EpochMs): Promise<Seen | undefined> {
    const text = await this.#look(callName(call), now);
    const raw: unknown = text === undefined ? undefined : JSON.parse(text);
    return isSeen(raw) ? raw : undefined;
  }

  async #keepTurns(call: CallId, { turns }: Kept): Promise<void> {
    const { conversations, log } = this.#deps;
    try {
      for (const [index, { role, text, at }] of turns.entries())
        await conversations.saveTurn(call, { index, role, text, at, endedAt: at });
    } catch (err) {
      log.error({ call, err }, "what a caller had said elsewhere could not be kept");
    }
  }

  /** False: the store is away, and the caller will be an ordinary one at the bridge number. */
  async #leave(name: string, text: string, now: EpochMs): Promise<boolean> {
    const answer = await this.#deps.cloakroom.leave({ name, text, at: now, until: after(now, EXPECTED_MS) });
    if (!answer.ok)
      this.#deps.log.warn({ raw: answer.why }, "a caller of a hosted number will not be known when they come");
    return answer.ok;
  }

  #change(name: string, now: EpochMs, change: (list: readonly Awaited[]) => readonly Awaited[]) {
    return this.#changes.post(name, () => changeAwaited(this.#deps, { name, now, keptMs: EXPECTED_MS }, change));
  }

  async #look(name: string, now: EpochMs): Promise<string | undefined> {
    const answer = await this.#deps.cloakroom.look(name, now);
    return answer.ok ? answer.value : undefined;
  }

  #read(answer: StoreAnswer<string | undefined>): Kept | undefined {
    if (!answer.ok) this.#deps.log.warn({ raw: answer.why }, "whether a caller was expected cannot be known");
    if (!answer.ok || answer.value === undefined) return undefined;
    const left: unknown = JSON.parse(answer.value);
    return isKept(left) ? left : undefined;
  }

  #wishOf({ dnis }: Doorstep, { team, turns }: Pick<Kept, "team" | "turns">, why: Why): Wish {
    const { numbers } = this.#deps;
    const { language, target } = numbers.of(dnis);
    return {
      target: (team === undefined ? undefined : numbers.team(team, language)) ?? target,
      decision: {
        ...why,
        evidence: turns.length > 0 ? [turns.length - 1] : [],
        signals: {},
        thresholds: {},
        policyRevision: "hosted",
      },
    };
  }
}

/** The vendor's own number is shown for many callers. */
const ofOne = ({ ani, codes }: Doorstep): string | undefined =>
  codes.some(({ through }) => through !== undefined && through === ani) ? undefined : ani;

const others = (list: readonly Awaited[], visit: string): readonly Awaited[] =>
  list.filter((one) => one.visit !== visit);

/** One that nobody else has. */
function freeCode(list: readonly Awaited[]): string {
  let code = newCode();
  while (list.some((one) => one.code === code)) code = newCode();
  return code;
}
