// How the desk behaves under an agent's hands: while the card changes, by keyboard alone, in both colour schemes.
import { afterEach, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { AgentId, OwnerToken } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { deskBrowserBench, type DeskBrowserBench } from "./desk-browser-bench.ts";
import { faintTexts, hiddenFocus } from "./readable.ts";
import { samplePacket } from "./sample-packet.ts";

let bench: DeskBrowserBench;
afterEach(async () => {
  expect(bench.complaints).toEqual([]);
  await bench.close();
});

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const dana = AgentId("dana");

async function signedIn(options: { readonly dark?: boolean } = {}): Promise<Page> {
  bench = await deskBrowserBench(options);
  const page = await bench.page();
  await bench.signIn(page);
  return page;
}

const bridged = (escalation: string): void =>
  bench.hub.desk.state({
    agent: dana,
    escalation: escalation as never,
    state: "bridged",
    at: bench.clock.now(),
    cause: "test",
  });
const longer = {
  intent: { name: "billing-dispute", summary: "It was charged again and again, on three days. ".repeat(4) },
  suggestedNextAction: "Ask which of the three days they mean, then open one dispute for each of them. ".repeat(3),
};

test.each(SIZES)("a card that grows at $width × $height moves no button and takes no focus away", async (size) => {
  const page = await signedIn();
  await page.setViewportSize(size);
  const { escalation } = await bench.offer("esc_1", 60_000);
  const accept = page.getByRole("button", { name: "Accept" });
  await accept.focus();
  const before = await accept.boundingBox();
  bench.hub.desk.packet(dana, samplePacket(escalation, 2, longer));
  await page.locator('[data-version="2"]').waitFor();
  expect(await accept.boundingBox()).toEqual(before);
  expect(await page.evaluate("document.activeElement.textContent")).toContain("Accept");
});

test("who writes a note for a colleague goes on writing while the packet changes", async () => {
  const page = await signedIn();
  const { escalation } = await bench.offer();
  await page.getByRole("button", { name: "Accept" }).click();
  bridged(escalation);
  await page.getByText("Pass on to another team").click();
  await page.getByLabel("What should they know?").pressSequentially("They want ");
  bench.hub.desk.packet(dana, samplePacket(escalation, 2, longer));
  await page.locator('[data-version="2"]').waitFor();
  await page.keyboard.type("their money back");
  expect(await page.getByLabel("What should they know?").inputValue()).toBe("They want their money back");
});

test("a card that changed under the hand is shown, and accepted with a second press", async () => {
  bench = await deskBrowserBench();
  const page = await bench.page({
    // The newer packet is still on its way to this tab when the agent presses.
    held: (frame) => frame["type"] === "packet",
  });
  await bench.signIn(page);
  const { call, escalation } = await bench.offer("esc_1", 60_000);
  await page.locator('[data-version="1"]').waitFor();
  bench.hub.desk.packet(dana, samplePacket(escalation, 2, { suggestedNextAction: "Open the dispute." }));
  const accept = page.getByRole("button", { name: "Accept" });
  await page.setViewportSize(SIZES[1]);
  const before = await accept.boundingBox();
  await accept.click();
  await page.getByText("Card changed: accept again").waitFor();
  await page.getByText("Open the dispute.").waitFor();
  expect(await accept.boundingBox()).toEqual(before);
  expect(await bench.events(call)).not.toContain("agent-consented");
  await accept.click();
  await bench.until(async () => expect(await bench.events(call)).toContain("agent-consented"));
  await page.getByText("Pick up your phone").waitFor();
});

test("an objection is in sight of who filled in the form, and is gone with the next step", async () => {
  const page = await signedIn();
  await page.setViewportSize({ width: 390, height: 500 });
  const { escalation } = await bench.offer();
  await page.getByRole("button", { name: "Accept" }).click();
  bridged(escalation);
  await page.getByText("Pass on to another team").click();
  await page.getByLabel("Team").fill("astronauts");
  await page.getByRole("button", { name: "Ask a colleague" }).click();
  const objection = page.getByText("There is no queue or team of that name.");
  await objection.waitFor();
  expect((await objection.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  await page.getByRole("button", { name: "End call" }).click();
  await objection.waitFor({ state: "hidden" });
});

test("a call that moved on while the desk was cut off is explained", async () => {
  bench = await deskBrowserBench();
  const page = await bench.page({ held: (frame) => frame["type"] === "offer-withdrawn" });
  await bench.signIn(page);
  const { call } = await bench.offer();
  await page.getByRole("article", { name: "Call for you" }).waitFor();
  await bench.cases.deliver(call, { kind: "caller-left" }, "carrier");
  await bench.cutOff();
  await page.getByText("The call moved on while you were not connected.").waitFor();
  expect(await page.getByRole("article").count()).toBe(0);
});

test("a call that may come is shown above what the agent is, and not for ever", async () => {
  const page = await signedIn();
  await page.getByRole("button", { name: "Available" }).click();
  await page.getByText("You are available").waitFor();
  await page.clock.install();
  const { call } = await bench.offerToDana("esc_1");
  bench.hub.desk.preAlert({ agent: dana, call, risk: 0.85, summary: "Two look-ups found nothing." });
  await page.getByText("A call is likely to come to you").waitFor();
  await page.getByText("You are available").waitFor();
  await page.clock.fastForward(61_000);
  await page.getByText("A call is likely to come to you").waitFor({ state: "hidden" });
  await page.getByText("You are available").waitFor();
});

test("an agent who did not take a call says with one press that they are there", async () => {
  const page = await signedIn();
  await page.getByRole("button", { name: "Available" }).click();
  await page.getByText("You are available").waitFor();
  const [at, token] = [bench.clock.now(), OwnerToken("owner-1")];
  const expiresAt = EpochMs(at + 60_000);
  await bench.presence.reserve({ candidates: [dana], token, at, expiresAt });
  await bench.presence.release({ agent: dana, token, next: "check-in", at });
  await page.getByRole("heading", { name: "Are you there?" }).waitFor();
  await page.getByRole("button", { name: "Yes, I am here" }).click();
  await page.getByText("You are available").waitFor();
});

test.each([{ dark: false }, { dark: true }])(
  "everything can be read and reached by keyboard, dark: $dark",
  async (scheme) => {
    bench = await deskBrowserBench(scheme);
    const page = await bench.page();
    const look = async (where: string, stops: number): Promise<void> => {
      for (const size of SIZES) {
        await page.setViewportSize(size);
        expect(await faintTexts(page), where).toEqual([]);
        expect(await hiddenFocus(page, stops), where).toEqual([]);
      }
    };
    await page.getByLabel("API key").waitFor();
    await look("signing in", 3);
    await bench.signIn(page);
    await look("off duty", 4);
    await page.getByRole("button", { name: "Available" }).click();
    await page.getByText("You are available").waitFor();
    await look("available", 4);
    const { escalation, agent, offer } = await bench.offer("esc_1", 120_000);
    await page.getByText("Everything that is known").click();
    await look("an offer", 8);
    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByText("Pick up your phone").waitFor();
    await look("accepted", 7);
    bridged(escalation);
    await page.getByText("Pass on to another team").click();
    await look("in a call", 12);
    bench.hub.desk.state({ agent, escalation, state: "wrapping-up", at: bench.clock.now(), cause: "test" });
    await page.getByRole("heading", { name: "Closing work" }).waitFor();
    await look("closing work", 10);
    bench.hub.desk.withdraw({ agent, offer, reason: "caller-left" });
    const again = page.waitForEvent("websocket");
    bench.hub.close();
    await page.getByText("The connection is lost.").waitFor();
    await look("not connected", 4);
    await again;
    bench.complaints.length = 0;
  },
);
