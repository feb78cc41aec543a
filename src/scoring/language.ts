/** Languages that have rules. A call in another language is read with the rules of all of them. */
export const LANGUAGES = ["en", "es", "fr", "de", "pt", "it", "pl", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The rules' language of a BCP 47 tag ("pt-BR" → "pt"); undefined when there are no rules for it. */
export function languageOf(tag: string): Language | undefined {
  const primary = tag.slice(0, 2).toLowerCase();
  return LANGUAGES.find((language) => language === primary);
}
