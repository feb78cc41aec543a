import { afterEach, beforeEach, expect, test } from "vitest";

import { countsInWords } from "../../../src/handoff/counts-in-words.ts";
import { CALL, type Gateway, OFFER, offerAgent, post, startGateway, voice } from "./gateway.ts";

let gateway: Gateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

test("in the carrier's menu a count is said in words, as the assistant would say it", async () => {
  await offerAgent(gateway);
  await gateway.loop.deliver(CALL, { kind: "assistant-lost", stream: "MZ1", down: true }, "test");
  await gateway.loop.deliver(CALL, { kind: "agent-declined", offer: OFFER }, "test");
  await gateway.loop.deliver(CALL, { kind: "no-agent-free", attempt: 2, why: "nobody-on-duty" }, "test");
  const { body } = await post(gateway, "/twilio/document/caller", voice());
  expect(body).toContain("en:offer-after-attempts");
  expect(body).toContain("&quot;attempts&quot;:&quot;once&quot;");
});

test.each([
  ["en", { attempts: "3", wait: "1" }, { attempts: "3 times", wait: "1 minute" }],
  ["fr", { attempts: "2", wait: "" }, { attempts: "deux fois", wait: "" }],
  ["xx", { attempts: "2" }, { attempts: "" }],
  ["en", { attempts: "once", team: "12" }, { attempts: "once", team: "12" }],
])("in %s %j", (language, values, spoken) => {
  expect(countsInWords(values, language)).toEqual(spoken);
});
