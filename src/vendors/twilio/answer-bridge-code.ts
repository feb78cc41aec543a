import { fillTemplate } from "./fill-template.ts";
import type { Renderer } from "./render-document.ts";

/** Whose call this is can only be told by digits, which the vendor of the number they called dials. */
export const answerBridgeCode = ({ templates, urls }: Renderer): string =>
  fillTemplate(templates["bridge-code"], { values: { keysUrl: urls.bridgeCode }, slots: {} });
