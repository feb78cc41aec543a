import { joinAudio, keyTone, silence } from "../audio/tones.ts";
import { loadAudio } from "./load-audio.ts";
import type { Mouth } from "./mouth.ts";
import { Playout } from "./playout.ts";
import { numberOf, resolveUrl, type Next, type Run } from "./run.ts";
import { textOf, type XmlElement } from "./xml.ts";

/** `<Say>`, `<Play>` or `<Pause>` on the call's own leg. */
export async function runPrompt(run: Run, verb: XmlElement): Promise<Next> {
  const playout = new Playout(`<${verb.name}>`);
  const unplug = run.call.leg.plug(playout);
  await speakPrompt(run, verb, playout.mouth, run.signal);
  unplug();
  return { kind: "next" };
}

/** Speaks one prompt verb into `mouth`, in real time; ends early when `signal` aborts. */
export async function speakPrompt(run: Run, verb: XmlElement, mouth: Mouth, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  if (verb.name === "Pause") {
    await run.carrier.timers.sleep(numberOf(verb, "length", 1) * 1000, signal);
    return;
  }
  const audio = verb.name === "Say" ? sayAudio(run, verb) : await playAudio(run, verb);
  const stop = () => mouth.stop();
  signal.addEventListener("abort", stop, { once: true });
  const times = numberOf(verb, "loop", 1) || 1_000;
  for (let time = 0; time < times && !signal.aborted; time++) await mouth.say(audio);
  signal.removeEventListener("abort", stop);
}

function sayAudio(run: Run, verb: XmlElement): Uint8Array {
  const text = textOf(verb);
  if (text.length > 4_096) run.carrier.log.warn(12_200, "<Say> is limited to 4096 characters", run.call.sid);
  return text === "" ? new Uint8Array() : run.carrier.voice(text, verb.attributes.get("language") ?? "en-US");
}

async function playAudio(run: Run, verb: XmlElement): Promise<Uint8Array> {
  const digits = verb.attributes.get("digits");
  if (digits !== undefined) {
    const parts = Array.from(digits, (digit) => (digit === "w" ? silence(500) : keyTone(digit)));
    return joinAudio(parts.flatMap((part) => [part, silence(100)]));
  }
  return loadAudio(run.carrier, resolveUrl(run, textOf(verb)), run.call.sid);
}
