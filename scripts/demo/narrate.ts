// What happens, in words, while it happens: read from the twins' logs and from the desk, not from what the script orders.
import type { DeskSeat } from "../../lab/people/desk-seat.ts";
import { NUMBER, type Rig } from "../../lab/rig/start-rig.ts";
import type { LogEntry } from "../../lab/twilio/carrier-log.ts";
import { assistantSaid } from "./measure.ts";
import { DANAS_PHONE, ROBIN, type Said, wallClock } from "./play-dispute.ts";

type Line = { readonly at: number; readonly text: string };
type Source = {
  readonly rig: Rig;
  readonly seat: DeskSeat;
  /** What Robin and Dana say, as it grows. */
  readonly said: readonly Said[];
};

const EVERY_MS = 100;
/** Some twins note a sentence only when it is through: lines are told this late, in the order in which they began. */
const LATE_MS = 4_000;

/** Who speaks stands in a column of their own. */
const speech = (who: string, text: string): string => `${who.padEnd(11)}${text}`;
const event = (text: string): string => `${" ".repeat(9)}> ${text}`;

/** Tells each line once; `stop` tells what is left. `at`: milliseconds on the twins' clock. */
export function narrate(source: Source, tell: (text: string, at: number) => void): { stop(): void } {
  const news = createNews(source);
  let waiting: readonly Line[] = [];
  const look = (until: number): void => {
    const all = [...waiting, ...news()].toSorted((one, other) => one.at - other.at);
    for (const { at, text } of all.filter((line) => line.at <= until)) tell(text, at);
    waiting = all.filter(({ at }) => at > until);
  };
  const timer = setInterval(() => look(wallClock() - LATE_MS), EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look(Infinity);
    },
  };
}

/** What has come since it was asked last, in any order. */
function createNews({ rig, seat, said }: Source): () => readonly Line[] {
  const { entries } = rig.twilio.log;
  const [words, received, sent, log] = [since(said), since(seat.received), since(seat.sent), since(entries)];
  const heard = new Set<unknown>();
  const assistant = (): readonly Line[] =>
    assistantSaid(rig).flatMap((sentence) => {
      const { at, began = at, text } = sentence;
      if (text === "" || heard.has(sentence)) return [];
      heard.add(sentence);
      return [{ at: began, text: speech("Assistant", text) }];
    });
  return () => [
    ...words().map(({ at, who, text }) => ({ at, text: speech(who, text) })),
    ...assistant(),
    ...[...received(), ...sent()].flatMap(({ at, frame }) => lineAt(at, atTheDesk(frame))),
    ...log().flatMap((entry) => lineAt(entry.at, atTheCarrier(entry, entries))),
  ];
}

/** What was added to a list that only grows. */
function since<T>(list: readonly T[]): () => readonly T[] {
  let next = 0;
  return () => {
    const fresh = list.slice(next);
    next = list.length;
    return fresh;
  };
}

const lineAt = (at: number, text: string | undefined): Line[] => (text === undefined ? [] : [{ at, text }]);

function atTheDesk(frame: Readonly<Record<string, unknown>>): string | undefined {
  if (frame["type"] === "presence" && frame["status"] === "reserved")
    return event("A person is needed. Dana is free and is reserved.");
  if (frame["type"] === "painted")
    return event("Dana's desk shows who calls, why, and what was tried (printed below).");
  if (frame["type"] === "wrap-up") return event("Dana ends the call and notes how it ended.");
  return undefined;
}

function atTheCarrier(entry: LogEntry, all: readonly LogEntry[]): string | undefined {
  switch (entry.kind) {
    case "call":
      if (isTransfer(entry, all)) return event("The vendor transfers Robin to Warmline's number.");
      if (entry.to !== DANAS_PHONE) return undefined;
      if (entry.event === "ringing") return event("Dana's phone rings.");
      return entry.event === "answered" ? event("Dana picks up. Robin does not hear what she hears now:") : undefined;
    case "verb":
      return announced(entry, all);
    case "digit":
      return isDanas(entry.callSid, all)
        ? event(`Dana has heard enough, presses ${entry.digit} and has the call.`)
        : undefined;
    case "conference":
      return entry.event === "conference-start" ? event("Robin and Dana are in one conference.") : undefined;
    default:
      return undefined;
  }
}

/** What the carrier's own voice says, to Robin or, before the conference, to Dana. */
function announced(entry: Extract<LogEntry, { kind: "verb" }>, all: readonly LogEntry[]): string | undefined {
  if (entry.verb !== "Say" && entry.verb !== "Gather") return undefined;
  const text = entry.verb === "Say" ? entry.text : sentencesOf(entry, all);
  if (text === "") return undefined;
  return speech(isDanas(entry.callSid, all) ? "To Dana" : "Announced", text);
}

/** A `<Gather>` has its sentences inside: they are in the document the call was given last. */
function sentencesOf({ callSid, at }: LogEntry & { callSid: string }, all: readonly LogEntry[]): string {
  const given = all.findLast(
    (entry) => entry.kind === "webhook" && entry.purpose === "document" && entry.callSid === callSid && entry.at <= at,
  );
  const body = given?.kind === "webhook" ? (given.response?.body ?? "") : "";
  const [, inside = ""] = /<Gather[^>]*>(.*?)<\/Gather>/su.exec(body) ?? [];
  const sentences = [...inside.matchAll(/<Say[^>]*>([^<]*)<\/Say>/gu)].map(([, text = ""]) => text);
  return sentences.join(" ").replaceAll("&apos;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** The first that is heard of our number, when Robin rang another one before. */
function isTransfer(entry: LogEntry, all: readonly LogEntry[]): boolean {
  const calls = all.filter((each) => each.kind === "call");
  return calls.find(({ to }) => to === NUMBER) === entry && calls[0]?.from === ROBIN && calls[0].to !== NUMBER;
}

const isDanas = (callSid: string, all: readonly LogEntry[]): boolean =>
  all.some((entry) => entry.kind === "call" && entry.callSid === callSid && entry.to === DANAS_PHONE);
