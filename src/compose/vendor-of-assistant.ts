import type { AssistantVendor } from "../config/assistants-schema.ts";
import type { Settings } from "../config/settings.ts";
import type { Bench } from "./bench.ts";

/** By whose key an assistant of a vendor runs. */
const KEYS: Readonly<Record<AssistantVendor, keyof Pick<Settings, "openai" | "vapi" | "retell">>> = {
  openai: "openai",
  vapi: "vapi",
  "vapi-websocket": "vapi",
  retell: "retell",
  "retell-llm": "retell",
};

/** Whether the vendor of an assistant has its key; without one its callers hear fixed lines and keys from the start. */
export function hasVendor({ settings, config }: Pick<Bench, "settings" | "config">, assistant: string): boolean {
  const { vendor } = config.assistants.assistants[assistant] ?? { vendor: "openai" as const };
  return settings[KEYS[vendor]] !== undefined;
}

/** At the start, so that nobody learns it from a caller. */
export function sayAbsentAssistants({ settings, config, log }: Pick<Bench, "settings" | "config" | "log">): void {
  const { numbers } = config.routing;
  const usual = numbers["default"];
  const answered = Object.values(numbers).filter(({ mode }) => (mode ?? usual?.mode) === "assistant");
  const names = new Set(answered.map(({ assistant }) => assistant ?? usual?.assistant ?? "default"));
  for (const name of names) {
    if (hasVendor({ settings, config }, name)) continue;
    log.warn({ reason: name }, "an assistant's vendor has no key: its callers hear fixed lines and keys, no assistant");
  }
}
