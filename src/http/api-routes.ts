import express, { Router, type RequestHandler } from "express";
import { agentEndpoints } from "./api/agents.ts";
import type { ApiDeps } from "./api/api-deps.ts";
import { callbackEndpoints } from "./api/callbacks.ts";
import { configEndpoints } from "./api/config.ts";
import { escalationWorkEndpoints } from "./api/escalation-work.ts";
import { escalationEndpoints } from "./api/escalations.ts";
import { presenceEndpoints } from "./api/presence.ts";
import type { Auth, Identity } from "./auth.ts";
import { docsPage } from "./docs-page.ts";
import { sendReply, type Endpoint } from "./endpoint.ts";
import { createIdempotency, type Idempotency } from "./idempotency.ts";
import { openApi } from "./open-api.ts";
import { Problem } from "./problem.ts";

type Parts = ApiDeps & { readonly auth: Auth; readonly publicUrl: string };

/** The HTTP API (contract §5), its OpenAPI document and its readable page, all from the same endpoints. */
export function createApiRoutes(deps: Parts): Router {
  const router = Router();
  const endpoints = [
    ...escalationEndpoints(deps),
    ...escalationWorkEndpoints(deps),
    ...callbackEndpoints(deps),
    ...agentEndpoints(deps),
    ...presenceEndpoints(deps),
    ...configEndpoints(deps),
  ];
  const idempotency = createIdempotency(deps);
  const parseJson = express.json({ limit: "1mb", type: "application/json" });
  for (const one of endpoints) {
    // Who may not ask is told so before their body is read.
    router[one.method](one.path, entry(deps, one), parseJson, answer(deps, one, idempotency));
  }
  for (const path of new Set(endpoints.map((one) => one.path))) router.all(path, otherMethod(endpoints, path));

  const document = openApi(endpoints, deps.publicUrl);
  const page = docsPage(endpoints);
  router.get("/api/openapi.json", (_request, response) => void response.json(document));
  router.get("/api/docs", (_request, response) => {
    response.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    response.type("html").send(page);
  });
  return router;
}

function identityOf(deps: Parts, request: Parameters<RequestHandler>[0]): Identity {
  const known = deps.auth.identify(request);
  if (known.ok) return known.identity;
  const headers = known.status === 401 ? { "WWW-Authenticate": 'Bearer realm="warmline"' } : {};
  throw new Problem(known.status, known.why, { headers });
}

function entry(deps: Parts, one: Endpoint): RequestHandler {
  return (request, _response, next) => {
    const { role } = identityOf(deps, request);
    if (!one.roles.includes(role)) {
      throw new Problem(403, `A key of role ${role} may not do this; it takes ${one.roles.join(", ")}.`, {
        code: "role",
      });
    }
    next();
  };
}

function answer(deps: Parts, one: Endpoint, idempotency: Idempotency): RequestHandler {
  return async (request, response) => {
    const identity = identityOf(deps, request);
    const key = one.method === "get" ? undefined : request.get("idempotency-key");
    const work = () => one.handle(identity, request);
    const scope = `${identity.name} ${one.method} ${request.path}`;
    const reply = key === undefined ? await work() : await idempotency.once({ scope, key, body: request.body }, work);
    sendReply(response, reply, one.status);
  };
}

function otherMethod(endpoints: readonly Endpoint[], path: string): RequestHandler {
  const allow = endpoints.filter((one) => one.path === path).map((one) => one.method.toUpperCase());
  return (request) => {
    throw new Problem(405, `${request.method} is not possible here; ${allow.join(", ")} is.`, {
      headers: { Allow: allow.join(", ") },
    });
  };
}
