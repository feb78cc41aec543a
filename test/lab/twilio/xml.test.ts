import { expect, test } from "vitest";

import { checkVerbs } from "../../../lab/twilio/twiml-schema.ts";
import { elements, parseXml, textOf } from "../../../lab/twilio/xml.ts";

test("reads elements, attributes, entities, CDATA and comments", () => {
  const root = parseXml(
    `<?xml version="1.0" encoding="UTF-8"?>\n<!-- a --><Response><Say language='en-GB'>a &lt;b&gt; &amp; <!-- x -->c&#233;<![CDATA[ <d> ]]></Say><Hangup/></Response>\n`,
  );
  const [say, hangup] = elements(root);
  expect(say?.attributes.get("language")).toBe("en-GB");
  expect(say === undefined ? "" : textOf(say)).toBe("a <b> & cé <d>");
  expect(hangup).toMatchObject({ name: "Hangup", children: [] });
});

test.each([
  ["<Response><Say>", "is not closed"],
  ["<Response></Say>", "closes <Response>"],
  ["<Response><Say a='1' a='2'/></Response>", "twice"],
  ["<Response>&nbsp;</Response>", "unknown entity"],
  ["<Response><Say>Fish & chips</Say></Response>", "unknown entity"],
  ["<Response/><Response/>", "follows the root"],
  ["<!DOCTYPE x><Response/>", "element name"],
  ["hello", "an element was expected"],
  ["<Response><Say a=1/></Response>", "malformed tag"],
])("refuses %s", (source, problem) => {
  expect(() => parseXml(source)).toThrow(problem);
});

test("names unknown verbs, attributes and misplaced nouns", () => {
  const root = parseXml(
    `<Response><Speak/><Say langauge="de">x</Say><Gather><Dial/></Gather><Dial><Conference waitURL="">r</Conference></Dial></Response>`,
  );
  expect(checkVerbs(root)).toEqual([
    "<Speak> is no TwiML verb and is skipped",
    '<Say> has no attribute "langauge"',
    "<Dial> is not allowed in <Gather>",
    '<Conference> has no attribute "waitURL"',
  ]);
});
