import type { Request, RequestHandler, Response } from "express";
import type { Log } from "../telemetry/log.ts";
import type { Metrics } from "../telemetry/metrics.ts";

/** Asked every few seconds by machines: in the log only when something is wrong. */
const QUIET: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** One line a request: the route's pattern, never its address, query or body, where people's data and secrets are (H12). */
export function requestLog(log: Log, metrics: Metrics | undefined): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    response.once("close", () => {
      const route = patternOf(request);
      const seconds = (performance.now() - start) / 1_000;
      const status = response.statusCode;
      const fields = {
        door: "http",
        route: `${request.method} ${route}`,
        status,
        duration_ms: Math.round(seconds * 1_000),
      };
      if (isKnown(route, response)) log.debug(fields, "request");
      else if (!response.writableFinished) log.warn(fields, "a request was cut off before its answer");
      else log.info(fields, "request");
      metrics?.count("warmline_http_requests_total", { method: request.method, route, status: String(status) });
      metrics?.observe("warmline_http_seconds", { method: request.method, route }, seconds);
    });
    next();
  };
}

/** Health checks that are well, and what the door itself has written a line about. */
const isKnown = (route: string, { statusCode, writableFinished, locals }: Response): boolean =>
  (QUIET.has(route) && statusCode < 400 && writableFinished) || locals["audited"] === true;

function patternOf(request: Request): string {
  const route: unknown = request.route;
  const path = typeof route === "object" && route !== null && "path" in route ? route.path : undefined;
  return typeof path === "string" ? `${request.baseUrl}${path}` : "unmatched";
}
