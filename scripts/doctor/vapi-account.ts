// The Vapi account that the configuration names, held against what the gateway needs of it.
import { loadConfig } from "../../src/config/load-config.ts";
import type { Settings } from "../../src/config/settings.ts";
import { OWN_TOOLS } from "../../src/runtime/live/own-tools.ts";
import { setUpVapi } from "../../src/vendors/vapi/set-up-account.ts";
import type { Finding } from "./finding.ts";

/** `fix` creates and updates what differs. A configuration that cannot be read is another check's finding. */
export async function vapiAccount(settings: Settings, fix: boolean): Promise<readonly Finding[]> {
  const { vapi, publicUrl, configDir, toolVariables } = settings;
  if (!vapi) return [{ what: "Vapi", ok: true, note: "off: VAPI_API_KEY is absent", aside: true }];
  const answer = await loadConfig(configDir, toolVariables);
  const tool = OWN_TOOLS.find(({ name }) => name === "escalate_to_human");
  if (!answer.ok || tool === undefined) return [];
  const { assistants } = answer.config.assistants;
  const named = Object.values(assistants).flatMap(({ vendor, vapi: part }) =>
    part === undefined || !vendor.startsWith("vapi") ? [] : [part],
  );
  return setUpVapi({ options: { ...vapi, publicUrl }, tool, assistants: named }, fix);
}
