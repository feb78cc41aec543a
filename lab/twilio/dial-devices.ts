import { RINGBACK } from "../audio/tones.ts";
import { Bridge } from "./bridge.ts";
import { isTerminal, type Call } from "./call.ts";
import { createCall, endCall, hangUpCall } from "./call-life.ts";
import { DocumentError } from "./document.ts";
import { Playout } from "./playout.ts";
import { ringFarEnd } from "./ring-far-end.ts";
import { flagOf, methodOf, numberOf, resolveUrl, type Run } from "./run.ts";
import type { FormFields } from "./signature.ts";
import { newSid } from "./sid.ts";
import { readStatusCallback } from "./status-callback.ts";
import { whisper } from "./whisper.ts";
import { elements, textOf, type XmlElement } from "./xml.ts";

type Target = { to: string; noun: XmlElement };

/** `<Dial>` to numbers, SIP addresses and clients: all ring at once, the first to answer is bridged. */
export async function dialDevices(run: Run, verb: XmlElement): Promise<FormFields> {
  const { carrier, call, signal } = run;
  const targets = targetsOf(verb);
  if (targets.length === 0) throw new DocumentError(13_223, "<Dial> names nobody to dial");
  const children = targets.map((target) => placeChild(run, verb, target));
  const ringing = new Playout("<Dial>");
  const unplug = call.leg.plug(ringing);
  if (!flagOf(verb, "answerOnBridge", false)) void ringback(ringing, children);
  const stop = () => {
    for (const child of children) hangUpCall(carrier, child, "parent");
  };
  signal.addEventListener("abort", stop, { once: true });
  const won = await firstAnswered(run, children, targets);
  ringing.mouth.shut();
  unplug();
  for (const child of children) if (child !== won) hangUpCall(carrier, child, "parent");
  if (won !== undefined) await bridge(run, verb, won);
  signal.removeEventListener("abort", stop);
  return resultOf(children, won);
}

function targetsOf(verb: XmlElement): Target[] {
  const nouns = elements(verb).map((noun) => ({ to: addressOf(noun), noun }));
  const bare = nouns.length === 0 ? textOf(verb) : "";
  return bare === "" ? nouns : [{ to: bare, noun: { name: "Number", attributes: new Map(), children: [bare] } }];
}

function addressOf(noun: XmlElement): string {
  const identity = elements(noun).find((child) => child.name === "Identity");
  const text = textOf(identity ?? noun);
  return noun.name === "Client" ? `client:${text}` : text;
}

function placeChild(run: Run, verb: XmlElement, target: Target): Call {
  const { carrier, call } = run;
  const child = createCall(carrier, {
    sid: newSid("CA"),
    direction: "outbound-dial",
    from: verb.attributes.get("callerId") ?? call.facts.from,
    to: target.to,
    parentSid: call.sid,
  });
  const { attributes } = target.noun;
  const callback = attributes.get("statusCallback");
  child.statusCallback = readStatusCallback(carrier, callback && resolveUrl(run, callback), {
    method: attributes.get("statusCallbackMethod"),
    events: (attributes.get("statusCallbackEvent") ?? "").split(" ").filter((word) => word !== ""),
  });
  ringFarEnd(carrier, child, numberOf(verb, "timeout", 30) * 1000);
  return child;
}

async function ringback(ringing: Playout, children: readonly Call[]): Promise<void> {
  const anyRings = () => children.some((child) => !child.over && child.answeredAt === undefined);
  while (anyRings()) await ringing.mouth.say(RINGBACK);
}

/** The first child that answers and, where the noun has a `url`, stays through its whisper. */
async function firstAnswered(
  run: Run,
  children: readonly Call[],
  targets: readonly Target[],
): Promise<Call | undefined> {
  const tries = children.map(async (child, index) => {
    await Promise.race([child.answered, child.ended]);
    const url = targets[index]?.noun.attributes.get("url");
    if (!child.over && url !== undefined && url !== "") {
      const method = methodOf(targets[index]?.noun ?? (run.page.verbs[0] as XmlElement), "method");
      await whisper(run.carrier, child, { kind: "url", url: resolveUrl(run, url), method });
    }
    if (child.over) throw new Error("did not answer");
    return child;
  });
  // Every try ends: a child is answered, or its time-out ends it.
  return Promise.any(tries).catch(() => undefined);
}

async function bridge(run: Run, verb: XmlElement, child: Call): Promise<void> {
  const { carrier, call } = run;
  const hangUp = () => endCall(carrier, child, { status: "completed", sipCode: 200, by: "parent" });
  const pair = new Bridge(flagOf(verb, "hangupOnStar", false) ? hangUp : undefined);
  const unplugParent = call.leg.plug(pair.first);
  const unplugChild = child.leg.plug(pair.second);
  const cancel = carrier.timers.after(numberOf(verb, "timeLimit", 14_400) * 1000, hangUp);
  const stop = new AbortController();
  const unbridged = Promise.withResolvers<void>();
  stop.signal.addEventListener("abort", () => unbridged.resolve(), { once: true });
  // REST may redirect the child too: it leaves, and the parent's dial is over.
  child.running = { stop, done: unbridged.promise };
  await Promise.race([child.ended, unbridged.promise]);
  cancel();
  unplugParent();
  unplugChild();
}

function resultOf(children: readonly Call[], won: Call | undefined): FormFields {
  const last = won ?? children.at(-1);
  if (last === undefined) return { DialCallStatus: "failed" };
  const status = won === undefined && isTerminal(last.status) ? last.status : "completed";
  return {
    DialCallStatus: status,
    DialCallSid: last.sid,
    DialCallDuration: String(last.durationSeconds),
    DialBridged: String(won !== undefined),
    DialSipResponseCode: String(last.end?.sipCode ?? 200),
  };
}
