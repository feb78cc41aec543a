import { QueueId } from "../domain/ids.ts";
import type { Numbers, NumberSetup } from "../ports/numbers.ts";
import type { Routing } from "./routing-schema.ts";

type Target = NumberSetup["target"];

/** How each dialled number is served, and the teams by their names. */
export function createNumbers(routing: Routing): Numbers {
  const byName = teamNames(routing);
  return {
    of: (dnis) => setupOf(routing, dnis === undefined ? undefined : routing.numbers[dnis]),
    team(name, language = "en") {
      const queue = byName.get(plain(name));
      return queue === undefined ? undefined : targetOf(routing, queue, language);
    },
  };
}

function setupOf(routing: Routing, listed: Routing["numbers"][string] | undefined): NumberSetup {
  const setup = { ...routing.numbers["default"], ...listed };
  const { mode = "assistant", assistant = "default", language = "en", queue = "", region = "default" } = setup;
  return {
    mode,
    assistant,
    language,
    target: targetOf(routing, queue, language),
    disclosure: routing.regions[region]?.disclosure ?? "transcribed",
    timeZone: setup.timeZone ?? "UTC",
    ...(setup.forwardTo !== undefined && { forwardTo: setup.forwardTo }),
  };
}

function targetOf(routing: Routing, queue: string, language: string): Target {
  const setup = routing.queues[queue];
  // The loader refuses a number whose queue does not exist.
  if (setup === undefined) throw new Error(`the queue ${queue} is not configured`);
  const team = setup.team[language] ?? setup.team[language.split("-")[0] ?? ""] ?? setup.team["en"] ?? queue;
  return { queue: QueueId(queue), skills: setup.skills, team };
}

/** A team is found by its queue, by what callers hear, and by its other names; articles and case do not matter. */
function teamNames(routing: Routing): Map<string, string> {
  const names = new Map<string, string>();
  for (const [queue, setup] of Object.entries(routing.queues))
    for (const name of [queue, ...Object.values(setup.team), ...setup.also]) names.set(plain(name), queue);
  return names;
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/^(?:the|our|your|a) /, "")
    .replace(/ (?:team|department|queue|desk)$/, "");
