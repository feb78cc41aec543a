// A conversation over Vapi's transport socket, with the twin: what its own tools answered, and what the caller did not hear.
import { afterEach, beforeEach, expect, test } from "vitest";
import { startVapiTwin, type VapiTwin } from "../../../lab/vapi/twin.ts";
import type { AssistantEvent, AssistantSession } from "../../../src/ports/assistant.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { CallRegistry } from "../../../src/vendors/vapi/call-registry.ts";
import { createVapiAssistant } from "../../../src/vendors/vapi/websocket-assistant.ts";
import { silentLog } from "../../support/silent-log.ts";

const SAID = "I have looked that up for you and found nothing at all.";

let twin: VapiTwin;
let told: AssistantEvent[];
let session: AssistantSession;
beforeEach(async () => {
  told = [];
  twin = await startVapiTwin({ pace: { modelMs: 5, voiceMs: 5 } });
  twin.assistant({
    id: "asst-1",
    tools: [{ type: "function", function: { name: "their_lookup" } }],
    brain: ({ history }) =>
      history.some(({ role }) => role === "output")
        ? [{ say: SAID }]
        : [{ call: "their_lookup", arguments: { card: "4111 1111 1111 1111" } }],
  });
  const assistant = createVapiAssistant({
    options: { apiKey: twin.apiKey, apiUrl: twin.url, webhookSecret: "secret", publicUrl: "http://127.0.0.1:9" },
    assistantOf: () => ({ assistantId: "asst-1" }),
    registry: new CallRegistry(),
    report: () => undefined,
    clock: createSystemClock(),
    log: silentLog,
  });
  const setup = { instructions: "Help.", language: "en", tools: [], history: [] };
  session = assistant.open(setup, (event) => void told.push(event));
  await soon("ready");
});
afterEach(async () => {
  session.end();
  await twin.close();
});

const soon = async (kind: AssistantEvent["kind"]): Promise<AssistantEvent> => {
  for (;;) {
    const found = told.find((event) => event.kind === kind);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

test("a tool of the assistant's own is told of, once", async () => {
  session.reply({ tag: "t1", instructions: "Look it up." });
  expect(await soon("tool-ran")).toMatchObject({
    name: "their_lookup",
    input: '{"card":"4111 1111 1111 1111"}',
    result: "The tool did not answer.",
  });
  await soon("reply-ended");
  expect(told.filter(({ kind }) => kind === "tool-ran")).toHaveLength(1);
});

test("what the caller did not hear of its words is told to it, without making it speak", async () => {
  session.reply({ tag: "t1", instructions: "Look it up." });
  const words = await soon("reply-words");
  if (words.kind !== "reply-words") throw new Error("words come as words");
  session.heardOnly(words.item, 500);
  for (;;) {
    const note = twin.controls.find(({ message }) => JSON.stringify(message).includes("has heard"));
    if (note !== undefined) {
      expect(note.message).toMatchObject({ type: "add-message", triggerResponseEnabled: false });
      expect(JSON.stringify(note.message)).not.toContain("nothing at all");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
});
