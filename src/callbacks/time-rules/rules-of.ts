import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import { pt } from "./pt.ts";
import type { TimeRules } from "./time-rules.ts";

const RULES: Readonly<Record<string, TimeRules>> = { en, es, fr, de, pt, it };

/** The rules of a BCP 47 tag's language; those of all for a language that has none. */
export function rulesOf(language: string): readonly TimeRules[] {
  const own = RULES[language.slice(0, 2).toLowerCase()];
  return own === undefined ? Object.values(RULES) : [own];
}
