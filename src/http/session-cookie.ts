import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { ROLES } from "../domain/roles.ts";
import type { EpochMs } from "../domain/time.ts";

const COOKIE = "warmline_session";
/** A working day and a bit: who leaves the page open over night signs in again. */
export const SESSION_MS = 12 * 3_600_000;

const session = z.object({ name: z.string(), role: z.enum(ROLES), agent: z.string().optional(), until: z.int() });
export type Session = z.output<typeof session>;

/** The cookie's whole header value. Not readable by scripts, sent to our own pages only. */
export function sessionCookie(value: Session | undefined, secret: string, secure: boolean): string {
  const flags = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  if (value === undefined) return `${COOKIE}=; Max-Age=0; ${flags}`;
  const body = Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${COOKIE}=${body}.${sign(body, secret)}; Max-Age=${SESSION_MS / 1_000}; ${flags}`;
}

/** The session of a `Cookie` header; `undefined`: none, forged, or over. */
export function readSession(header: string | undefined, secret: string, now: EpochMs): Session | undefined {
  const value = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);
  const [body = "", signature = ""] = (value ?? "").split(".");
  const expected = Buffer.from(sign(body, secret));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const read = session.safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  return read.success && read.data.until > now ? read.data : undefined;
}

const sign = (body: string, secret: string): string => createHmac("sha256", secret).update(body).digest("base64url");
