import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { expect, test } from "vitest";

import { checkVerbs } from "../../../lab/twilio/twiml-schema.ts";
import { elements, parseXml, textOf, type XmlElement } from "../../../lab/twilio/xml.ts";
import { CallId, EscalationId, LegId, OfferId } from "../../../src/domain/ids.ts";
import type { LegDocument } from "../../../src/handoff/document.ts";
import { renderDocument, type Asking, type Renderer } from "../../../src/vendors/twilio/render-document.ts";
import { createTwilioUrls } from "../../../src/vendors/twilio/twilio-urls.ts";
import { shippedTemplates } from "./gateway.ts";

const templates = await shippedTemplates();
const urls = createTwilioUrls("https://gw.example.com");

/** The document's shape: names only, nested. */
const shape = (node: XmlElement): unknown => [node.name, ...elements(node).map(shape)];

function render(document: LegDocument, said: string): XmlElement {
  const renderer: Renderer = { templates, urls, secrets: { mint: () => said } };
  const asking: Asking = {
    call: CallId(said),
    leg: LegId(said),
    urls: urls.agent(CallId(said), OfferId(said)),
    language: said,
    words: ({ line, values }) => `${line} ${said} ${values["team"]}`,
    briefing: said,
    forwardTo: said,
  };
  return parseXml(renderDocument(renderer, document, asking));
}

const lines = (team: string) => [{ line: "promise" as const, values: { team } }];
const documents = (said: string): readonly LegDocument[] => [
  { kind: "assistant", first: lines(said) },
  { kind: "menu", lines: lines(said), waitMs: 2_000 },
  { kind: "room", escalation: EscalationId(said), party: "caller", label: said },
  { kind: "room", escalation: EscalationId(said), party: "agent", label: said },
  { kind: "whisper", escalation: EscalationId(said), offer: OfferId(said) },
  { kind: "wait", lines: lines(said), waitMs: 400 },
  { kind: "say-and-hang-up", lines: lines(said) },
  { kind: "forward" },
  { kind: "hang-up" },
];

// C40: whatever a caller or a model put into a field, the verbs are ours.
test("no text makes a verb, an attribute or a document that Twilio cannot read", () => {
  const plain = documents("x").map((document) => shape(render(document, "x")));
  const hostile = oneof(
    string({ unit: "binary", maxLength: 60 }),
    array(
      constantFrom(
        "</Say>",
        "<Dial>+19005550123</Dial>",
        '"/>',
        "'",
        "&",
        "]]>",
        "<!--",
        "-->",
        "{{secret}}",
        "$&",
        "\u0000",
        "\uD800",
        "\uFFFE",
      ),
      { maxLength: 8 },
    ).map((parts) => parts.join("")),
  );
  assert(
    property(hostile, (said) => {
      const rendered = documents(said).map((document) => render(document, said));
      expect(rendered.map(shape)).toEqual(plain);
      for (const root of rendered) expect(checkVerbs(root)).toEqual([]);
    }),
    // The word that names every object's prototype is no language and no value.
    { numRuns: 100, examples: [["__proto__"], ["constructor"]] },
  );
});

test("what is said is heard as it was said", () => {
  const said = `Ms O'Neil & "Walnut" <sister> {{secret}} $& 50%`;
  const [say] = elements(render({ kind: "say-and-hang-up", lines: lines("disputes") }, said));
  expect(say && textOf(say)).toBe(`promise ${said} disputes`);
});

test("a sentence that is far too long is cut to what Twilio speaks", () => {
  const [say] = elements(render({ kind: "say-and-hang-up", lines: lines("x") }, "word ".repeat(3_000)));
  expect(say && textOf(say).length).toBeLessThanOrEqual(4_096);
});

const wait = (waitMs: number) =>
  elements(render({ kind: "wait", lines: [], waitMs }, "x")).find(({ name }) => name === "Pause");

test("times are whole seconds, at least one", () => {
  expect([400, 1_499, 1_500, 60_000].map((ms) => wait(ms)?.attributes.get("length"))).toEqual(["1", "1", "2", "60"]);
});
