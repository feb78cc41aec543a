import type { Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import type { FormFields } from "./signature.ts";
import { standardParams } from "./status-callback.ts";
import { checkVerbs } from "./twiml-schema.ts";
import { elements, parseXml, XmlError, type XmlElement } from "./xml.ts";

/** Where a document comes from. */
export type DocumentSource =
  | { kind: "url"; url: string; method: "GET" | "POST"; params?: FormFields }
  | { kind: "inline"; twiml: string };

/** A document ready to run. `base` is what relative URLs in it refer to; inline documents have none. */
export type Page =
  | { verbs: readonly XmlElement[]; base: DocumentSource & { kind: "url" } }
  | { verbs: readonly XmlElement[]; base: undefined };

/** A document Twilio would refuse, with its error number. */
export class DocumentError extends Error {
  override name = "DocumentError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const XML_TYPES = ["text/xml", "application/xml", "text/html"];

/** Reads TwiML; throws `DocumentError`. Unknown verbs and attributes are warnings, as at Twilio. */
export function readTwiml(carrier: Carrier, text: string, callSid: string): XmlElement[] {
  if (text.length > 65_536) throw new DocumentError(11_750, "the TwiML is larger than 64 kB");
  try {
    const root = parseXml(text);
    if (root.name !== "Response") throw new DocumentError(12_102, `the root element is <${root.name}>, not <Response>`);
    for (const warning of checkVerbs(root)) carrier.log.warn(12_200, warning, callSid);
    return elements(root);
  } catch (error) {
    if (error instanceof XmlError)
      throw new DocumentError(12_100, `${error.message} of ${JSON.stringify(text.slice(0, 300))}`);
    throw error;
  }
}

/** Asks for a document on behalf of a call; throws `DocumentError`. */
export async function loadPage(carrier: Carrier, call: Call, source: DocumentSource): Promise<Page> {
  if (source.kind === "inline") {
    const verbs = readTwiml(carrier, source.twiml, call.sid);
    for (const verb of verbs) refuseRelative(verb);
    return { verbs, base: undefined };
  }
  const params = { ...standardParams(carrier, call), ...source.params };
  const answer = await carrier.webhooks.send({
    purpose: "document",
    method: source.method,
    url: source.url,
    params,
    callSid: call.sid,
  });
  if (!answer.ok) throw new DocumentError(answer.code, answer.cause);
  return { verbs: verbsOf(carrier, call, answer), base: source };
}

const URL_ATTRIBUTES = ["action", "url", "waitUrl", "statusCallback"];

/** Inline documents have nothing a URL could be relative to. */
function refuseRelative(node: XmlElement): void {
  for (const name of URL_ATTRIBUTES) {
    const value = node.attributes.get(name) ?? "";
    if (value !== "" && !URL.canParse(value)) {
      throw new DocumentError(15_004, `${name}="${value}" is relative, and inline TwiML has no base URL`);
    }
  }
  for (const child of elements(node)) refuseRelative(child);
}

function verbsOf(carrier: Carrier, call: Call, answer: { body: string; contentType: string }): readonly XmlElement[] {
  const type = (answer.contentType.split(";")[0] ?? "").trim().toLowerCase();
  if (answer.body.trim() === "") {
    carrier.log.warn(11_770, "empty body: the call will be hung up", call.sid);
    return [];
  }
  if (XML_TYPES.includes(type)) return readTwiml(carrier, answer.body, call.sid);
  if (type !== "text/plain") throw new DocumentError(12_300, `content type "${answer.contentType}" is not TwiML`);
  try {
    return readTwiml(carrier, answer.body, call.sid);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    // Twilio reads plain text aloud when it is no TwiML, and hangs up.
    return [{ name: "Say", attributes: new Map(), children: [answer.body] }];
  }
}
