// What a desk shows when its connection was away, when another tab was quicker, and when time runs out.
import { afterEach, beforeEach, expect, test } from "vitest";
import { AgentId, OwnerToken } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { deskBrowserBench, type DeskBrowserBench } from "./desk-browser-bench.ts";

let bench: DeskBrowserBench;
beforeEach(async () => {
  bench = await deskBrowserBench();
});
afterEach(async () => {
  expect(bench.complaints).toEqual([]);
  await bench.close();
});

const dana = AgentId("dana");

/** What the gateway says of the case to Dana. */
const say = (escalation: string, state: string, more: { readonly until?: EpochMs; readonly cause?: string } = {}) =>
  bench.hub.desk.state({
    agent: dana,
    escalation: escalation as never,
    state,
    at: bench.clock.now(),
    cause: more.cause ?? "test",
    ...(more.until && { until: more.until }),
  });

test("who accepted and was cut off while the phone rings keeps the card, and hears when the call moves on", async () => {
  const page = await bench.page({ held: () => false });
  await bench.signIn(page);
  const { call, escalation, agent, offer } = await bench.offer();
  await page.getByRole("button", { name: "Accept" }).click();
  await bench.until(async () => expect(await bench.events(call)).toContain("agent-consented"));
  await page.reload();
  await page.getByText("Pick up your phone").waitFor();
  say(escalation, "offering");
  say(escalation, "reserving");
  bench.hub.desk.withdraw({ agent, offer, reason: "missed" });
  await page.getByText("it was not taken in time").waitFor();
  expect(await page.getByRole("heading", { name: "Closing work" }).count()).toBe(0);
  expect(await page.getByRole("article").count()).toBe(0);
});

test("a yes that was lost with the connection can be said again", async () => {
  const page = await bench.page({ held: () => false, lost: (frame) => frame["type"] === "accept" });
  await bench.signIn(page);
  const { call } = await bench.offer("esc_1", 120_000);
  await page.getByRole("button", { name: "Accept" }).click();
  await page.getByText("Pick up your phone").waitFor();
  await bench.cutOff();
  await page.locator('[role="timer"]', { hasText: "s left" }).waitFor();
  await page.getByRole("button", { name: "Accept" }).click();
  await bench.until(async () => expect(await bench.events(call)).toContain("agent-consented"));
});

test("closing work says how long there is, and afterwards that the time is up", async () => {
  const page = await bench.page();
  await bench.signIn(page);
  await page.getByRole("button", { name: "Available" }).click();
  await page.getByText("You are available").waitFor();
  const [at, token] = [bench.clock.now(), OwnerToken("owner-1")];
  const until = EpochMs(at + 60_000);
  await bench.presence.reserve({ candidates: [dana], token, at, expiresAt: until });
  const { escalation } = await bench.offer();
  await page.getByRole("button", { name: "Accept" }).click();
  say(escalation, "bridged");
  await bench.presence.hold({ agent: dana, token, status: "wrap-up", at, until });
  say(escalation, "wrapping-up", { until });
  await page.getByRole("heading", { name: "Closing work" }).waitFor();
  const ends = page.getByRole("timer");
  expect(await ends.innerText()).toMatch(/^[1-5]?\d s left\. Then you are asked|^60 s left\. Then you are asked/u);
  await page.getByLabel("Notes").fill("call the merchant");
  await bench.presence.release({ agent: dana, token, next: "check-in", at: bench.clock.now() });
  say(escalation, "closed", { cause: "time-passed" });
  await page.clock.install();
  await page.clock.fastForward(61_000);
  await ends.getByText("The time is up.").waitFor();
  expect(await page.getByLabel("Notes").inputValue()).toBe("call the merchant");
});

test("closing work that was finished in one tab is gone from the other", async () => {
  const one = await bench.page();
  await bench.signIn(one);
  const two = await bench.page();
  await two.locator('button[data-status="available"]:enabled').waitFor();
  const { escalation } = await bench.offer();
  await one.getByRole("button", { name: "Accept" }).click();
  say(escalation, "bridged");
  say(escalation, "wrapping-up", { until: EpochMs(bench.clock.now() + 60_000) });
  for (const page of [one, two]) await page.getByRole("heading", { name: "Closing work" }).waitFor();
  say(escalation, "closed", { cause: "wrapped-up" });
  for (const page of [one, two]) await page.getByRole("heading", { name: "You are off duty" }).waitFor();
});

test("who asked a colleague sees when leaving no longer ends the call", async () => {
  const page = await bench.page();
  await bench.signIn(page);
  const { escalation } = await bench.offer();
  await page.getByRole("button", { name: "Accept" }).click();
  say(escalation, "bridged");
  say(escalation, "consulting", { cause: "agent-consented" });
  await page.getByText("A colleague is being asked").waitFor();
  await page.getByRole("button", { name: "End call" }).waitFor();
  say(escalation, "consulting", { cause: "agent-joined" });
  await page.getByText("Your colleague is with you and the caller").waitFor();
  await page.getByRole("button", { name: "Leave the call" }).waitFor();
  say(escalation, "bridged", { cause: "agent-left-room" });
  await page.getByRole("button", { name: "End call" }).waitFor();
});

test("who signs out in one tab has signed out in the other", async () => {
  const one = await bench.page();
  await bench.signIn(one);
  const two = await bench.page();
  await two.locator('button[data-status="available"]:enabled').waitFor();
  await one.getByRole("button", { name: "Sign out" }).click();
  await two.getByRole("heading", { name: "Sign in to your desk" }).waitFor();
  await bench.until(() => expect(bench.hub.tabs()).toBe(0));
});

test("a session that ended while the gateway was away leads to the sign-in", async () => {
  const page = await bench.page({ held: () => false });
  await bench.signIn(page);
  await page.routeWebSocket(/\/desk\/socket$/u, (tab) => void tab.close({ code: 3000 }));
  let asked = 0;
  await page.route("**/desk/session", (route) =>
    (asked += 1) === 1 ? route.abort() : route.fulfill({ status: 401, json: {} }),
  );
  await bench.cutOff();
  await page.getByRole("heading", { name: "Sign in to your desk" }).waitFor();
  expect(asked).toBe(2);
  // The browser says for the questions what the page has said already.
  bench.complaints.length = 0;
});
