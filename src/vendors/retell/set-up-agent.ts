import Retell, { APIError } from "retell-sdk";
import type { AssistantTool } from "../../ports/assistant.ts";
import { ESCALATE, TRANSFER_TOOL, TRANSFER_WITH_CODE } from "./hosted-number.ts";

export type SetUpFinding = { readonly what: string; readonly ok: boolean; readonly note: string };

type GeneralTool = NonNullable<Retell.LlmResponse["general_tools"]>[number];
type Custom = Extract<GeneralTool, { type: "custom" }>;
type Transfer = Extract<GeneralTool, { type: "transfer_call" }>;

/** Set by the answer to `escalate_to_human`, dialled by the transfer. */
const CODE_VARIABLE = "warmline_code";

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
    /** For numbers that Retell hosts; absent: the agent is only dialled by us. */
    readonly bridgeNumber?: string | undefined;
  },
  fix: boolean,
): Promise<readonly SetUpFinding[]> {
  const { apiKey, apiUrl, agentId, publicUrl, tools, bridgeNumber } = about;
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
    const transfer = bridgeNumber === undefined ? [] : transfersTo(bridgeNumber);
    const wanted = [...tools.map((tool) => functionOf(tool, { publicUrl, bridged: transfer.length > 0 })), ...transfer];
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

/**
 * No field for a telephone number: `escalate_to_human` takes reason, team and summary (the tool's own schema). A model that
 * is to transfer by itself (`bridged`) has to be asked again once the function has answered, or it would never do so.
 */
function functionOf(
  { name, description, parameters }: AssistantTool,
  { publicUrl, bridged }: { readonly publicUrl: string; readonly bridged: boolean },
): Custom {
  return {
    type: "custom",
    name,
    description,
    url: `${publicUrl}/retell/functions/${name}`,
    method: "POST",
    args_at_root: false,
    timeout_ms: TIMEOUT_MS,
    speak_during_execution: false,
    ...(bridged && name === ESCALATE && { response_variables: { [CODE_VARIABLE]: "extension" } }),
    speak_after_execution: !TAKES_OVER.has(name) || (bridged && name === ESCALATE),
    parameters: { ...parameters, type: "object", properties: propertiesOf(parameters) },
  };
}

/** The caller's own number goes along: by it they are known at the bridge. The destination is the admin's, not the model's. */
const transferTo = (name: string, number: string, extension?: string): Transfer => ({
  type: "transfer_call",
  name,
  description: "Only when escalate_to_human told you to call it.",
  speak_during_execution: false,
  transfer_destination: { type: "predefined", number, ...(extension !== undefined && { extension }) },
  transfer_option: { type: "cold_transfer", cold_transfer_mode: "sip_invite", show_transferee_as_caller: true },
});

/** Two tools: what becomes of an extension whose variable was never set is not documented. */
const transfersTo = (number: string): readonly Transfer[] => [
  transferTo(TRANSFER_TOOL, number),
  transferTo(TRANSFER_WITH_CODE, number, `{{${CODE_VARIABLE}}}`),
];

const propertiesOf = ({ properties }: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  typeof properties === "object" && properties !== null ? { ...properties } : {};

function changeOf(now: readonly GeneralTool[], wanted: Custom | Transfer): string[] {
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

function merged(now: readonly GeneralTool[], wanted: readonly (Custom | Transfer)[]): GeneralTool[] {
  const others = now.filter(({ name }) => !wanted.some((tool) => tool.name === name));
  return [...others, ...wanted];
}
