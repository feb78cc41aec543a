// The model, in a process of its own: scripted answers that never escalate by themselves.
import { exactSentences } from "../../../lab/openai/exact-sentences.ts";
import { scriptedBrain } from "../../../lab/openai/scripted-brain.ts";
import { startTwins } from "../../../lab/rig/start-rig.ts";
import type { OpenAiTwin } from "../../../lab/openai/twin.ts";
import { onOrders } from "../handoff/start-part.ts";

export type ModelOrder = { readonly do: "open" } | { readonly do: "tell" };

export type ModelAnswer = {
  /** What the gateway must be told to find the model. */
  readonly env?: Readonly<Record<string, string>>;
  /** The fixed sentences it was made to say, each once. */
  readonly lines?: readonly string[];
};

let openai: OpenAiTwin | undefined;

onOrders(async (order: ModelOrder): Promise<ModelAnswer> => {
  if (order.do === "tell") return { lines: [...new Set((openai?.log ?? []).flatMap(lineIn))] };
  ({ openai } = await startTwins({
    brain: scriptedBrain([
      { hears: /human|person/iu, does: [{ say: "I understand." }] },
      { hears: /hello|still there/iu, does: [{ say: "I am still here with you." }] },
      { hears: /tuesday|card ends/iu, does: [{ say: "Thank you, I have noted that." }] },
    ]),
  }));
  return { env: { OPENAI_API_KEY: openai.apiKey, OPENAI_BASE_URL: openai.baseUrl } };
});

function lineIn({ type, event }: OpenAiTwin["log"][number]): string[] {
  const { instructions } = (event["response"] ?? {}) as { instructions?: unknown };
  const text =
    type === "response.create" && typeof instructions === "string" ? exactSentences(instructions) : undefined;
  return text === undefined ? [] : [text];
}
