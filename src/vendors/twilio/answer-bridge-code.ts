import type { Words } from "../../ports/words.ts";
import { fillTemplate } from "./fill-template.ts";
import { type Renderer, sayText } from "./render-document.ts";

/** Whose call this is can only be told by digits, which the vendor of the number they called dials. */
export function answerBridgeCode(
  { renderer, words }: { readonly renderer: Renderer; readonly words: Words },
  language: string,
): string {
  const { templates, urls } = renderer;
  const lines = [sayText(words.line(language, "one-moment", {}), language)];
  return fillTemplate(templates["bridge-code"], { values: { keysUrl: urls.bridgeCode }, slots: { lines } });
}
