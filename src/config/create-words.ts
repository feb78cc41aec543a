import type { Words } from "../ports/words.ts";
import type { Config } from "./load-config.ts";
import { fillSentence } from "./sentence.ts";

/**
 * The fixed sentences of a configuration. `disclosure` follows `values.notice` (`transcribed` or `recorded`, from the
 * number's region); without it, the default region's rule.
 */
export function createWords(config: Pick<Config, "messages" | "routing">): Words {
  const usual = config.routing.regions["default"]?.disclosure ?? "transcribed";
  return {
    line(language, line, values) {
      for (const candidate of [language.toLowerCase(), language.toLowerCase().split("-")[0] ?? "", "en"]) {
        const entry = config.messages.get(candidate)?.[line];
        const sentence = typeof entry === "object" ? (entry[values["notice"] ?? usual] ?? entry[usual]) : entry;
        if (sentence !== undefined) return fillSentence(sentence, values);
      }
      // The loader refuses a configuration without every line in English.
      throw new Error(`no words for the line ${line} in ${language} or en`);
    },
  };
}
