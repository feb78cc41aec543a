import type { Page, WebSocketRoute } from "playwright-core";
import { vi } from "vitest";
import { createDeskHub, type DeskHub } from "../../src/desk/desk-hub.ts";
import { AgentId, type CallId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { httpBench, KEYS } from "../http/http-bench.ts";
import { openChromium } from "./chromium.ts";
import { samplePacket } from "./sample-packet.ts";

type Frames = (frame: Record<string, unknown>) => boolean;

/** The served page in a real Chromium, against the real hub and case loop. */
export async function deskBrowserBench(options: { readonly dark?: boolean } = {}) {
  let hub: DeskHub | undefined;
  const bench = await httpBench({
    files: "web/desk",
    publicUrl: "http://127.0.0.1",
    upgrades: [(request, socket, head) => hub?.upgrade(request, socket, head) ?? false],
  });
  const desk = createDeskHub({
    ...bench,
    hasDeskElsewhere: async () => false,
    admit: (request) => bench.auth.admitDesk(request),
  });
  hub = desk;
  const browser = await openChromium(options);
  const complaints: string[] = [];
  const routed: WebSocketRoute[] = [];
  let wasCut = false;

  return {
    ...bench,
    hub: desk,
    browser,
    /** What the pages complained about: script errors, refused resources, policy violations. */
    complaints,
    until: <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 15_000, interval: 20 }),
    /**
     * `held`: frames of the gateway's that never reach this tab; `cutOff` then cuts its connection once. `lost`: frames of
     * the tab's that go down with that connection.
     */
    async page({ held, lost }: { readonly held?: Frames; readonly lost?: Frames } = {}): Promise<Page> {
      const page = await browser.context.newPage();
      if (held) {
        await page.routeWebSocket(/\/desk\/socket$/u, (tab) => {
          const gateway = tab.connectToServer();
          routed.push(tab);
          const first = !wasCut;
          tab.onMessage((text) =>
            first && lost?.(JSON.parse(String(text))) === true ? undefined : gateway.send(text),
          );
          gateway.onMessage((text) => (held(JSON.parse(String(text))) ? undefined : tab.send(text)));
        });
      }
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !message.text().includes("401")) complaints.push(message.text());
      });
      await page.goto(`${bench.url}/desk/`);
      return page;
    },
    /** The connection of a tab with `held` breaks; the tab may come back. */
    async cutOff(): Promise<void> {
      wasCut = true;
      for (const tab of routed.splice(0)) await tab.close({ code: 3000 });
    },
    async signIn(page: Page, agent = "dana"): Promise<void> {
      await page.getByLabel("API key").fill(KEYS.desk);
      await page.getByLabel("Agent id").fill(agent);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.locator('button[data-status="available"]:enabled').waitFor();
    },
    /** A decided case of the disputes queue with Dana reserved, shown on her desk. */
    async offer(name = "esc_1", acceptMs = 12_000) {
      const { conversations, clock } = bench;
      const { call, escalation, offer } = await bench.offerToDana(name);
      const agent = AgentId("dana");
      const packet = samplePacket(name);
      await conversations.savePacket(packet);
      desk.desk.offer({ agent, escalation, offer, packet, acceptBy: EpochMs(clock.now() + acceptMs) });
      return { escalation, call, offer, agent, packet };
    },
    async events(call: CallId): Promise<string[]> {
      return (await bench.journal.entries(call)).map(({ event }) => event.kind);
    },
    async close(): Promise<void> {
      await browser.close();
      desk.close();
      await bench.close();
    },
  };
}

export type DeskBrowserBench = Awaited<ReturnType<typeof deskBrowserBench>>;
