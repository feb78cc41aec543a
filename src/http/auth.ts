import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { AgentId } from "../domain/ids.ts";
import type { Role } from "../domain/roles.ts";
import type { Clock } from "../ports/clock.ts";
import { agentId } from "../protocol/api.ts";
import { readSession, SESSION_MS, sessionCookie } from "./session-cookie.ts";

/** Who asks. `agent`: whose own things they may touch. */
export type Identity = {
  readonly name: string;
  readonly role: Role;
  readonly agent?: AgentId;
  readonly via: "key" | "session";
};

export type Known =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly status: 401 | 403; readonly why: string };

export type DeskAdmission =
  | { readonly ok: true; readonly agent: AgentId }
  | { readonly ok: false; readonly status: 400 | 401 | 403; readonly why: string };

export type Auth = {
  /** By `Authorization: Bearer`, else by the session cookie, for which `Origin` is checked when something may change. */
  identify(request: IncomingMessage): Known;
  /** Whose desk a WebSocket handshake may open (contract §4). */
  admitDesk(request: IncomingMessage): DeskAdmission;
  /** Signs in with a key; the cookie to set, or why not. */
  signIn(apiKey: string, agent: string | undefined): Known & { readonly cookie?: string };
  /** The cookie that ends a session. */
  signOutCookie(): string;
  /** A request whose `Origin`, when it has one, is ours. */
  sameOrigin(request: IncomingMessage): boolean;
};

type Parts = {
  readonly apiKeys: readonly { readonly name: string; readonly role: Role; readonly secret: string }[];
  readonly sessionSecret: string;
  readonly publicUrl: string;
  readonly clock: Pick<Clock, "now">;
};

const UNSAFE: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

export function createAuth(parts: Parts): Auth {
  const room: Room = {
    ...parts,
    keys: parts.apiKeys.map((key) => ({ ...key, digest: digest(key.secret) })),
    origin: new URL(parts.publicUrl).origin,
  };
  const secure = room.origin.startsWith("https:");
  return {
    identify: (request) => identify(room, request, UNSAFE.has(request.method ?? "")),
    sameOrigin: (request) => sameOrigin(room, request, false),
    signOutCookie: () => sessionCookie(undefined, parts.sessionSecret, secure),
    admitDesk(request) {
      // A handshake is a GET that can do everything a desk can: a session needs the page's origin.
      const known = identify(room, request, true);
      if (!known.ok) return known;
      const asked = new URL(request.url ?? "/", "http://desk").searchParams.get("agent") ?? undefined;
      return deskOf(known.identity, asked);
    },
    signIn(apiKey, agent) {
      const identity = byKey(room, apiKey);
      if (!identity) return UNKNOWN_KEY;
      const desk = deskOf(identity, agent);
      if (!desk.ok) return { ok: false, status: 403, why: desk.why };
      const session = { name: identity.name, role: "agent" as const, agent: desk.agent };
      const until = parts.clock.now() + SESSION_MS;
      const cookie = sessionCookie({ ...session, until }, parts.sessionSecret, secure);
      return { ok: true, identity: { ...session, via: "session" }, cookie };
    },
  };
}

type Key = Parts["apiKeys"][number] & { readonly digest: Buffer };
type Room = Parts & { readonly keys: readonly Key[]; readonly origin: string };

const NO_KEY: Known = { ok: false, status: 401, why: "Send an API key as Authorization: Bearer, or sign in." };
const UNKNOWN_KEY: Known = { ok: false, status: 401, why: "This API key is not known." };
const NOT_OURS: Known = { ok: false, status: 403, why: "The page that asks is not one of ours (Origin)." };

function identify(room: Room, request: IncomingMessage, originNeeded: boolean): Known {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (bearer === undefined) return NO_KEY;
    const identity = byKey(room, bearer);
    return identity ? { ok: true, identity } : UNKNOWN_KEY;
  }
  const identity = bySession(room, request);
  if (!identity) return NO_KEY;
  return sameOrigin(room, request, originNeeded) ? { ok: true, identity } : NOT_OURS;
}

function byKey(room: Room, secret: string): Identity | undefined {
  const given = digest(secret);
  // Every key is compared, so that the time says nothing about which one was nearly right.
  const [key] = room.keys.filter((one) => timingSafeEqual(one.digest, given));
  if (!key) return undefined;
  const own = key.role === "agent" ? { agent: AgentId(key.name) } : {};
  return { name: key.name, role: key.role, via: "key", ...own };
}

function bySession(room: Room, request: IncomingMessage): Identity | undefined {
  const session = readSession(request.headers.cookie, room.sessionSecret, room.clock.now());
  // A key that was taken away takes the sessions it opened with it.
  if (!session || !room.keys.some((key) => key.name === session.name)) return undefined;
  const { name, role, agent } = session;
  return { name, role, via: "session", ...(agent !== undefined && { agent: AgentId(agent) }) };
}

function sameOrigin(room: Room, request: IncomingMessage, required: boolean): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return !required;
  return origin === room.origin || (URL.canParse(origin) && new URL(origin).host === host);
}

/** A key of role `desk` opens any agent's desk, a key of role `agent` and a session their own. */
function deskOf({ role, agent }: Identity, asked: string | undefined): DeskAdmission {
  if (asked !== undefined && !agentId.safeParse(asked).success) {
    return { ok: false, status: 400, why: "?agent= is not an agent's id." };
  }
  if (role === "desk") {
    return asked === undefined
      ? { ok: false, status: 400, why: "Say whose desk with the agent's id (?agent=)." }
      : { ok: true, agent: AgentId(asked) };
  }
  if (role !== "agent" || agent === undefined)
    return { ok: false, status: 403, why: "A key of this role opens no desk." };
  if (asked !== undefined && asked !== agent)
    return { ok: false, status: 403, why: "This key opens only its own agent's desk." };
  return { ok: true, agent };
}

const digest = (secret: string): Buffer => createHash("sha256").update(secret).digest();
