import express, { Router } from "express";
import { newSession } from "../protocol/api.ts";
import type { Clock } from "../ports/clock.ts";
import type { Directory } from "../ports/directory.ts";
import type { Presence } from "../ports/presence.ts";
import type { Log } from "../telemetry/log.ts";
import type { Auth } from "./auth.ts";
import { invalid, Problem } from "./problem.ts";
import { createTries } from "./tries.ts";

type Parts = {
  readonly auth: Auth;
  readonly directory: Pick<Directory, "agent">;
  readonly presence: Pick<Presence, "set">;
  readonly clock: Clock;
  readonly log: Log;
  /** The directory with the page's files. */
  readonly files: string;
};

/** Nothing from elsewhere, nothing inline; the socket is same-origin. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The plain desk at `/desk`, and its session: `POST` signs in with an API key, `GET` says who, `DELETE` signs out. */
export function createDeskPage(parts: Parts): Router {
  const router = Router();
  const { auth } = parts;
  const tries = createTries(parts.clock);
  router.use("/desk", (_request, response, next) => {
    response.set("Content-Security-Policy", POLICY);
    next();
  });
  router.get("/desk/session", (request, response) => {
    const known = auth.identify(request);
    if (!known.ok) throw new Problem(known.status, known.why);
    const { agent, role, name } = known.identity;
    response.json({ agent: agent ?? "", role, name });
  });
  router.post("/desk/session", express.json({ limit: "4kb", type: "application/json" }), async (request, response) => {
    if (!auth.sameOrigin(request)) throw new Problem(403, "The page that asks is not one of ours (Origin).");
    if (request.is("application/json") !== "application/json")
      throw new Problem(415, "Send the body as application/json.");
    const from = request.socket.remoteAddress ?? "";
    tries.check(from);
    const body = newSession.safeParse(request.body);
    if (!body.success) throw invalid("body", body.error);
    const answer = auth.signIn(body.data.apiKey, body.data.agent);
    if (!answer.ok || answer.cookie === undefined || answer.identity.agent === undefined) {
      tries.failed(from);
      parts.log.warn({ door: "desk", status: 401 }, "audit: a sign-in was refused");
      throw new Problem(answer.ok ? 403 : answer.status, answer.ok ? "This key opens no desk." : answer.why);
    }
    const { agent, role, name } = answer.identity;
    const profile = await parts.directory.agent(agent);
    if (!profile) throw new Problem(404, "There is no agent of this id: an administrator has to create it.");
    response.set("Set-Cookie", answer.cookie).json({ agent, role, name });
  });
  router.delete("/desk/session", async (request, response) => {
    const known = auth.identify(request);
    response.set("Set-Cookie", auth.signOutCookie());
    // Signing out is leaving: nobody is offered calls on an account that nobody watches.
    if (known.ok && known.identity.agent !== undefined) {
      const at = parts.clock.now();
      const { agent } = known.identity;
      const answer = await parts.presence.set({ agent, status: "offline", at, leaseUntil: at, reason: "signed out" });
      if (!answer.ok) parts.log.warn({ agent, reason: answer.why }, "an agent who signed out could not be set offline");
    }
    response.status(204).end();
  });
  router.use("/desk", express.static(parts.files, { index: "index.html", redirect: true, cacheControl: false }));
  return router;
}
