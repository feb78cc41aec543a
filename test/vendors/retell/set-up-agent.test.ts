import { afterEach, beforeEach, expect, test } from "vitest";
import { setUpRetellAgent } from "../../../src/vendors/retell/set-up-agent.ts";
import { OWN_TOOLS } from "../../../src/runtime/live/own-tools.ts";
import { type Bench, retellBench } from "./retell-bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await retellBench();
});
afterEach(() => bench.close());

const setUp = (fix: boolean, apiKey = bench.twin.apiKey) =>
  setUpRetellAgent(
    { apiKey, apiUrl: bench.twin.url, publicUrl: "https://gateway.example", agentId: "agent_1", tools: OWN_TOOLS },
    fix,
  );

test("pitfall 7: looking changes nothing and says what is missing or otherwise than it should be; fixing creates and updates, says what, and is then content", async () => {
  const engine = bench.twin.agents.get("agent_1")?.response_engine;
  if (engine?.type !== "retell-llm") throw new Error("the bench's agent is hosted");
  engine.functions.push({ name: "their_own", url: "https://customer.example/their-own" });
  expect((await setUp(false)).map(({ ok, note }) => [ok, note.split(":")[0]])).toEqual([
    [false, expect.stringMatching(/^update escalate_to_human \(.*url/u)],
    [false, "create request_callback"],
    [false, "create cancel_handoff"],
  ]);
  expect(engine.functions.map(({ name }) => name)).toEqual(["escalate_to_human", "their_own"]);
  expect((await setUp(true)).every(({ ok, note }) => ok && note.endsWith("done"))).toBe(true);
  expect(engine.functions.map(({ name }) => name).toSorted()).toEqual([
    "cancel_handoff",
    "escalate_to_human",
    "request_callback",
    "their_own",
  ]);
  const escalate = engine.functions.find(({ name }) => name === "escalate_to_human");
  expect(escalate).toMatchObject({
    url: "https://gateway.example/retell/functions/escalate_to_human",
    speak_after_execution: false,
  });
  expect(JSON.stringify(escalate?.parameters)).not.toMatch(/phone|number/iu);
  expect(await setUp(false)).toMatchObject([{ ok: true }]);
});

test("for numbers that Retell hosts the agent gets its own transfer, to the admin's number alone", async () => {
  await setUpRetellAgent(
    {
      apiKey: bench.twin.apiKey,
      apiUrl: bench.twin.url,
      publicUrl: "https://gateway.example",
      agentId: "agent_1",
      tools: OWN_TOOLS,
      bridgeNumber: "+15005550177",
    },
    true,
  );
  const engine = bench.twin.agents.get("agent_1")?.response_engine;
  if (engine?.type !== "retell-llm") throw new Error("the bench's agent is hosted");
  // Otherwise the model is not asked again after the function, and never transfers.
  expect(engine.functions.find(({ name }) => name === "escalate_to_human")?.speak_after_execution).toBe(true);
  expect(engine.functions.find(({ name }) => name === "request_callback")?.speak_after_execution).toBe(false);
  expect(engine.transfers?.map(({ transfer_destination: { number } }) => number)).toEqual([
    "+15005550177",
    "+15005550177",
  ]);
  expect(engine.transfers?.map(({ transfer_destination: { extension } }) => extension)).toEqual([
    undefined,
    "{{warmline_code}}",
  ]);
  const sent = bench.twin.log.entries.find(({ what, subject }) => what === "PATCH" && subject.includes("retell-llm"));
  expect(sent?.data["general_tools"]).toContainEqual(
    expect.objectContaining({
      type: "transfer_call",
      name: "transfer_to_person",
      transfer_destination: { type: "predefined", number: "+15005550177" },
    }),
  );
});

test("a wrong key is said, and nothing is thrown", async () => {
  expect(await setUp(true, "wrong")).toMatchObject([
    { ok: false, note: expect.stringContaining("RETELL_API_KEY") as string },
  ]);
});
