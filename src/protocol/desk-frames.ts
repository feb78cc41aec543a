// The desk socket, both ways (contract §4). Unknown types are ignored by both sides, unknown fields too.

import { z } from "zod";
import { DISPOSITIONS, OFFER_OUTCOMES, PRESENCE_STATUSES } from "../domain/closed-sets.ts";

export const DESK_SUBPROTOCOL = "warmline.desk.v1";
/** A text frame's limit in either direction, in bytes. */
export const FRAME_BYTES_MAX = 256 * 1024;

const id = z.string().min(1).max(128);
const hash = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hexadecimal digits");
const at = z.iso.datetime();
const version = z.int().min(1);

export const clientFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("presence"),
    status: z.enum(["available", "away", "offline"]),
    reason: z.string().max(200).optional(),
  }),
  /** After the browser painted the card; `visible: false` at once from a hidden tab, which is no paint. */
  z.object({ type: z.literal("painted"), offerId: id, version, hash, visible: z.boolean().default(true) }),
  /** The page came to the front or went away. Ours, beside the contract's frames. */
  z.object({ type: z.literal("visibility"), visible: z.boolean() }),
  z.object({ type: z.literal("accept"), offerId: id, hash }),
  z.object({ type: z.literal("decline"), offerId: id, reason: z.string().max(200).optional() }),
  z.object({
    type: z.literal("transfer"),
    escalationId: id,
    queue: z.string().min(1).max(80),
    note: z.string().max(4_000).default(""),
  }),
  z.object({ type: z.literal("hand-back"), escalationId: id, instruction: z.string().max(2_000).default("") }),
  z.object({ type: z.literal("end"), escalationId: id }),
  z.object({
    type: z.literal("wrap-up"),
    escalationId: id,
    disposition: z.enum(DISPOSITIONS),
    resolved: z.boolean(),
    notes: z.string().max(10_000).default(""),
    /** What the caller said when asked, 1 to 5. */
    csat: z.int().min(1).max(5).optional(),
    callerRepeated: z.boolean().optional(),
  }),
]);
export type ClientFrame = z.output<typeof clientFrame>;

const shown = { packet: z.json(), version, hash };

const openWork = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("offer"), offerId: id, escalationId: id, ...shown, acceptBy: at }),
  z.object({
    kind: z.literal("call"),
    escalationId: id,
    state: z.string(),
    ...z.object(shown).partial().shape,
    /** Accepted at the desk while the phone still rings: a withdrawal names it. */
    offerId: id.optional(),
    until: at.optional(),
  }),
]);
export type OpenWork = z.output<typeof openWork>;

const presence = {
  status: z.enum(PRESENCE_STATUSES),
  since: at,
  reason: z.string().optional(),
};

/** Why a frame was not obeyed. */
export const FRAME_ERRORS = [
  "malformed",
  "offer-gone",
  "stale-packet",
  "not-yours",
  "unknown-queue",
  "presence-unavailable",
  "not-stored",
  "packet-too-large",
  "too-fast",
] as const;

export const serverFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hello"),
    agent: z.object({
      id,
      name: z.string(),
      skills: z.array(z.string()),
      queues: z.array(z.string()),
      device: z.object({ kind: z.enum(["phone", "sip", "softphone"]), address: z.string() }),
    }),
    presence: z.object(presence),
    serverTime: at,
    open: z.array(openWork),
  }),
  z.object({ type: z.literal("presence"), ...presence }),
  z.object({ type: z.literal("pre-alert"), callId: id, risk: z.number(), summary: z.string() }),
  z.object({ type: z.literal("offer"), offerId: id, escalationId: id, ...shown, acceptBy: at }),
  z.object({ type: z.literal("packet"), escalationId: id, ...shown }),
  z.object({ type: z.literal("offer-withdrawn"), offerId: id, reason: z.enum(OFFER_OUTCOMES) }),
  z.object({
    type: z.literal("turn"),
    escalationId: id,
    turn: z.object({
      index: z.int().min(0),
      role: z.enum(["caller", "assistant", "agent"]),
      text: z.string(),
      at,
      interrupted: z.boolean().optional(),
    }),
  }),
  z.object({
    type: z.literal("state"),
    escalationId: id,
    /** What the case is to this agent. */
    state: z.string(),
    at,
    cause: z.string(),
    /** When their closing work ends by itself; absent: they have none. */
    until: at.optional(),
  }),
  z.object({ type: z.literal("nudge"), escalationId: id, field: z.string(), asked: z.string() }),
  z.object({
    type: z.literal("error"),
    code: z.enum(FRAME_ERRORS),
    message: z.string(),
    ref: z.string().optional(),
    /** With `stale-packet`: the newest, so that the card can be brought up to date. */
    ...z.object(shown).partial().shape,
  }),
]);
export type ServerFrame = z.output<typeof serverFrame>;
export type ErrorFrame = Extract<ServerFrame, { type: "error" }>;

export type ReadFrame =
  | { readonly kind: "frame"; readonly frame: ClientFrame }
  /** A type of another version: ignored. */
  | { readonly kind: "unknown" }
  | { readonly kind: "malformed"; readonly why: string };

const typed = z.looseObject({ type: z.string() });
const known: ReadonlySet<string> = new Set(clientFrame.options.map((option) => option.shape.type.value));

/** Reads one frame from a desk. Never throws; `why` repeats no value, only where it is wrong. */
export function readClientFrame(text: string): ReadFrame {
  const json = parseJson(text);
  const any = typed.safeParse(json);
  if (!any.success) return { kind: "malformed", why: "expected a JSON object with a text `type`" };
  if (!known.has(any.data.type)) return { kind: "unknown" };
  const frame = clientFrame.safeParse(json);
  if (frame.success) return { kind: "frame", frame: frame.data };
  const why = frame.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  return { kind: "malformed", why: `${any.data.type}: ${why}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
