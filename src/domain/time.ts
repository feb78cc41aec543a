declare const brand: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z. Stamped by the shell from the `Clock` port; the core never reads a clock. */
export type EpochMs = number & { readonly [brand]: "EpochMs" };

export const EpochMs = (raw: number): EpochMs => raw as EpochMs;

/** `at` plus a duration in milliseconds (may be negative). */
export const after = (at: EpochMs, ms: number): EpochMs => EpochMs(at + ms);

/** ISO 8601 in UTC with milliseconds, as the API and the packet write times. */
export const iso = (at: EpochMs): string => new Date(at).toISOString();
