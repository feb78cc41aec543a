/**
 * A rate as whole turns: at most `turns` in any `windowMs`, a second or, for a fraction, whatever makes turns whole.
 * `perSecond`: above 0, fractions allowed.
 */
export function rateWindow(perSecond: number): { readonly turns: number; readonly windowMs: number } {
  const turns = Math.max(1, Math.floor(perSecond));
  return { turns, windowMs: (turns * 1_000) / perSecond };
}
