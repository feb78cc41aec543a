import express, { type Router } from "express";

import { Fault } from "../../domain/fault.ts";
import type { CallId, EscalationId } from "../../domain/ids.ts";
import type { Cases } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { BridgedCallers, DialledAssistants } from "../../ports/hosted-assistant.ts";
import type { Numbers } from "../../ports/numbers.ts";
import type { Words } from "../../ports/words.ts";
import type { Log } from "../../telemetry/log.ts";
import { onAgentDocument, onAgentEnded, onAgentKey, onAgentStatus, onRoom } from "./agent-webhooks.ts";
import { type AnswerDeps, answerAway } from "./answer-leg.ts";
import {
  ACKNOWLEDGED,
  onAssistantEnded,
  onCallerDocument,
  onCallerEnded,
  onCallerKey,
  onCallerStatus,
  onFallback,
  onForwardEnded,
  onRoomWait,
  onStreamStatus,
  onVoice,
} from "./caller-webhooks.ts";
import type { Templates } from "./load-templates.ts";
import { parseAgentRoute } from "./parse-route.ts";
import { MalformedRequest } from "./read-fields.ts";
import type { Renderer } from "./render-document.ts";
import type { StreamSecrets } from "./stream-secrets.ts";
import { createTwilioUrls } from "./twilio-urls.ts";
import { door, readBody, refuseError, refuseMethod, type Webhook } from "./webhook-door.ts";

export type TwilioRoutesDeps = {
  /** Origin without a trailing slash; Twilio signs URLs that begin with it. */
  readonly publicUrl: string;
  readonly authToken: string;
  readonly templates: Templates;
  readonly secrets: StreamSecrets;
  readonly cases: Cases;
  readonly conversations: Pick<Conversations, "caller" | "saveCaller">;
  readonly numbers: Pick<Numbers, "of">;
  /** Callers of numbers that others host; absent: there are none. */
  readonly bridged?: Pick<BridgedCallers, "arrived">;
  /** Assistants that others host; absent: every one is streamed. */
  readonly dialled?: DialledAssistants;
  readonly words: Words;
  readonly clock: Pick<Clock, "now">;
  readonly callbackDueAt: AnswerDeps["callbackDueAt"];
  /** May this call have an assistant? False: the fixed lines and keys serve it. */
  readonly admit: (call: CallId) => Promise<boolean>;
  /** Is there a vendor behind this assistant? Absent: behind each one. */
  readonly hasAssistant?: (assistant: string) => boolean;
  /** What the agent hears before the key: one or two sentences from the packet. */
  readonly whisper: (escalation: EscalationId) => Promise<string>;
  readonly log: Log;
};

/**
 * Twilio's doors, below `PUBLIC_URL`. Mount it before any body parser: signatures are checked over the body as sent.
 * Events are idempotent in the core (H7), so nothing here remembers what came before.
 */
export function twilioRoutes(deps: TwilioRoutesDeps): Router {
  const renderer: Renderer = {
    templates: deps.templates,
    secrets: deps.secrets,
    urls: createTwilioUrls(deps.publicUrl),
  };
  const all = { ...deps, renderer };
  const router = express.Router();
  router.use("/twilio", readBody);
  const callback = (path: string, answer: (deps: typeof all, webhook: Webhook) => Promise<string>): void => {
    router.post(
      path,
      door(deps, (webhook) => answer(all, webhook)),
    );
    router.all(path, refuseMethod(deps.log));
  };
  const document = (
    path: string,
    again: Again,
    answer: (deps: typeof all, webhook: Webhook) => Promise<string>,
  ): void => callback(path, (_, webhook) => spoken(all, { again, path, webhook }, answer));

  const { urls } = renderer;
  const callersDocument = () => urls.caller.document;
  const agentsDocument = ({ query }: Webhook) => {
    const { call, offer } = parseAgentRoute(query);
    return urls.agent(call, offer).document;
  };
  document("/twilio/voice", () => urls.voice, onVoice);
  document("/twilio/fallback", () => urls.voice, onFallback);
  document("/twilio/document/caller", callersDocument, onCallerDocument);
  document("/twilio/ended/caller", callersDocument, onCallerEnded);
  document("/twilio/ended/assistant", callersDocument, onAssistantEnded);
  document("/twilio/ended/forward", () => urls.forwarded, onForwardEnded);
  document("/twilio/keys/caller", callersDocument, onCallerKey);
  document("/twilio/document/agent", agentsDocument, onAgentDocument);
  document("/twilio/ended/agent", agentsDocument, onAgentEnded);
  document("/twilio/keys/agent", agentsDocument, onAgentKey);
  callback("/twilio/wait/room", onRoomWait);
  callback("/twilio/status", onCallerStatus);
  callback("/twilio/status/agent", onAgentStatus);
  callback("/twilio/room", onRoom);
  callback("/twilio/stream", onStreamStatus);
  callback("/twilio/sms", async () => {
    deps.log.info({ door: "twilio", count: 1 }, "a text message came; nothing reads texts yet");
    return ACKNOWLEDGED;
  });
  router.use("/twilio", refuseError(deps.log));
  return router;
}

type Again = (webhook: Webhook) => string;

/**
 * A document is answered whatever happens inside: an error status would end the call, or send it to the number's
 * fallback. The leg hears a sentence and asks again. Only malformed requests, which no leg waits for, stay errors.
 */
async function spoken<Deps extends { readonly renderer: Renderer; readonly log: Log }>(
  deps: Deps,
  about: { readonly again: Again; readonly path: string; readonly webhook: Webhook },
  answer: (deps: Deps, webhook: Webhook) => Promise<string>,
): Promise<string> {
  try {
    return await answer(deps, about.webhook);
  } catch (err) {
    if (err instanceof MalformedRequest) throw err;
    const fault = err instanceof Fault ? { fault: err.code, blame: err.blame } : { fault: "bug" };
    deps.log.error({ door: "twilio", route: about.path, ...fault, err }, "a document could not be made; asked again");
    return answerAway(deps.renderer, about.again(about.webhook));
  }
}
