import { isJson, type Json, textOf } from "../openai/wire.ts";
import type { VapiFaults } from "./faults.ts";
import type { Utterance } from "./mouth.ts";

/** A call as far as it can be steered from outside. */
export type Steered = {
  readonly mind: { add(entry: { role: "system" | "user" | "assistant"; text: string }): void; think(): void };
  readonly mouth: { muted: boolean; stop(): void };
  readonly ear: { deaf: boolean };
  say(utterance: Utterance): void;
  tell(type: string, fields: Json): void;
  end(reason: string): void;
};

/** Obeys one message of the control URL (facts §8). False: there is no such message. */
export function obey(call: Steered, faults: VapiFaults, message: Json): boolean {
  switch (message["type"]) {
    case "say":
      if (!faults.deafToSay) say(call, message);
      return true;
    case "add-message":
      return addMessage(call, message);
    case "control":
      return control(call, textOf(message["control"]));
    case "end-call":
      call.end("assistant-ended-call");
      return true;
    case "transfer":
      call.tell("status-update", { status: "forwarding", destination: message["destination"] });
      call.end("assistant-forwarded-call");
      return true;
    case "send-transport-message":
      return true;
    default:
      return false;
  }
}

function say(call: Steered, message: Json): void {
  // Muted, nothing of the assistant's is heard: whether that holds of ordered lines is unverified, so it does.
  if (message["interruptAssistantEnabled"] === true) call.mouth.stop();
  call.say({
    text: textOf(message["content"]),
    source: "force-say",
    interruptible: message["interruptionsEnabled"] !== false,
    endsCall: message["endCallAfterSpoken"] === true,
  });
}

function addMessage(call: Steered, message: Json): boolean {
  const added = message["message"];
  if (!isJson(added)) return false;
  const { role } = added;
  const text = textOf(added["content"]);
  if (role !== "system" && role !== "user" && role !== "assistant") return false;
  call.mind.add({ role, text });
  if (message["triggerResponseEnabled"] !== false) call.mind.think();
  return true;
}

function control(call: Steered, what: string): boolean {
  switch (what) {
    case "mute-assistant":
      call.mouth.muted = true;
      call.mouth.stop();
      return true;
    case "unmute-assistant":
      call.mouth.muted = false;
      return true;
    case "mute-customer":
      call.ear.deaf = true;
      return true;
    case "unmute-customer":
      call.ear.deaf = false;
      return true;
    case "say-first-message":
      return true;
    default:
      return false;
  }
}
