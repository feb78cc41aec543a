import type { Selectable } from "kysely";
import type { CallerFacts } from "../../ports/conversations.ts";
import type { Tables } from "./tables.ts";

/** What is not known is absent, not null. */
export function callerFacts(
  row: Omit<Selectable<Tables["callers"]>, "case_id"> | undefined | null,
): CallerFacts | undefined {
  if (!row) return undefined;
  return {
    verification: row.verification,
    ...(row.ani !== null && { ani: row.ani }),
    ...(row.dnis !== null && { dnis: row.dnis }),
    ...(row.name !== null && { name: row.name }),
    ...(row.customer_id !== null && { customerId: row.customer_id }),
    ...(row.callback_number !== null && { callbackNumber: row.callback_number }),
  };
}
