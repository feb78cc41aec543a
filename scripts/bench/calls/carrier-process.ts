// The carrier, its callers and the agents' phones, in a process of their own: who asks for a person, who just talks, and
// what each of them heard when.
import { setTimeout as sleep } from "node:timers/promises";
import { longestSilence } from "../../../lab/audio/analyse.ts";
import { clip } from "../../../lab/audio/clips.ts";
import { type Ear, listenTo } from "../../../lab/people/ear.ts";
import { environment, PLAIN_NUMBER, pointNumbersAt, startTwins } from "../../../lab/rig/start-rig.ts";
import type { Handset } from "../../../lab/twilio/handset.ts";
import type { Phone } from "../../../lab/twilio/phone-book.ts";
import type { TwilioTwin } from "../../../lab/twilio/twin.ts";
import { heardAt } from "../../../test/calls/caller-line.ts";
import { silenceIn } from "../../../test/calls/line-silence.ts";
import { onOrders } from "../handoff/start-part.ts";

type Row = { readonly at: string; readonly state: string };

export type CarrierOrder =
  | {
      readonly do: "open";
      readonly gateway: string;
      readonly callsPerSecond: number;
      /** Agents' telephones. */
      readonly phones: readonly string[];
    }
  /** Everybody tells what they call about from their greeting on; answered when the last one has been greeted. */
  | { readonly do: "arrive"; readonly calls: number; readonly apartMs: number }
  /** The first so many hear their last answer and ask for a person, all at once; the others go on talking. */
  | { readonly do: "ask"; readonly asking: number }
  /** What the callers heard. `cases`: the timeline of each call that has one; `lines`: sentences to look for. */
  | {
      readonly do: "tell";
      readonly cases: readonly { readonly callSid: string; readonly rows: readonly Row[] }[];
      readonly lines: readonly string[];
    };

/** One call that led to a case. Times are wall-clock milliseconds. */
export type Heard = {
  readonly callSid: string;
  /** When the carrier was first asked to ring somebody for it. */
  readonly requestedAt?: number;
  /** When the caller began to hear one of the sentences. */
  readonly promisedAt?: number;
  /** Longest stretch without a voice while somebody was being got. */
  readonly silenceMs: number;
};

export type CarrierAnswer = {
  readonly env?: Readonly<Record<string, string>>;
  /** All that are up, in the order of their arrival. */
  readonly calls?: readonly string[];
  readonly heard?: readonly Heard[];
  /** Longest stretch without a voice of each call that only talked. */
  readonly talkedSilencesMs?: readonly number[];
};

/** A caller's own pause after an answer; it is in every stretch that is measured. */
const PAUSE_MS = 500;
const PATIENCE_MS = 30_000;

let twilio: TwilioTwin | undefined;
const callers: Handset[] = [];
/** The longest stretch without a voice of each talk, in milliseconds, when it is over. */
const talks = new Map<Handset, Promise<number>>();
const talking = new Set<Handset>();

onOrders(async (order: CarrierOrder): Promise<CarrierAnswer> => {
  if (order.do === "open") return open(order);
  if (!twilio) throw new Error("the carrier was not opened");
  switch (order.do) {
    case "arrive":
      callers.push(...(await arrive(twilio, order)));
      return { calls: callers.map(({ callSid }) => callSid) };
    case "ask":
      await askForPerson(callers.slice(0, order.asking));
      return {};
    case "tell":
      return tell(twilio, order);
    default:
      return order satisfies never;
  }
});

async function open({
  gateway,
  callsPerSecond,
  phones,
}: Extract<CarrierOrder, { do: "open" }>): Promise<CarrierAnswer> {
  const twins = await startTwins({ callsPerSecond });
  ({ twilio } = twins);
  pointNumbersAt(twilio, gateway);
  for (const address of phones) void picksUp(twilio.phone(address, { kind: "answers", afterMs: 800 }));
  return { env: environment({ callsPerSecond }, twins) };
}

/** Hears that a key is asked for, presses it, and says nothing more. */
async function picksUp(phone: Phone): Promise<void> {
  const handset = await phone.nextAnswer(10 * 60_000);
  await handset.untilAsked();
  await handset.press("1");
}

/** Those who were greeted; who was not is missing, and shows as such. */
async function arrive(
  carrier: TwilioTwin,
  { calls, apartMs }: Extract<CarrierOrder, { do: "arrive" }>,
): Promise<readonly Handset[]> {
  const all = await Promise.allSettled(
    Array.from({ length: calls }, async (_, place) => {
      await sleep(place * apartMs);
      return greeted(carrier, carrier.callIn({ from: `+1415555${2_000 + place}`, to: PLAIN_NUMBER }));
    }),
  );
  const missing = all.filter(({ status }) => status === "rejected").length;
  if (missing > 0) process.stderr.write(`calls: ${missing} of ${calls} callers were not greeted\n`);
  return all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

async function greeted(carrier: TwilioTwin, caller: Handset): Promise<Handset> {
  await caller.answered;
  const { callSid } = caller;
  await carrier.log.waitFor("stream", (it) => it.callSid === callSid && it.event === "first-audio", PATIENCE_MS);
  const ear = listenTo(caller);
  try {
    await ear.untilSpokenTo(300, PATIENCE_MS);
  } finally {
    ear.close();
  }
  talking.add(caller);
  talks.set(caller, talk(caller));
  return caller;
}

async function askForPerson(asking: readonly Handset[]): Promise<void> {
  for (const caller of asking) talking.delete(caller);
  await Promise.all(asking.flatMap((caller) => talks.get(caller) ?? []));
  await Promise.all(asking.map((caller) => caller.say(clip("speak-to-human").audio)));
}

/** Says things that bring nobody a person and hears the answers, each caller in their own time, until they stop. */
async function talk(caller: Handset): Promise<number> {
  const from = Date.now();
  const ear = listenTo(caller);
  for (let turn = 0; talking.has(caller); turn += 1) {
    await caller.say(clip(turn % 2 === 0 ? "last-tuesday" : "card-ends-in").audio);
    await answered(ear);
  }
  ear.close();
  const { heard, said } = caller.recording;
  const to = Date.now();
  return Math.round(longestSilence(heard.between(from, to), said.between(from, to)).ms);
}

/** Who is never answered waits in vain, and that is their silence. */
async function answered(ear: Ear): Promise<void> {
  try {
    await ear.untilSpokenTo(PAUSE_MS, PATIENCE_MS);
  } catch (error) {
    process.stderr.write(`calls: a caller was not answered: ${String(error)}\n`);
  }
}

async function tell(
  carrier: TwilioTwin,
  { cases, lines }: Extract<CarrierOrder, { do: "tell" }>,
): Promise<CarrierAnswer> {
  // Looking for a sentence in a recording takes this process a while, in which nobody would hear or say anything.
  talking.clear();
  const talkedSilencesMs = await Promise.all(talks.values());
  const heard = cases.flatMap(({ callSid, rows }) => {
    const caller = callers.find((one) => one.callSid === callSid);
    return caller ? [heardBy(carrier, caller, { rows, lines })] : [];
  });
  return { heard, talkedSilencesMs };
}

function heardBy(
  carrier: TwilioTwin,
  caller: Handset,
  { rows, lines }: { readonly rows: readonly Row[]; readonly lines: readonly string[] },
): Heard {
  const { callSid } = caller;
  const about = `call=call-${callSid.slice(2)}`;
  const [request] = carrier.log.of(
    "rest",
    ({ method, path, params }) =>
      method === "POST" &&
      path.endsWith("/Calls.json") &&
      Object.values(params).some((values) => values.some((value) => value.includes(about))),
  );
  const [promisedAt] = lines.flatMap((line) => heardAt(caller, line).map(({ at }) => at)).toSorted((a, b) => a - b);
  return {
    callSid,
    silenceMs: silenceIn(caller, rows),
    ...(request && { requestedAt: request.at }),
    ...(promisedAt !== undefined && { promisedAt }),
  };
}
