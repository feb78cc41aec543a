import type { Random } from "./random.ts";

/** Everything that can be made to go wrong, by name. A run draws a few; the report counts how often each struck. */
export const FAULTS = [
  "news-late",
  "news-twice",
  "news-out-of-order",
  "news-lost",
  "join-news-lost",
  "create-answer-lost",
  "create-refused",
  "create-500-performed",
  "create-500-not-performed",
  "create-too-many-requests",
  "agent-busy",
  "agent-never-answers",
  "agent-phone-never-rings",
  "agent-declines",
  "agent-vanishes-after-accepting",
  "agent-hangs-up-in-the-conversation",
  "agents-go-away",
  "desk-never-paints",
  "desk-lost",
  "caller-hangs-up-any-time",
  "caller-changes-their-mind",
  "caller-says-nothing",
  "second-decision-other-team",
  "case-worked-over-the-api",
  "assistant-lost",
  "model-down",
  "move-answer-lost",
  "move-not-performed",
  "let-go-unheard",
  "ending-answer-lost",
  "room-question-unanswered",
  "presence-does-not-answer",
  "presence-forgets-a-reservation",
  "reservation-slow",
  "nobody-on-duty",
  "node-dies",
  "store-slow",
  "store-away",
  "commit-answer-lost",
  "caller-in-danger",
  "hang-up-untold",
  "danger-as-the-agent-comes",
] as const;
export type FaultName = (typeof FAULTS)[number];

export type Faults = {
  /** Is this fault in play, and does it strike this time? Counted when it does. */
  strikes(fault: FaultName, probability?: number): boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** Every strike of the run by its name, `fault#2` for the second: what `silent` takes. */
  readonly struck: readonly string[];
};

/** These come in few worlds, drawn from a stream of their own: all other worlds stay as they were without them. */
const RARE: readonly FaultName[] = ["caller-in-danger", "hang-up-untold"];
/** Only where some agents do not come after all: that is what it is about. */
const RARER = "danger-as-the-agent-comes";
/** One world in so many has each of them. */
const RARELY = 12;
const COMMON = FAULTS.filter((fault) => fault !== RARER && !RARE.includes(fault));
const OF_RARE: readonly (FaultName | "nothing rare")[] = [
  ...Array.from({ length: RARELY - RARE.length }, () => "nothing rare" as const),
  ...RARE,
];

/**
 * Each run has its own few faults, so that every combination of two or three is seen over many seeds. What is `silent`
 * (a fault, or one strike of it) is drawn like the others and then does not happen.
 */
export function drawFaults(
  { random, rare }: { readonly random: Random; readonly rare: Random },
  note: (line: () => string) => void,
  silent: ReadonlySet<string> = new Set(),
): Faults {
  const many = random.pick([0, 1, 2, 3, 3, 4, 6, 9]);
  const drawn = new Set<FaultName>();
  while (drawn.size < many) drawn.add(random.pick(COMMON));
  const rarity = rare.pick(OF_RARE);
  if (rarity !== "nothing rare") drawn.add(rarity);
  else if (drawn.has("agent-vanishes-after-accepting") && !rare.chance(0.6)) drawn.add(RARER);
  const counts: Record<string, number> = {};
  const struck: string[] = [];
  const drawnSoFar: Record<string, number> = {};
  return {
    counts,
    struck,
    strikes: (fault, probability = 0.5) => {
      if (!drawn.has(fault) || !random.chance(probability)) return false;
      const time = (drawnSoFar[fault] = (drawnSoFar[fault] ?? 0) + 1);
      if (silent.has(fault) || silent.has(`${fault}#${time}`)) return false;
      struck.push(`${fault}#${time}`);
      counts[fault] = (counts[fault] ?? 0) + 1;
      note(() => `  (${fault})`);
      return true;
    },
  };
}
