// Audio is read without JSON.parse where it is spelt as usual; it must read the same as any other spelling.
import { expect, test } from "vitest";
import { readServerEvent } from "../../../src/vendors/openai/realtime-events.ts";

const fields = {
  type: "response.output_audio.delta",
  event_id: "event_1",
  response_id: "resp_1",
  item_id: "item_1-a",
  output_index: 0,
  content_index: 0,
  delta: Buffer.from([1, 2, 3, 4]).toString("base64"),
};
const read = { type: fields.type, response_id: "resp_1", item_id: "item_1-a", delta: fields.delta };
const { event_id, ...withoutId } = fields;
const { delta, ...withoutDelta } = fields;

test.each([
  ["as the service sends it", JSON.stringify(fields)],
  ["with padding text behind it", JSON.stringify({ ...fields, obfuscation: "x7Qe" })],
  ["with its own id last", JSON.stringify({ ...withoutId, event_id })],
  ["in another order", JSON.stringify({ delta, ...withoutDelta })],
  ["with white space", JSON.stringify(fields, undefined, 1)],
  ["with fields nobody knows", JSON.stringify({ ...fields, news: { deep: [1] } })],
  ["without an id of its own", JSON.stringify(withoutId)],
])("%s", (_how, text) => {
  expect(readServerEvent(text)).toEqual(read);
});

test.each([
  ["cut off", JSON.stringify(fields).slice(0, -3)],
  ["without its item", JSON.stringify({ ...fields, item_id: undefined })],
  ["with a number for audio", JSON.stringify({ ...fields, delta: 7 })],
])("%s it is malformed", (_how, text) => {
  expect(readServerEvent(text)).toEqual({ type: "malformed" });
});
