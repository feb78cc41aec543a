/** `<Say language>` wants a region; these are the voices every account has. */
const REGIONS: ReadonlyMap<string, string> = new Map([
  ["en", "en-US"],
  ["es", "es-ES"],
  ["fr", "fr-FR"],
  ["de", "de-DE"],
  ["it", "it-IT"],
  ["pt", "pt-BR"],
  ["pl", "pl-PL"],
  ["nl", "nl-NL"],
  ["zh", "cmn-CN"],
]);

/** A call's language ("en", "pt-BR") as `<Say>` knows it; one that is not known is passed on as it is. */
export const sayLanguage = (language: string): string => REGIONS.get(language.toLowerCase()) ?? language;
