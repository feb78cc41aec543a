import { Fault } from "../../domain/fault.ts";

/**
 * SQLSTATE classes in which the server, not our statement, is the trouble: connection, rollback by the server, read-only
 * (a replica after a failover), resources, locks, operator intervention (time limit, shutdown), system.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SERVER_TROUBLE = new Set(["08", "25", "40", "53", "55", "57", "58", "XX"]);

const sqlState = (error: unknown): string | undefined => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};

/** The connection is of no use any more: the answer may still come and would belong to somebody else. */
export const breaksConnection = (error: unknown): boolean => sqlState(error) === undefined;

/**
 * Waits for the store's answer and gives its troubles their name: a `Fault` (blame `store`), retryable because every
 * write is idempotent by its key. A statement the server finds wrong is our bug and passes as it is.
 */
export async function fromStore<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Fault) throw error;
    const state = sqlState(error);
    if (state !== undefined && !SERVER_TROUBLE.has(state.slice(0, 2))) throw error;
    throw new Fault(nameOf(error, state), { blame: "store", retryable: true, cause: error });
  }
}

function nameOf(error: unknown, state: string | undefined): string {
  if (state === "57014") return "postgres-timeout";
  if (state !== undefined) return `postgres-${state}`;
  return error instanceof Error && /time-?d? ?out/i.test(error.message) ? "postgres-timeout" : "postgres-unreachable";
}
