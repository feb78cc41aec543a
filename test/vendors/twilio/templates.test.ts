import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { loadTemplates, readTemplate } from "../../../src/vendors/twilio/load-templates.ts";
import { MOMENTS, type Moment } from "../../../src/vendors/twilio/template-rules.ts";

const SHIPPED = "twiml";

const problemsOf = (moment: Moment, source: string): readonly string[] => {
  const read = readTemplate(moment, source);
  return read.ok ? [] : read.problems.map(({ line, why }) => `${line}: ${why}`);
};

describe("the folder", () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "twiml-"));
    for (const file of await readdir(SHIPPED)) await writeFile(join(dir, file), await readFile(join(SHIPPED, file)));
  });
  afterEach(() => rm(dir, { recursive: true }));

  test("what ships is complete and right", async () => {
    const loaded = await loadTemplates(SHIPPED);
    expect(loaded.ok ? Object.keys(loaded.templates).toSorted() : loaded.problems).toEqual(MOMENTS.toSorted());
  });

  test("all problems come at once, each with its file and line", async () => {
    await rm(join(dir, "menu.xml"));
    await writeFile(join(dir, "lunch.xml"), "<Response/>");
    await writeFile(join(dir, "hang-up.xml"), "<Response>\n<Hangup/>\n<Fly/></Response>");
    const loaded = await loadTemplates(dir);
    expect(loaded.ok).toBe(false);
    const problems = loaded.ok ? [] : loaded.problems;
    expect(problems).toHaveLength(3);
    expect(problems).toContainEqual(expect.stringMatching(/menu\.xml: missing$/));
    expect(problems).toContainEqual(expect.stringMatching(/lunch\.xml: no moment of a call/));
    expect(problems).toContainEqual(expect.stringMatching(/hang-up\.xml:3: <Fly> is not allowed/));
  });

  test("a folder that is not there is every file missing", async () => {
    const loaded = await loadTemplates(join(dir, "elsewhere"));
    expect(loaded.ok ? [] : loaded.problems).toHaveLength(MOMENTS.length);
  });
});

const wait = (inside: string) => `<Response>${inside}</Response>`;

describe("a bad edit is refused", () => {
  const GOOD = "{{lines}}<Pause length='{{seconds}}'/><Redirect>{{documentUrl}}</Redirect>";

  test("the good one is taken", () => {
    expect(problemsOf("wait", wait(GOOD))).toEqual([]);
  });

  test.each([
    ["a blank is missing", wait("{{lines}}<Hangup/>"), "{{documentUrl}} is missing"],
    ["a slot is missing", wait("<Redirect>{{documentUrl}}</Redirect>"), "{{lines}} is missing"],
    ["a blank is unknown", wait(`${GOOD}<Say>{{ani}}</Say>`), "{{ani}} is not known here"],
    ["braces do not match", wait(`${GOOD}<Say>{{lines}</Say>`), "these braces do not match"],
    ["spoken lines inside a sentence", wait(`${GOOD}<Say>so: {{lines}}</Say>`), "must stand alone"],
    [
      "spoken lines where nothing is spoken",
      wait(`${GOOD}<Redirect>{{lines}}</Redirect>`),
      "cannot stand in <Redirect>",
    ],
    ["a verb that is not allowed", wait(`${GOOD}<Record/>`), "<Record> is not allowed"],
    ["an attribute that is not allowed", wait(`${GOOD}<Dial record="true"/>`), 'may not have the attribute "record"'],
    [
      "a dial that leads nowhere",
      wait(`${GOOD}<Dial><Number>+15550100200</Number></Dial>`),
      "followed by a <Redirect>",
    ],
    ["a verb in the wrong place", wait(`${GOOD}<Say><Hangup/></Say>`), "<Hangup> may not stand in <Say>"],
    ["words outside a verb", wait(`${GOOD} hello`), "<Response> may not hold text"],
    ["another root", "<Answer/>", "must be a <Response>"],
    [
      "a gather of ours without its keys",
      wait(`${GOOD}<Gather action="https://evil.example"/>`),
      'action="{{keysUrl}}"',
    ],
  ])("%s", (_, source, why) => {
    expect(problemsOf("wait", source).join("\n")).toContain(why);
  });

  test.each([
    ["the room would end when one leaves", 'endConferenceOnExit="false"', 'endConferenceOnExit="true"'],
    ["joins would go unnoticed", "start end join leave", "start end"],
    ["labels would repeat", "{{label}}", "caller"],
  ])("%s", async (_, before, after) => {
    const room = await readFile(join(SHIPPED, "room.xml"), "utf8");
    expect(room).toContain(before);
    expect(problemsOf("room", room)).toEqual([]);
    expect(problemsOf("room", room.replace(before, after)).join("\n")).toContain("<Conference> must have");
  });

  test("only what a conference waits with may be in the room's wait", () => {
    const source = "<Response>{{lines}}<Hangup/><Redirect>{{roomWaitUrl}}</Redirect></Response>";
    expect(problemsOf("room-wait", source)).toEqual(["1: <Hangup> is not allowed in this document"]);
  });
});

describe("what is no XML is refused with its line", () => {
  test.each([
    ["an element that is not closed", "<Response>\n<Say>hello\n</Response>", 3, "</Say> is expected here"],
    ["two documents", "<Response/>\n<Response/>", 2, "after the document's end"],
    ["an attribute twice", '<Response>\n<Say voice="a" voice="b"/></Response>', 2, 'the attribute "voice" twice'],
    ["a bare ampersand", "<Response>\n\n<Say>you & me</Say></Response>", 3, "is no entity"],
    ["an entity of one's own", "<Response><Say>&secret;</Say></Response>", 1, "is no entity that is known"],
    ["a document type", '<!DOCTYPE x [<!ENTITY a "b">]>\n<Response/>', 1, "an element is expected"],
    ["a CDATA section", "<Response><Say><![CDATA[x]]></Say></Response>", 1, "an element is expected"],
    ["nothing", "", 1, "an element is expected"],
    ["a comment without end", "<Response><!-- hello </Response>", 1, "an element is expected"],
    ["very deep nesting", "<Say>".repeat(200), 1, "nested more than"],
  ])("%s", (_, source, line, why) => {
    const read = readTemplate("hang-up", source);
    expect(read.ok ? [] : read.problems).toEqual([{ line, why: expect.stringContaining(why) }]);
  });
});
