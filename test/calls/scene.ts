// What every call test shares: a gateway process among the twins, agents at their desks, and a caller who soon asks for
// a person. Times are wall-clock milliseconds, as in the twins' logs.

import { rm } from "node:fs/promises";

import { clip } from "../../lab/audio/clips.ts";
import type { Brain } from "../../lab/openai/brain.ts";
import { type ScriptRow, scriptedBrain } from "../../lab/openai/scripted-brain.ts";
import { openDeskSeat, type DeskSeat, type Frame } from "../../lab/people/desk-seat.ts";
import { hireAgent } from "../../lab/people/hire-agent.ts";
import { listenTo } from "../../lab/people/ear.ts";
import type { RigAssistant } from "../../lab/rig/hosted-twins.ts";
import { DESK_KEY, PLAIN_NUMBER, type Rig, startRig } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Phone, PhoneBehaviour, Ring } from "../../lab/twilio/phone-book.ts";
import { freshDataDir } from "./fresh-data-dir.ts";
import { noCallTooQuiet } from "./line-silence.ts";
import { configWith, type NumberSetting } from "./numbers.ts";
import { ROOT } from "./root.ts";

export const CALLER = "+14155550142";
/** What the lab's carrier signs with. */
export const TWILIO_TOKEN = "lab-auth-token-00000000000000000";

/** One agent: a desk that paints what it is shown, and a phone. */
export type Agent = { readonly id: string; readonly seat: DeskSeat; readonly phone: Phone };

export type Scene = { readonly rig: Rig; readonly agents: Map<string, Agent>; close(): Promise<void> };

export type SceneOptions = {
  readonly rows?: readonly ScriptRow[];
  readonly brain?: Brain;
  readonly env?: Readonly<Record<string, string>>;
  readonly callsPerSecond?: number;
  /** Every line of the gateway's log, as it comes. */
  readonly onLog?: (line: string) => void;
  /** Numbers beside the lab's own, each with its queue. */
  readonly numbers?: readonly NumberSetting[];
  /** What callers hear first, where a test is not about it. */
  readonly opening?: string;
  /** Who runs the assistant; default: our own. */
  readonly assistant?: RigAssistant;
  /** They have the callers first, on a number of their own; the lab's number is the bridge behind it. */
  readonly hostedNumber?: boolean;
};

/** Short answers to what the caller says on the way; it never escalates by itself. */
const ROWS: readonly ScriptRow[] = [
  { hears: /human|person/iu, does: [{ say: "I understand." }] },
  { hears: /hello|still there/iu, does: [{ say: "I am still here with you." }] },
  { hears: /tuesday|card ends|charge|marker/iu, does: [{ say: "Thank you, I have noted that." }] },
];

/** A gateway, and nobody at a desk yet. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const {
    rows = [],
    brain = scriptedBrain([...rows, ...ROWS]),
    env = {},
    callsPerSecond,
    onLog,
    numbers = [],
  } = options;
  const [dataDir, configDir] = await Promise.all([freshDataDir(), configWith(numbers, options.opening)]);
  const tidy = () => Promise.all([dataDir, configDir].map((dir) => rm(dir, { recursive: true, force: true })));
  const rig = await startRig({
    gateway: [process.execPath, "src/main.ts"],
    cwd: ROOT,
    brain,
    env: { LOG_LEVEL: "warn", DATA_DIR: dataDir, CONFIG_DIR: configDir, ...env },
    ...(callsPerSecond === undefined ? {} : { callsPerSecond }),
    ...(onLog === undefined ? {} : { onLog }),
    ...(options.assistant === undefined ? {} : { assistant: options.assistant }),
    ...(options.hostedNumber === undefined ? {} : { hostedNumber: options.hostedNumber }),
  }).catch(async (error: unknown) => {
    await tidy();
    throw error;
  });
  for (const { number: phoneNumber } of numbers) {
    rig.twilio.number({
      phoneNumber,
      voiceUrl: `${rig.url}/twilio/voice`,
      statusCallback: `${rig.url}/twilio/status`,
    });
  }
  const agents = new Map<string, Agent>();
  const died = (code: number | null): void => {
    process.stderr.write(`the gateway ended by itself (${code}):\n${rig.log.slice(-30).join("\n")}\n`);
  };
  rig.process.once("exit", died);
  return {
    rig,
    agents,
    close: async () => {
      rig.process.off("exit", died);
      // No test can forget it: whatever it was about, nobody was left in silence.
      const [quiet] = await Promise.allSettled([noCallTooQuiet(rig)]);
      await Promise.all([...agents.values()].map(({ seat }) => seat.close()));
      await rig.close();
      await tidy();
      if (quiet.status === "rejected") throw quiet.reason;
    },
  };
}

export type AgentOptions = {
  readonly id?: string;
  readonly queue?: string;
  readonly skills?: readonly string[];
  readonly phone: PhoneBehaviour;
  /** False: in the directory and at the desk, and not available. */
  readonly available?: boolean;
  /** Takes calls in the desk's own page; `phone` says how it behaves. */
  readonly softphone?: boolean;
  /** Where their desk connects, if not at the gateway's own address. */
  readonly url?: string;
};

let lastPhone = 1_000;

/** An agent sits down, in the order of calling: who came first has been idle for longest and is asked first. */
export async function sitDown(scene: Scene, options: AgentOptions): Promise<Agent> {
  const { rig, agents } = scene;
  const { id = "dana", queue = "general", skills = [], available = true, softphone = false, url = rig.url } = options;
  const address = softphone ? `client:${id}` : `+1500555${String((lastPhone += 1))}`;
  const phone = await hireAgent(rig, { id, queue, skills, address }, options.phone);
  const seat = await openDeskSeat({ url, apiKey: DESK_KEY, agent: id });
  const agent = { id, seat, phone };
  agents.set(id, agent);
  if (available) await seat.becomes("available");
  return agent;
}

/** The first frame that fits among those after the first `known` ones. */
export function frameAfter(seat: DeskSeat, known: number, fits: (frame: Frame) => boolean, timeoutMs = 10_000) {
  const old = new Set(seat.received.slice(0, known).map(({ frame }) => frame));
  return seat.waitFor((frame) => !old.has(frame) && fits(frame), timeoutMs);
}

/** The agent's desk says so; past or future. */
export const presenceOf = (seat: DeskSeat, status: string, timeoutMs?: number) =>
  seat.waitFor((frame) => frame.type === "presence" && frame["status"] === status, timeoutMs);

/** The agent's last word is that they are available: it comes a moment after what set them free. */
export const freeAgain = (seat: DeskSeat): Promise<true> =>
  until("the agent is free again", 10_000, () => {
    const last = seat.received.findLast(({ frame }) => frame.type === "presence")?.frame;
    return last?.["status"] === "available" ? true : undefined;
  });

export type Numbers = { readonly to?: string; readonly from?: string };

/** A caller dials and hears the disclosure and the assistant's greeting to its end. */
export async function callerArrives(
  { rig }: Scene,
  { to = PLAIN_NUMBER, from = CALLER }: Numbers = {},
): Promise<Handset> {
  const caller = rig.twilio.callIn({ from, to });
  await caller.answered;
  const { callSid } = caller;
  await rig.twilio.log.waitFor("stream", (it) => it.callSid === callSid && it.event === "first-audio", 25_000);
  const ear = listenTo(caller);
  await ear.untilSpokenTo(300, 15_000);
  ear.close();
  return caller;
}

/** A caller who asks for a person right after the greeting: the decision falls some ten seconds after the call began. */
export async function callerAsksForPerson(scene: Scene, numbers: Numbers = {}): Promise<Handset> {
  const caller = await callerArrives(scene, numbers);
  await caller.say(clip("speak-to-human").audio);
  return caller;
}

/** A caller who presses 1 as soon as the assistant is on the line: the decision falls after some three seconds. */
export async function callerKeysForPerson({ rig }: Scene, { to = PLAIN_NUMBER, from = CALLER }: Numbers = {}) {
  const caller = rig.twilio.callIn({ from, to });
  const { callSid } = caller;
  await rig.twilio.log.waitFor("stream", (it) => it.callSid === callSid && it.event === "opened", 25_000);
  await caller.press("1");
  return caller;
}

/** What every session of the model heard and said, for a failing test to show. */
export const conversationOf = ({ rig }: Scene): string =>
  rig.openai.sessions
    .map(
      ({ heard, spoken }) =>
        `heard: ${heard.map(({ text }) => text ?? "(noise)").join(" | ")}; said: ${spoken.map(({ text }) => text).join(" | ")}`,
    )
    .join("\n");

/** The agent's n-th ring, past or future. */
export const ringAt = async ({ phone }: Agent, index = 0, timeoutMs = 20_000): Promise<Ring> =>
  phone.rings[index] ?? phone.nextRing(timeoutMs);

/** The agent's n-th answered call, past or future. */
export const answerAt = async ({ phone }: Agent, index = 0, timeoutMs = 20_000): Promise<Handset> =>
  phone.handsets[index] ?? phone.nextAnswer(timeoutMs);

/** The offer on the agent's desk. */
export async function offerAt(
  scene: Scene,
  { seat }: Agent,
  timeoutMs = 20_000,
): Promise<{ escalationId: string; offerId: string }> {
  try {
    const { frame } = await seat.waitFor(({ type }) => type === "offer", timeoutMs);
    return { escalationId: String(frame["escalationId"]), offerId: String(frame["offerId"]) };
  } catch (cause) {
    throw new Error(`no offer came to the desk. The model ${conversationOf(scene)}`, { cause });
  }
}

export type TimelineRow = { seq: number; at: string; event: string; state: string; cause: string; actor: string };

export async function timelineOf({ rig }: Scene, escalationId: string): Promise<TimelineRow[]> {
  const { items } = (await rig.api("GET", `/api/escalations/${escalationId}/timeline`)) as { items: TimelineRow[] };
  return items;
}

export type EscalationView = {
  id: string;
  status: string;
  trigger?: string;
  queue?: string;
  handoff?: { state: string; outcome?: string; agent?: string };
  callback?: { id: string; status: string; at?: string };
  reference?: string;
};

export const escalationOf = async ({ rig }: Scene, id: string): Promise<EscalationView> =>
  (await rig.api("GET", `/api/escalations/${id}`)) as EscalationView;

/** The one case of a queue; waits for it, since nothing tells of a case that nobody is offered. */
export async function caseIn({ rig }: Scene, queue = "general", timeoutMs = 15_000): Promise<EscalationView> {
  return until(`a case in the queue ${queue}`, timeoutMs, async () => {
    const { items } = (await rig.api("GET", `/api/escalations?queue=${queue}`)) as { items: EscalationView[] };
    return items[0];
  });
}

/** Asks the API, where no event tells, until there is an answer. */
export async function until<T>(
  what: string,
  timeoutMs: number,
  probe: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const late = performance.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (performance.now() > late) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** When the carrier counted a call as over. */
export const endOf = async ({ rig }: Scene, callSid: string, timeoutMs = 10_000): Promise<number> =>
  (await rig.twilio.log.waitFor("call", (it) => it.callSid === callSid && it.event === "ended", timeoutMs)).at;

/** Nothing of any call is left at the carrier. */
export const leftovers = ({ rig }: Scene) => ({
  legs: rig.twilio.legs().length,
  conferences: rig.twilio.conferences().length,
  streams: rig.twilio.streams().length,
});

/** Everybody has hung up, and no leg is left. */
export const emptyCarrier = ({ rig }: Pick<Scene, "rig">): Promise<true> =>
  until("an empty carrier", 20_000, () => (rig.twilio.legs().length === 0 ? true : undefined));

export const NOTHING_LEFT = { legs: 0, conferences: 0, streams: 0 };

/** REST requests that asked the carrier to ring somebody. */
export const creates = ({ rig }: Scene, to?: string) =>
  rig.twilio.log.of(
    "rest",
    ({ method, path, params }) =>
      method === "POST" && path.endsWith("/Calls.json") && (to === undefined || params["To"]?.[0] === to),
  );
