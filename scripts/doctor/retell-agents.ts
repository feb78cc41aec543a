// The functions of every Retell agent that the configuration names, held against the gateway's own.
import { loadConfig } from "../../src/config/load-config.ts";
import type { Settings } from "../../src/config/settings.ts";
import { OWN_TOOLS } from "../../src/runtime/live/own-tools.ts";
import { setUpRetellAgent } from "../../src/vendors/retell/set-up-agent.ts";
import type { Finding } from "./finding.ts";

/** `fix` creates and updates what differs. A configuration that cannot be read is another check's finding. */
export async function retellAgents(settings: Settings, fix: boolean): Promise<readonly Finding[]> {
  const { retell, publicUrl, configDir, toolVariables } = settings;
  if (!retell) return [{ what: "Retell", ok: true, note: "off: RETELL_API_KEY is absent", aside: true }];
  const answer = await loadConfig(configDir, toolVariables);
  if (!answer.ok) return [];
  const { assistants, tools } = answer.config.assistants;
  const hosted = Object.values(assistants).filter(({ vendor }) => vendor === "retell");
  const found = hosted.map(({ retell: agent, tools: names }) => {
    const configured = names.flatMap((name) => {
      const tool = tools[name];
      return tool === undefined ? [] : [{ name, description: tool.description, parameters: { ...tool.parameters } }];
    });
    const agentId = agent?.agentId ?? "";
    const { bridgeNumber } = agent ?? {};
    return setUpRetellAgent({ ...retell, publicUrl, agentId, bridgeNumber, tools: [...OWN_TOOLS, ...configured] }, fix);
  });
  const named = { what: "Retell", ok: true, note: `${hosted.length} hosted agents are named in assistants.yaml` };
  return [named, ...(await Promise.all(found)).flat()];
}
