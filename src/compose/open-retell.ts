import { redact } from "../packet/redact.ts";
import type { HostedVisits } from "../ports/hosted-assistant.ts";
import type { ReplySource } from "../ports/writer.ts";
import { createGatedReplies } from "../runtime/text-replies/gated-replies.ts";
import { createOpenAiJudge } from "../vendors/openai/judge-replies.ts";
import { createOpenAiWriter } from "../vendors/openai/write-replies.ts";
import { createRetellEdge, type RetellEdge } from "../vendors/retell/retell-edge.ts";
import { openPassOn } from "./open-pass-on.ts";
import { type Bench, type Late, there } from "./bench.ts";

/** Retell's doors and agents; `undefined`: it has no key and is off. */
export function openRetell(bench: Bench, late: Late): RetellEdge | undefined {
  const { settings, config, stores, words, clock, log } = bench;
  const { retell, publicUrl } = settings;
  if (!retell) return undefined;
  const { assistants } = config.assistants;
  const visits: HostedVisits = {
    read: (token) => there(late.hosted).read(token),
    open: (visit, session) => there(late.hosted).open(visit, session),
  };
  return createRetellEdge({
    ...retell,
    publicUrl,
    agent: (assistant) => assistants[assistant]?.retell,
    visits,
    bridgeOf: (agentId) =>
      Object.values(assistants).find(({ retell: part }) => part?.agentId === agentId)?.retell?.bridgeNumber,
    bridged: () => there(late.bridged),
    greeting: (language) => words.line(language, "greeting", {}),
    replies: openReplies(bench),
    clock,
    once: stores.once,
    passOn: openPassOn(bench),
    log,
  });
}

/** What Warmline says where it is the model: OpenAI's text model behind the gate. */
function openReplies({ settings, judgement, clock, log }: Bench): ReplySource {
  const { openai } = settings;
  if (!openai) return { reply: () => Promise.resolve("failed") };
  const common = { ...openai, model: openai.scoringModel, clock, log };
  return createGatedReplies({
    writer: createOpenAiWriter(common),
    judge: createOpenAiJudge({ ...common, redact }),
    policy: judgement.fastPath.policy,
    clock,
  });
}
