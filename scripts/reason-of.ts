/** Why something failed, down to its cause: "fetch failed: connect ECONNREFUSED 127.0.0.1:8080". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.message || ("code" in error ? String(error.code) : error.name);
  // A host with several addresses fails once for each; the first says enough.
  const below: unknown = error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
  if (below === undefined) return own;
  const deeper = reasonOf(below);
  return deeper.includes(own) ? deeper : `${own}: ${deeper}`;
}
