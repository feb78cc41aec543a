import { createHash, randomInt } from "node:crypto";
import type { CallId, EscalationId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import { redact } from "../../packet/redact.ts";
import type { Cases } from "../../ports/cases.ts";
import type { Cloakroom } from "../../ports/cloakroom.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { Arrival, BridgedCallers, ExpectedCaller } from "../../ports/hosted-assistant.ts";
import type { Numbers } from "../../ports/numbers.ts";
import type { StoreAnswer } from "../../ports/store-answer.ts";
import type { Log } from "../../telemetry/log.ts";
import type { CaseWatch } from "../live/live-deps.ts";

/** A transfer that has not come by then will not come (design §2). */
const EXPECTED_MS = 60_000;
/** As `twiml/bridge-code.xml` asks for them. */
const CODE_DIGITS = 6;

export type ExpectedCallersDeps = {
  readonly cases: Cases;
  readonly watch: CaseWatch;
  readonly conversations: Pick<Conversations, "saveTurn">;
  readonly numbers: Pick<Numbers, "of" | "team">;
  /** Shared by all nodes: the caller may come to another one. */
  readonly cloakroom: Cloakroom;
  readonly newEscalation: () => EscalationId;
  readonly clock: Clock;
  readonly log: Log;
};

type Kept = Omit<ExpectedCaller, "ani">;

/** Only nodes of this installation leave things there, so what names its visit has this shape. */
const isKept = (raw: unknown): raw is Kept => typeof raw === "object" && raw !== null && "visit" in raw;

/** Numbers stand in no key of the shared store. */
const hashed = (kind: string, ...parts: readonly string[]): string =>
  `expected:${kind}:${createHash("sha256").update(parts.join("\n")).digest("base64url")}`;
const byNumber = (ani: string, bridge: string): string => hashed("number", ani, bridge);
const byCode = (code: string, bridge: string): string => hashed("code", code, bridge);
/** Somebody is known there by a code: among those who show no number, or among those who show this one. */
const askedFor = (bridge: string, ani = ""): string => hashed("asked", bridge, ani);

/**
 * Callers whom a vendor's own transfer brings to our bridge number: each is known by the number they call from, or where
 * that is withheld or another's too by digits that the vendor dials, once, for a minute. What they said to the other
 * assistant comes with them, and the person they need is looked for as soon as our own assistant has them.
 */
export class ExpectedCallers implements BridgedCallers {
  readonly #deps: ExpectedCallersDeps;

  constructor(deps: ExpectedCallersDeps) {
    this.#deps = deps;
  }

  async expect({ ani, visit, bridge, team, turns }: ExpectedCaller): Promise<string | undefined> {
    const { clock } = this.#deps;
    const now = clock.now();
    const own = JSON.stringify({ visit, bridge, turns, ...(team !== undefined && { team }) });
    if (ani === undefined) return this.#expectByCode(own, bridge, now);
    const other = this.#read(await this.#deps.cloakroom.take(byNumber(ani, bridge), now));
    if (other === undefined || other.visit === visit) {
      await this.#leave(byNumber(ani, bridge), own, now);
      return undefined;
    }
    // Two callers behind one number: the first one keeps it, the second one is told apart by digits.
    await this.#leave(byNumber(ani, bridge), JSON.stringify(other), now);
    return this.#expectByCode(own, bridge, now, ani);
  }

  async #expectByCode(own: string, bridge: string, now: EpochMs, ani?: string): Promise<string | undefined> {
    const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
    const left =
      (await this.#leave(byCode(code, bridge), own, now)) && (await this.#leave(askedFor(bridge, ani), "", now));
    return left ? code : undefined;
  }

  async arrived({ call, ani, dnis, code }: Arrival): Promise<"go-on" | "ask-code"> {
    const { cloakroom, clock, log } = this.#deps;
    if (dnis === undefined) return "go-on";
    const now = clock.now();
    if (code === undefined && ani !== undefined && (await this.#holds(askedFor(dnis, ani), now))) return "ask-code";
    const known =
      this.#read(code === undefined || code === "" ? undefined : await cloakroom.take(byCode(code, dnis), now)) ??
      this.#read(ani === undefined ? undefined : await cloakroom.take(byNumber(ani, dnis), now));
    if (known === undefined) {
      return code === undefined && (await this.#holds(askedFor(dnis), now)) ? "ask-code" : "go-on";
    }
    log.info({ call }, "a caller of a hosted number has come to the bridge number");
    await this.#keepTurns(call, known);
    this.#escalateWhenHeard(call, known);
    return "go-on";
  }

  async #keepTurns(call: CallId, { turns }: Kept): Promise<void> {
    const { conversations, log } = this.#deps;
    try {
      for (const [index, { role, text, at }] of turns.entries())
        await conversations.saveTurn(call, { index, role, text: redact(text), at, endedAt: at });
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

  async #holds(name: string, now: EpochMs): Promise<boolean> {
    const answer = await this.#deps.cloakroom.holds(name, now);
    return answer.ok && answer.value;
  }

  #read(answer: StoreAnswer<string | undefined> | undefined): Kept | undefined {
    if (answer?.ok === false) this.#deps.log.warn({ raw: answer.why }, "whether a caller was expected cannot be known");
    if (answer?.ok !== true || answer.value === undefined) return undefined;
    const left: unknown = JSON.parse(answer.value);
    return isKept(left) ? left : undefined;
  }

  /** The promise is spoken to somebody who hears it: our assistant has to be on the line, or the fixed lines in its place. */
  #escalateWhenHeard(call: CallId, { team, bridge, turns }: Kept): void {
    const { watch, cases, numbers, newEscalation, log } = this.#deps;
    const unwatch = watch(call, ({ caller, escalation }) => {
      if (caller === undefined || caller.place === "arriving") return;
      unwatch();
      if (caller.place === "gone" || escalation !== undefined) return;
      const target =
        (team === undefined ? undefined : numbers.team(team, caller.language)) ?? numbers.of(bridge).target;
      const decision = {
        trigger: "assistant-request",
        because: "The assistant of another number asked for a person.",
        evidence: turns.length > 0 ? [turns.length - 1] : [],
        signals: {},
        thresholds: {},
        policyRevision: "hosted",
      } as const;
      const event = {
        kind: "escalation-decided",
        escalation: newEscalation(),
        target,
        priority: "medium",
        decision,
      } as const;
      cases.deliver(call, event, "assistant").catch((err: unknown) => {
        log.error({ call, err }, "the person a caller was sent here for could not be asked for");
      });
    });
  }
}
