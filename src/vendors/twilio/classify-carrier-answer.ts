import { z } from "zod";

/** What is known of a REST request that did not succeed. */
export type Failure =
  /** It may have been performed all the same (H8). */
  | { readonly kind: "unknown"; readonly raw: string }
  /** It was not performed and may be asked again (https://www.twilio.com/docs/api/errors/20429). */
  | { readonly kind: "later"; readonly raw: string }
  /** The call or the room is already over. */
  | { readonly kind: "gone"; readonly raw: string }
  | { readonly kind: "refused"; readonly raw: string };

// The SDK's errors: `status` is HTTP's and absent when no answer came; `code` is Twilio's number, or the network's word.
const restError = z.object({ status: z.number().optional(), code: z.union([z.number(), z.string()]).optional() });

/** Not found, or not in progress any more: which of the two depends on how long ago the call ended (facts §4.8). */
const GONE: readonly (number | string)[] = [20_404, 21_220];

/** Names what became of a request from the error the SDK threw. A plain bug is thrown again. */
export function classifyFailure(error: unknown): Failure {
  // An answer of 2xx that is no JSON did not come from Twilio, or not whole; the request may have.
  if (error instanceof SyntaxError) return { kind: "unknown", raw: "an answer that is no JSON" };
  const read = restError.safeParse(error);
  if (!read.success || (read.data.status === undefined && read.data.code === undefined)) throw error;
  const { status, code } = read.data;
  const raw = [status, code].filter((part) => part !== undefined).join("/");
  if (status === 429) return { kind: "later", raw };
  // 408 comes from whatever stands between us and Twilio, and says nothing about Twilio.
  if (status === undefined || status >= 500 || status < 400 || status === 408) return { kind: "unknown", raw };
  return { kind: status === 404 || GONE.includes(code ?? "") ? "gone" : "refused", raw };
}
