import { tone } from "../audio/tones.ts";
import { interruptionOf } from "./call.ts";
import { Playout } from "./playout.ts";
import { flagOf, methodOf, numberOf, resolveUrl, type Next, type Run } from "./run.ts";
import { newSid } from "./sid.ts";
import { standardParams } from "./status-callback.ts";
import type { XmlElement } from "./xml.ts";

/** `<Record>` as far as a gateway can see it: the beep, the end conditions, the action. The audio is in the leg's recording. */
export async function runRecord(run: Run, verb: XmlElement): Promise<Next> {
  const { carrier, call, signal } = run;
  const over = Promise.withResolvers<string>();
  const finishOn = verb.attributes.get("finishOnKey") ?? "1234567890*#";
  const silenceMs = numberOf(verb, "timeout", 5) * 1000;
  let quietMs = 0;
  const playout = new Playout("<Record>", {
    digit: (digit) => {
      if (finishOn.includes(digit)) over.resolve(digit);
    },
    frame: (frame) => {
      quietMs = frame === undefined ? quietMs + 20 : 0;
      if (silenceMs > 0 && quietMs >= silenceMs) over.resolve("");
    },
  });
  const stop = () => over.resolve("hangup");
  signal.addEventListener("abort", stop, { once: true });
  const unplug = call.leg.plug(playout);
  if (flagOf(verb, "playBeep", true)) await playout.mouth.say(tone([1_000], 250));
  const startedAt = carrier.clock();
  const cancel = carrier.timers.after(numberOf(verb, "maxLength", 3_600) * 1000, () => over.resolve(""));
  const digits = await over.promise;
  cancel();
  unplug();
  signal.removeEventListener("abort", stop);
  return afterRecord(run, verb, { digits, seconds: Math.round((carrier.clock() - startedAt) / 1000) });
}

function afterRecord(run: Run, verb: XmlElement, made: { digits: string; seconds: number }): Next {
  const { carrier, call, signal } = run;
  const sid = newSid("RE");
  const params = {
    RecordingSid: sid,
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${carrier.accountSid}/Recordings/${sid}`,
    RecordingDuration: String(made.seconds),
    Digits: made.digits,
  };
  const action = verb.attributes.get("action") ?? run.page.base?.url;
  if (action === undefined) return { kind: "hang-up" };
  const url = resolveUrl(run, action);
  const method = methodOf(verb, "method");
  // A caller who hangs up still leaves a recording, and the gateway is told.
  if (signal.aborted && interruptionOf(signal).kind === "ended") {
    const whole = { ...standardParams(carrier, call), ...params };
    void carrier.webhooks.send({ purpose: "document", method, url, params: whole, callSid: call.sid });
  }
  return { kind: "go", url, method, params };
}
