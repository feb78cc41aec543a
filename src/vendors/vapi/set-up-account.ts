import { VapiError } from "@vapi-ai/server-sdk";
import { z } from "zod";
import type { AssistantTool } from "../../ports/assistant.ts";
import { functionTool, serverOf } from "./call-overrides.ts";
import type { VapiAssistant, VapiOptions } from "./vapi-options.ts";
import { createVapiClient } from "./websocket-assistant.ts";

export type SetUpFinding = { readonly what: string; readonly ok: boolean; readonly note: string };

export type SetUpAsk = {
  readonly options: VapiOptions;
  /** What an assistant asks for a person with; calls of ours bring it along, and others take it from the account. */
  readonly tool: AssistantTool;
  readonly assistants: readonly VapiAssistant[];
};

const listedTool = z.looseObject({
  id: z.string(),
  type: z.string(),
  function: z.looseObject({ name: z.string().optional() }).nullish(),
  server: z.looseObject({ url: z.string().optional() }).nullish(),
});
const listedNumber = z.looseObject({
  id: z.string(),
  sipUri: z.string().nullish(),
  assistantId: z.string().nullish(),
  server: z.looseObject({ url: z.string().optional() }).nullish(),
});

/**
 * Holds a Vapi account against what the gateway needs: its tool for asking for a person, the assistants it names, and SIP
 * numbers that ask us who answers. With `fix` it creates and updates, and says what. Never rejects.
 */
export async function setUpVapi(ask: SetUpAsk, fix: boolean): Promise<readonly SetUpFinding[]> {
  const client = createVapiClient(ask.options);
  const found: SetUpFinding[] = [];
  try {
    found.push(await theTool(client, ask, fix));
    for (const assistant of ask.assistants) {
      found.push(await theAssistant(client, assistant));
      if (assistant.sipUri !== undefined) found.push(await theNumber(client, ask, { assistant, fix }));
    }
    return found;
  } catch (error) {
    return [...found, { what: "Vapi", ok: false, note: `${statusOf(error)}: check VAPI_API_KEY and VAPI_API_URL` }];
  }
}

type Client = ReturnType<typeof createVapiClient>;

async function theTool(client: Client, { options, tool }: SetUpAsk, fix: boolean): Promise<SetUpFinding> {
  const what = `Vapi tool ${tool.name}`;
  const wanted = functionTool(tool, serverOf(options, {}));
  const tools = z.array(listedTool).parse(await client.tools.list());
  const known = tools.find((each) => each.type === "function" && each.function?.name === tool.name);
  if (known === undefined) {
    if (fix) await client.tools.create(wanted);
    return change(what, "create it", fix);
  }
  const same = isSame(known.function, wanted.function) && known.server?.url === wanted.server.url;
  if (same) return { what, ok: true, note: "is there, and as it should be" };
  if (fix) await client.tools.update({ id: known.id, body: wanted });
  const fields = isSame(known.function, wanted.function) ? "server" : "function, server";
  return change(what, `update ${fields}`, fix);
}

async function theAssistant(client: Client, { assistantId }: VapiAssistant): Promise<SetUpFinding> {
  const what = `Vapi assistant ${assistantId}`;
  try {
    await client.assistants.get({ id: assistantId });
    return { what, ok: true, note: "is there" };
  } catch (error) {
    return { what, ok: false, note: `${statusOf(error)}: check vapi.assistantId in config/assistants.yaml` };
  }
}

async function theNumber(
  client: Client,
  { options }: SetUpAsk,
  { assistant, fix }: { readonly assistant: VapiAssistant; readonly fix: boolean },
): Promise<SetUpFinding> {
  const { sipUri = "" } = assistant;
  const what = `Vapi number ${sipUri}`;
  const server = serverOf(options, assistant);
  const numbers = z.array(listedNumber).parse(await client.phoneNumbers.list());
  const known = numbers.find((each) => each.sipUri?.toLowerCase() === sipUri.toLowerCase());
  if (known === undefined) {
    if (fix) await client.phoneNumbers.create({ provider: "vapi", sipUri, server });
    return change(what, "create it", fix);
  }
  if (typeof known.assistantId === "string")
    return { what, ok: false, note: "has an assistant of its own: take it away, so that each call is asked about" };
  if (known.server?.url === server.url) return { what, ok: true, note: `asks ${server.url ?? ""}` };
  if (fix) await client.phoneNumbers.update({ id: known.id, body: { provider: "vapi", server } });
  return change(what, "update server", fix);
}

const change = (what: string, doing: string, fix: boolean): SetUpFinding => ({
  what,
  ok: fix,
  note: fix ? `${doing}: done` : `${doing}: run npm run doctor -- --fix`,
});

const statusOf = (error: unknown): string =>
  error instanceof VapiError && error.statusCode !== undefined ? `status ${error.statusCode}` : "no answer";

/** The vendor may write the same object with its fields in another order, and add some. */
function isSame(theirs: unknown, ours: unknown): boolean {
  if (typeof ours !== "object" || ours === null) return theirs === ours;
  if (typeof theirs !== "object" || theirs === null) return false;
  return Object.entries(ours).every(([field, value]) => isSame(Reflect.get(theirs, field), value));
}
