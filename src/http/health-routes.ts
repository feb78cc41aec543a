import { Router } from "express";
import type { Metrics } from "../telemetry/metrics.ts";

/** One thing the gateway needs; `why` says what is wrong and is shown to operators. */
export type ReadyCheck = {
  readonly name: string;
  readonly check: () => Promise<{ readonly ok: boolean; readonly why?: string }>;
  /** False: said, but no reason to send calls elsewhere (a vendor that is switched off). */
  readonly required?: boolean;
};

/** A check that takes longer than a load balancer's patience has failed. */
const CHECK_MS = 2_000;

/** `/healthz` (the process turns), `/readyz` (it can serve, with reasons), `/metrics` (Prometheus). */
export function createHealthRoutes(parts: {
  readonly checks: readonly ReadyCheck[];
  readonly metrics: Metrics;
}): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  router.get("/readyz", async (_request, response) => {
    const checks = await Promise.all(parts.checks.map(run));
    const ready = checks.every((check) => check.ok || !check.required);
    response.status(ready ? 200 : 503).json({ status: ready ? "ready" : "not-ready", checks });
  });
  router.get("/metrics", async (_request, response) => {
    response.set("Content-Type", parts.metrics.contentType).send(await parts.metrics.text());
  });
  return router;
}

async function run({ name, check, required = true }: ReadyCheck) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<{ ok: boolean; why: string }>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, why: `no answer within ${CHECK_MS} ms` }), CHECK_MS);
  });
  try {
    return { name, required, ...(await Promise.race([check(), late])) };
  } catch (error) {
    return { name, required, ok: false, why: error instanceof Error ? error.message : "failed" };
  } finally {
    clearTimeout(timer);
  }
}
