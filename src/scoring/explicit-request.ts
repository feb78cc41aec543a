import type { Reading } from "./read-text.ts";
import type { TextContext } from "./text-context.ts";
const ASK =
  /\b(?:(?:speak|talk|connect|transfer|get|put)\b.{0,20}\b(?:human|person|agent|representative|operator|manager|supervisor|someone real)|^(?:human|agent|representative|operator|person)(?: please)?[.!]?$)/;
export function explicitRequestRules(reading: Reading, model: number, _context: TextContext): number {
  return ASK.test(reading.spoken) ? Math.max(0.95, model) : Math.min(0.4, model);
}
