/** Whose doing a failure is: dashboards and paging split on it. */
export type Blame = "caller" | "agent" | "admin" | "carrier" | "model" | "store" | "gateway" | "unknown";

/**
 * An expected failure with a name. `retryable` is about this very request: a create that may have been performed is
 * never retryable (H8). A plain `Error` is a bug.
 */
export class Fault extends Error {
  readonly code: string;
  readonly blame: Blame;
  readonly retryable: boolean;

  constructor(code: string, about: { blame: Blame; retryable: boolean; message?: string; cause?: unknown }) {
    super(about.message ?? code, about.cause === undefined ? undefined : { cause: about.cause });
    this.name = "Fault";
    this.code = code;
    this.blame = about.blame;
    this.retryable = about.retryable;
  }
}
