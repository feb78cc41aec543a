import { Problem } from "../problem.ts";
import type { ApiDeps } from "./api-deps.ts";

type Address = Parameters<ApiDeps["whyNeverRung"]>[0];

/**
 * Refuses what the dialler would refuse, while somebody can still correct it. The address is not repeated: it may be
 * personal.
 * @param field of the body, for the problem document
 */
export function refuseAddress({ whyNeverRung }: Pick<ApiDeps, "whyNeverRung">, field: string, address: Address): void {
  const why = whyNeverRung(address);
  if (why === undefined) return;
  throw new Problem(400, `${field} is never dialled: it is ${why}. Give another one.`, {
    code: "never-dialled",
    errors: [{ path: field, message: `is ${why}` }],
  });
}
