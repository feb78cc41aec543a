import type { PolicyIntent } from "../domain/closed-sets.ts";
import type { AssistantsFile, AssistantVendor, RetellPart, ToolSetup, VapiPart } from "./assistants-schema.ts";

export type AssistantConfig = {
  readonly instructions: string;
  readonly voice?: string;
  /** The tool that says who calls; absent: nobody is looked up. */
  readonly identify?: string;
  /** Matters this assistant is there for. */
  readonly handles: readonly PolicyIntent[];
  /** Names of tools that are on. */
  readonly tools: readonly string[];
  /** Who runs it. */
  readonly vendor: AssistantVendor;
  readonly vapi?: VapiPart;
  readonly retell?: RetellPart;
};

export type Assistants = {
  readonly assistants: Readonly<Record<string, AssistantConfig>>;
  readonly tools: Readonly<Record<string, ToolSetup>>;
};

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Puts `${TOOLS_…}` variables into tools' URLs and headers. Only that prefix is allowed: the configuration can be
 * edited over the API, and must not be able to send the gateway's own secrets anywhere.
 */
export function fillVariables(
  file: AssistantsFile,
  variables: Readonly<Record<string, string>>,
  place: (path: readonly PropertyKey[]) => string,
): { readonly assistants: Assistants; readonly notes: string[]; readonly problems: string[] } {
  const notes: string[] = [];
  const problems: string[] = [];
  const tools: Record<string, ToolSetup> = {};
  for (const [name, tool] of Object.entries(file.tools)) {
    const names = [tool.url, ...Object.values(tool.headers ?? {})].flatMap(variablesOf);
    const foreign = names.filter((variable) => !variable.startsWith("TOOLS_"));
    const missing = names.filter((variable) => variables[variable] === undefined);
    if (foreign.length > 0)
      problems.push(
        `${place(["tools", name])}: tool ${name} may only use variables that begin with TOOLS_, not ${foreign.join(", ")}`,
      );
    else if (missing.length > 0)
      notes.push(`${place(["tools", name])}: tool ${name} is off: ${missing.join(", ")} is not set`);
    else keepTool(name, filledTool(tool, variables));
  }
  return { assistants: { assistants: withLiveTools(file, tools), tools }, notes, problems };

  function keepTool(name: string, tool: ToolSetup): void {
    const address = tool.url.replaceAll(/\{\{[^}]*\}\}/g, "x");
    if (URL.canParse(address) && ["http:", "https:"].includes(new URL(address).protocol)) tools[name] = tool;
    else problems.push(`${place(["tools", name, "url"])}: tool ${name} has an address that is not http or https`);
  }
}

const variablesOf = (text: string): string[] => [...text.matchAll(VARIABLE)].map(([, name = ""]) => name);

function filledTool(tool: ToolSetup, variables: Readonly<Record<string, string>>): ToolSetup {
  const fill = (text: string) => text.replaceAll(VARIABLE, (_, name: string) => variables[name] ?? "");
  const { headers, ...rest } = tool;
  const filled = { ...rest, url: fill(tool.url) };
  if (headers === undefined) return filled;
  return {
    ...filled,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)])),
  };
}

function withLiveTools(
  file: AssistantsFile,
  tools: Readonly<Record<string, ToolSetup>>,
): Record<string, AssistantConfig> {
  return Object.fromEntries(
    Object.entries(file.assistants).map(([name, setup]) => {
      const { instructions, voice, identify, handles, tools: used, vendor, vapi, retell } = setup;
      const config: AssistantConfig = {
        instructions,
        handles,
        vendor,
        ...(vapi !== undefined && { vapi }),
        ...(retell !== undefined && { retell }),
        ...(voice !== undefined && { voice }),
        ...(identify !== undefined && Object.hasOwn(tools, identify) && { identify }),
        tools: used.filter((tool) => Object.hasOwn(tools, tool)),
      };
      return [name, config];
    }),
  );
}
