import Retell, { APIError } from "retell-sdk";
import type { AssistantTool } from "../../ports/assistant.ts";

export type SetUpFinding = { readonly what: string; readonly ok: boolean; readonly note: string };

type GeneralTool = NonNullable<Retell.LlmResponse["general_tools"]>[number];
type Custom = Extract<GeneralTool, { type: "custom" }>;

/** What the gateway answers may take, in milliseconds. */
const TIMEOUT_MS = 20_000;
/** Tools that the gateway answers by taking over: the model does not speak about them. */
const TAKES_OVER: ReadonlySet<string> = new Set(["escalate_to_human", "request_callback", "cancel_handoff"]);

/**
 * Holds the functions of a Retell-hosted agent against ours, and with `fix` creates or updates them; other tools of the
 * agent stay as they are. Answers what it found or changed, one line a tool. Never rejects.
 */
export async function setUpRetellAgent(
  about: {
    readonly apiKey: string;
    readonly apiUrl?: string | undefined;
    readonly publicUrl: string;
    readonly agentId: string;
    readonly tools: readonly AssistantTool[];
  },
  fix: boolean,
): Promise<readonly SetUpFinding[]> {
  const { apiKey, apiUrl, agentId, publicUrl, tools } = about;
  const what = `Retell agent ${agentId}`;
  const client = new Retell({
    apiKey,
    maxRetries: 0,
    logLevel: "off",
    ...(apiUrl !== undefined && { baseURL: apiUrl }),
  });
  try {
    const { response_engine: engine } = await client.agent.retrieve(agentId);
    if (engine.type !== "retell-llm") {
      const note = `its engine is ${engine.type}: functions are set up by hand there, at ${publicUrl}/retell/functions/NAME`;
      return [{ what, ok: engine.type === "custom-llm", note }];
    }
    const now = (await client.llm.retrieve(engine.llm_id)).general_tools ?? [];
    const wanted = tools.map((tool) => functionOf(tool, publicUrl));
    const changes = wanted.flatMap((tool) => changeOf(now, tool));
    if (changes.length === 0) return [{ what, ok: true, note: `has all ${wanted.length} functions` }];
    if (fix) await client.llm.update(engine.llm_id, { general_tools: merged(now, wanted) });
    return changes.map((change) => ({
      what,
      ok: fix,
      note: fix ? `${change}: done` : `${change}: run npm run doctor -- --fix`,
    }));
  } catch (error) {
    const status =
      error instanceof APIError && typeof error.status === "number" ? `status ${error.status}` : "no answer";
    return [{ what, ok: false, note: `${status}: check RETELL_API_KEY and the agent's id` }];
  }
}

/** No field for a telephone number: `escalate_to_human` takes reason, team and summary (the tool's own schema). */
function functionOf({ name, description, parameters }: AssistantTool, publicUrl: string): Custom {
  return {
    type: "custom",
    name,
    description,
    url: `${publicUrl}/retell/functions/${name}`,
    method: "POST",
    args_at_root: false,
    timeout_ms: TIMEOUT_MS,
    speak_during_execution: false,
    speak_after_execution: !TAKES_OVER.has(name),
    parameters: { ...parameters, type: "object", properties: propertiesOf(parameters) },
  };
}

const propertiesOf = ({ properties }: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  typeof properties === "object" && properties !== null ? { ...properties } : {};

function changeOf(now: readonly GeneralTool[], wanted: Custom): string[] {
  const known = now.find(({ name }) => name === wanted.name);
  if (known === undefined) return [`create ${wanted.name}`];
  const fields = Object.entries(wanted).filter(([field, value]) => !isSame(Reflect.get(known, field), value));
  return fields.length === 0 ? [] : [`update ${wanted.name} (${fields.map(([field]) => field).join(", ")})`];
}

/** The vendor may write the same object with its fields in another order. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}

function merged(now: readonly GeneralTool[], wanted: readonly Custom[]): GeneralTool[] {
  const others = now.filter(({ name }) => !wanted.some((tool) => tool.name === name));
  return [...others, ...wanted];
}
