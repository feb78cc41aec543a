import { access, constants, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium, type BrowserContext } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser that `npm run setup` names or installs; never one that a test downloads. */
async function findChromium(): Promise<string> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter))
    for (const name of NAMES) {
      const file = join(folder, name);
      const there = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (there) return file;
    }
  throw new Error(`no browser: none of ${NAMES.join(", ")} is on the PATH; run: npm run setup`);
}

export type Browser = { readonly context: BrowserContext; close(): Promise<void> };

/** A Chromium of its own, with a profile of its own that is gone afterwards. */
export async function openChromium(options: { readonly dark?: boolean } = {}): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "warmline-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    headless: true,
    colorScheme: options.dark ? "dark" : "light",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
