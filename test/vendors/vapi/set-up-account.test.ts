import { afterEach, beforeEach, expect, test } from "vitest";
import { startVapiTwin, type VapiTwin } from "../../../lab/vapi/twin.ts";
import { OWN_TOOLS } from "../../../src/runtime/live/own-tools.ts";
import { setUpVapi } from "../../../src/vendors/vapi/set-up-account.ts";

const SIP = "sip:front-desk@sip.vapi.example";
let twin: VapiTwin;
beforeEach(async () => {
  twin = await startVapiTwin();
  twin.assistant({ id: "asst-1", name: "Front desk" });
});
afterEach(() => twin.close());

const setUp = (fix: boolean, apiKey = twin.apiKey) => {
  const [tool] = OWN_TOOLS;
  if (tool === undefined) throw new Error("there is no tool");
  const options = { apiKey, apiUrl: twin.url, webhookSecret: "secret", publicUrl: "https://gateway.example" };
  return setUpVapi({ options, tool, assistants: [{ assistantId: "asst-1", sipUri: SIP }] }, fix);
};
const notes = (found: Awaited<ReturnType<typeof setUp>>) => found.map(({ ok, note }) => [ok, note.split(":")[0]]);
const changes = () =>
  twin.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path.split("/")[1]}`);

test("looking changes nothing and says what is missing; fixing creates it, says what, and is then content", async () => {
  expect(notes(await setUp(false))).toEqual([
    [false, "create it"],
    [true, "is there"],
    [false, "create it"],
  ]);
  expect(changes()).toEqual([]);
  expect((await setUp(true)).every(({ ok }) => ok)).toBe(true);
  expect(changes()).toEqual(["POST tool", "POST phone-number"]);
  expect((await setUp(false)).every(({ ok }) => ok)).toBe(true);
  expect((await setUp(true)).every(({ ok }) => ok)).toBe(true);
  expect(changes()).toHaveLength(2);
});

test("the tool has no field for a telephone number, and calls us", async () => {
  await setUp(true);
  const [made] = [...twin.calls.tools.things.values()];
  expect(made?.function.name).toBe("escalate_to_human");
  expect(Object.keys(made?.function.parameters?.["properties"] ?? {}).toSorted()).toEqual([
    "reason",
    "summary",
    "team",
  ]);
  expect(made?.server).toMatchObject({ url: "https://gateway.example/vapi/webhook" });
});

test("what points elsewhere is updated", async () => {
  await setUp(true);
  for (const made of twin.calls.tools.things.values()) made.server = { url: "https://old.example/" };
  for (const made of twin.calls.numbers.things.values()) made.server = { url: "https://old.example/" };
  expect(notes(await setUp(true))).toEqual([
    [true, "update server"],
    [true, "is there"],
    [true, "update server"],
  ]);
  expect((await setUp(false)).every(({ ok }) => ok)).toBe(true);
});

test("a number with an assistant of its own, and an assistant that is not there", async () => {
  twin.number({ id: "n1", provider: "vapi", sipUri: SIP, assistantId: "other" });
  twin.calls.assistants.things.delete("asst-1");
  expect((await setUp(true)).slice(1)).toMatchObject([
    { ok: false, note: expect.stringContaining("404") as string },
    { ok: false, note: expect.stringContaining("assistant of its own") as string },
  ]);
});

test("a wrong key is said, and nothing is thrown", async () => {
  expect(await setUp(true, "wrong")).toMatchObject([
    { ok: false, note: expect.stringContaining("VAPI_API_KEY") as string },
  ]);
});
