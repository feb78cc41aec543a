import { Router } from "express";
import type { Metrics } from "../telemetry/metrics.ts";

/** One thing the gateway needs; `why` says what is wrong and is shown to operators. */
export type ReadyCheck = {
  readonly name: string;
  readonly check: () => Promise<{ readonly ok: boolean; readonly why?: string }>;
  /** False: said, but no reason to send calls elsewhere (a vendor that is switched off). */
  readonly required?: boolean;
  /** Not ok means: working, and no new calls are taken. The answer stays 200, or nobody would speak to their callers. */
  readonly full?: true;
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
    const ready = checks.every(({ answer }) => answer.ok || !answer.required);
    const full = checks.some(({ answer, full: says }) => says && !answer.ok);
    const status = full ? "full" : "ready";
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? status : "not-ready", checks: checks.map(({ answer }) => answer) });
  });
  router.get("/metrics", async (_request, response) => {
    response.set("Content-Type", parts.metrics.contentType).send(await parts.metrics.text());
  });
  return router;
}

async function run({ name, check, required = true, full }: ReadyCheck) {
  return { full: full === true, answer: await ask({ name, check, required }) };
}

async function ask({ name, check, required }: Required<Omit<ReadyCheck, "full">>) {
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
