import type { Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import { DocumentError, type Page } from "./document.ts";
import type { FormFields } from "./signature.ts";
import type { XmlElement } from "./xml.ts";

/** A page being executed on a call. `signal` aborts with an `Interruption` when the call ends or is redirected. */
export type Run = {
  readonly carrier: Carrier;
  readonly call: Call;
  readonly signal: AbortSignal;
  readonly page: Page;
};

/** What a verb's end means for the document. */
export type Next =
  | { kind: "next" }
  | { kind: "again" }
  | { kind: "go"; url: string; method: "GET" | "POST"; params: FormFields }
  | { kind: "hang-up" };

/** A URL of a document, absolute. Inline documents have nothing to be relative to (15004). */
export function resolveUrl(run: Pick<Run, "page">, reference: string): string {
  const { base } = run.page;
  if (URL.canParse(reference)) return reference;
  if (base === undefined)
    throw new DocumentError(15_004, `"${reference}" is relative, and inline TwiML has no base URL`);
  return new URL(reference, base.url).toString();
}

/** A method attribute; Twilio's default is POST. */
export function methodOf(verb: XmlElement, attribute: string): "GET" | "POST" {
  return verb.attributes.get(attribute)?.toUpperCase() === "GET" ? "GET" : "POST";
}

/** A yes-or-no attribute. */
export function flagOf(verb: XmlElement, attribute: string, fallback: boolean): boolean {
  const value = verb.attributes.get(attribute)?.toLowerCase();
  if (value === undefined) return fallback;
  return value === "true";
}

/** A number attribute in its own unit. */
export function numberOf(verb: XmlElement, attribute: string, fallback: number): number {
  const value = Number(verb.attributes.get(attribute) ?? Number.NaN);
  return Number.isFinite(value) ? value : fallback;
}

/** Goes to a verb's `action`, or to the next verb when it has none. */
export function toAction(run: Run, verb: XmlElement, params: FormFields): Next {
  const action = verb.attributes.get("action");
  if (action === undefined || action === "") return { kind: "next" };
  return { kind: "go", url: resolveUrl(run, action), method: methodOf(verb, "method"), params };
}
