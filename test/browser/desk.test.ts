import { afterEach, beforeEach, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { samplePacket } from "./sample-packet.ts";
import { deskBrowserBench, type DeskBrowserBench } from "./desk-browser-bench.ts";

let bench: DeskBrowserBench;
beforeEach(async () => {
  bench = await deskBrowserBench();
});
afterEach(async () => {
  expect(bench.complaints).toEqual([]);
  await bench.close();
});

const signedIn = async (): Promise<Page> => {
  const page = await bench.page();
  await bench.signIn(page);
  return page;
};
const presenceOf = async (): Promise<string | undefined> => {
  const answer = await bench.presence.get(["dana" as never], bench.clock.now());
  return answer.ok ? answer.value[0]?.status : undefined;
};

test("a wrong key is said in words; the right one opens the desk, off duty", async () => {
  const page = await bench.page();
  await page.getByLabel("API key").fill("wrong");
  await page.getByLabel("Agent id").fill("dana");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("This API key is not known.").waitFor();
  await bench.signIn(page);
  expect(await page.getByRole("button", { name: "Offline" }).getAttribute("aria-pressed")).toBe("true");
  expect(await presenceOf()).toBe("offline");
  // The browser says for the refused sign-in what the page has said already.
  bench.complaints.length = 0;
});

test("the agent's own click makes them available, signing out takes them off duty", async () => {
  const page = await signedIn();
  await page.getByRole("button", { name: "Available" }).click();
  await page.getByText("You are available").waitFor();
  expect(await presenceOf()).toBe("available");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in to your desk" }).waitFor();
  await bench.until(async () => expect(await presenceOf()).toBe("offline"));
  await page.reload();
  await page.getByRole("heading", { name: "Sign in to your desk" }).waitFor();
});

test("the card is painted and acknowledged, then the click is the agent's consent", async () => {
  const page = await signedIn();
  const { call, packet } = await bench.offer();
  const card = page.getByRole("article", { name: "Call for you" });
  await card.waitFor();
  for (const text of [
    "Ann Lee",
    "$84.50",
    "The assistant is not sure enough of its answers (41 %, needed 60 %)",
    "no match",
    "Ask about Tuesday evening",
  ])
    expect(await card.innerText()).toContain(text);
  await bench.until(async () => expect(await bench.events(call)).toContain("packet-painted"));
  const painted = (await bench.journal.entries(call)).find(({ event }) => event.kind === "packet-painted");
  expect(painted?.event).toMatchObject({ version: 1, hash: packet.hash });
  await page.getByRole("button", { name: "Accept" }).click();
  await bench.until(async () => expect(await bench.events(call)).toContain("agent-consented"));
  await page.getByText("Pick up your phone").waitFor();
});

test("the keyboard alone declines, and says what became of it", async () => {
  const page = await signedIn();
  const { call, agent, offer } = await bench.offer();
  await page.getByRole("article", { name: "Call for you" }).waitFor();
  await page.keyboard.press("Alt+Digit0");
  await bench.until(async () => expect(await bench.events(call)).toContain("agent-declined"));
  bench.hub.desk.withdraw({ agent, offer, reason: "declined" });
  await page.getByText("You declined the call.").waitFor();
});

test("two tabs show one card each, and both are cleared when it is withdrawn", async () => {
  const [one, two] = [await signedIn(), await bench.page()];
  await two.locator('button[data-status="available"]:enabled').waitFor();
  const { agent, offer } = await bench.offer();
  for (const page of [one, two]) {
    await page.getByRole("article", { name: "Call for you" }).waitFor();
    expect(await page.getByRole("article").count()).toBe(1);
  }
  bench.hub.desk.withdraw({ agent, offer, reason: "caller-left" });
  for (const page of [one, two]) {
    await page.getByText("The caller hung up.").waitFor();
    expect(await page.getByRole("article").count()).toBe(0);
  }
});

test("what is learned meanwhile changes the card in place and is acknowledged anew", async () => {
  const page = await signedIn();
  const { call, agent, escalation } = await bench.offer();
  await page.locator('[data-version="1"]').waitFor();
  bench.hub.desk.turn(agent, escalation, {
    index: 5,
    role: "caller",
    text: "It was last Tuesday.",
    at: bench.clock.now(),
  });
  const newer = samplePacket(escalation, 2, { suggestedNextAction: "Open the dispute." });
  bench.hub.desk.packet(agent, newer);
  await page.getByText("It was last Tuesday.").waitFor();
  await page.getByText("Open the dispute.").waitFor();
  expect(await page.getByRole("article").count()).toBe(1);
  await bench.until(async () => {
    const paints = (await bench.journal.entries(call)).filter(({ event }) => event.kind === "packet-painted");
    expect(paints.at(-1)?.event).toMatchObject({ version: 2, hash: newer.hash });
  });
  await page.getByRole("button", { name: "Accept" }).click();
  await bench.until(async () => expect(await bench.events(call)).toContain("agent-consented"));
});

test("markup in what a caller said stays text", async () => {
  const page = await signedIn();
  const { agent, escalation } = await bench.offer();
  const text = '<img src=x onerror="document.title=1"><b>hello</b>';
  bench.hub.desk.turn(agent, escalation, { index: 6, role: "caller", text, at: bench.clock.now() });
  await page.getByText(text).waitFor();
  expect(await page.locator("#turns img, #turns b").count()).toBe(0);
});

test.each([
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])("however long the packet is, the buttons are in sight at $width × $height and nothing is cut off", async (size) => {
  const page = await signedIn();
  await page.setViewportSize(size);
  const { agent, escalation } = await bench.offer();
  const summary = `${"It was charged again and again. ".repeat(20)}${"x".repeat(300)}`;
  const attempts = Array.from({ length: 9 }, (_, index) => ({
    action: `look_up_${index}`,
    result: "one of many lines ".repeat(40),
    at: "2026-11-21T09:00:30.000Z",
  }));
  bench.hub.desk.packet(agent, samplePacket(escalation, 2, { intent: { name: "billing-dispute", summary }, attempts }));
  await page.locator('[data-version="2"]').waitFor();
  for (const name of ["Accept", "Decline"]) {
    const box = await page.getByRole("button", { name }).boundingBox();
    expect(box?.y ?? -1).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? Infinity)).toBeLessThanOrEqual(size.height);
  }
  const wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  expect(wider).toBe(0);
  await page.getByText("Everything that is known").click();
  expect(await page.getByRole("article").innerText()).toContain(summary.slice(-300));
});

test("a reload during an offer brings the card back", async () => {
  const page = await signedIn();
  await bench.offer();
  await page.getByRole("article", { name: "Call for you" }).waitFor();
  await page.reload();
  await page.getByRole("article", { name: "Call for you" }).waitFor();
});

test("from the conversation to the closing work, by hand", async () => {
  const page = await signedIn();
  const { call, agent, escalation } = await bench.offer();
  await page.getByRole("button", { name: "Accept" }).click();
  const state = (name: string) =>
    bench.hub.desk.state({ agent, escalation, state: name, at: bench.clock.now(), cause: "test" });
  state("bridged");
  await page.getByText("You are talking with the caller").waitFor();
  await page.getByText("Pass on to another team").click();
  await page.getByLabel("Team").fill("astronauts");
  await page.getByRole("button", { name: "Ask a colleague" }).click();
  await page.getByText("There is no queue or team of that name.").waitFor();
  await page.getByRole("button", { name: "End call" }).click();
  state("wrapping-up");
  await page.getByRole("heading", { name: "Closing work" }).waitFor();
  await page.getByLabel("How did it end?").selectOption("follow-up");
  await page.getByLabel("Notes").fill("call the merchant");
  await page.getByRole("button", { name: "Finish" }).click();
  await bench.until(async () =>
    expect(await bench.conversations.notes(escalation)).toMatchObject([{ kind: "wrap-up" }]),
  );
  const [note] = await bench.conversations.notes(escalation);
  expect(JSON.parse(note?.json ?? "{}")).toMatchObject({
    disposition: "follow-up",
    resolved: false,
    notes: "call the merchant",
  });
  expect(await bench.events(call)).toContain("agent-consented");
});

test("a gateway that restarts is found again", async () => {
  const page = await signedIn();
  await bench.until(() => expect(bench.hub.tabs()).toBe(1));
  const again = page.waitForEvent("websocket");
  await page.evaluate(() => undefined);
  bench.hub.close();
  await page.getByText("The connection is lost.").waitFor();
  // Nobody sits before a page that still says they are available.
  await page.getByRole("heading", { name: "You are not connected" }).waitFor();
  expect(await page.locator("#status").innerText()).toBe("not connected");
  await again;
  bench.complaints.length = 0;
});
