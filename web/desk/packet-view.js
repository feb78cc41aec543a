import { dayOf, element } from "./element.js";

const WHY = {
  "explicit-request": "Asked for a person",
  sentiment: "Frustration is rising",
  distress: "Is in distress",
  confusion: "Is confused",
  confidence: "The assistant was not sure enough",
  "policy-intent": "A subject for people",
  "failed-turns": "No progress",
  silence: "Long silences",
  "tool-failure": "A system did not answer",
  "policy-exception": "Needs an exception",
  "context-limit": "The conversation is too long for the assistant",
  "long-conversation": "A long conversation",
  "assistant-failure": "The assistant failed",
  "assistant-request": "The assistant asked for help",
  api: "Asked for by another system",
};

const METHODS = { "stir-shaken": "caller ID signed", "ani-match": "number on file", otp: "one-time code" };

const words = (name) =>
  String(name)
    .replaceAll(/[-_]/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2");
const plain = (value) => (Array.isArray(value) ? value.join(", ") : String(value));
const percent = (value) => `${Math.round(value * 100)} %`;
/** What is longer than five seconds allow is cut at a word; the whole of it is under "Everything that is known". */
const isLong = (text, max) => String(text ?? "").length > max;
const short = (text, max) => (isLong(text, max) ? `${text.slice(0, max).replace(/\s+\S*$/u, "")}…` : text);
const MAX = { what: 160, why: 160, result: 90, next: 200 };

/** Who, what, why, tried, do: what must be read in five seconds. */
export function glance(packet) {
  const rows = [
    ["What", element("strong", {}, short(packet.intent?.summary, MAX.what) || "Not said yet")],
    ["Why", reasonNode(packet.trigger)],
    ["Tried", tried(packet.attempts ?? [])],
    ["Do", element("p", { class: "do" }, short(packet.suggestedNextAction, MAX.next) || "Ask how you can help.")],
  ];
  return element(
    "dl",
    { class: "glance" },
    rows.map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
}

export function who(packet) {
  const { name, ani, verification = [] } = packet.caller ?? {};
  // The strongest proof first: who they are before where they call from.
  const passed = verification
    .filter(({ result }) => /^(pass|verified|ok|match|A$)/i.test(result))
    .toSorted((a, b) => rank(b.method) - rank(a.method))[0];
  const badge = passed
    ? element("span", { class: "badge" }, METHODS[passed.method] ?? words(passed.method))
    : element("span", { class: "badge unsure" }, "not verified");
  return element(
    "p",
    { class: "caller" },
    element("span", {}, name ? `${name}, ` : "", ani || "number withheld"),
    badge,
  );
}
const WEAK = { "stir-shaken": 0, "ani-match": 1 };
const rank = (method) => WEAK[method] ?? 2;

const languages = new Intl.DisplayNames(undefined, { type: "language" });
/** "en" is a word of programs. */
export function languageOf({ language }) {
  try {
    return language ? languages.of(language) : "";
  } catch {
    return language; // No tag that the browser knows: shown as it came.
  }
}

/** A caller in distress is seen before anything is read. */
function reasonNode(trigger) {
  const text = short(why(trigger), MAX.why);
  return trigger?.kind === "distress" ? element("strong", { class: "urgent" }, text) : text;
}

/** A reason that is a sentence says it all; what another system gave as one gets the words for its kind before it. */
function why(trigger) {
  if (!trigger) return "";
  const { kind, because, confidence, floor = 0 } = trigger;
  if (/^The (caller|assistant|call|conversation)\b/u.test(because ?? "")) return because;
  const sure = confidence === undefined ? "" : ` (${percent(confidence)} sure, ${percent(floor)} needed)`;
  return `${WHY[kind] ?? words(kind)}${sure}${because ? `: ${because}` : ""}`;
}

function tried(all) {
  if (all.length === 0) return "Nothing yet";
  const attempts = counted(all);
  const newest = attempts.slice(-3);
  const rest = attempts.length - newest.length;
  return element(
    "ul",
    {},
    newest.map(({ action, result, times }) =>
      element("li", {}, `${words(action)}${times > 1 ? ` (${times} times)` : ""}: ${short(result, MAX.result)}`),
    ),
    rest > 0 && element("li", {}, `and ${rest} more`),
  );
}

/** The same attempt with the same result is one line. */
function counted(attempts) {
  const lines = new Map();
  for (const { action, result } of attempts) {
    const key = `${action}: ${result}`;
    lines.set(key, { action, result, times: (lines.get(key)?.times ?? 0) + 1 });
  }
  return [...lines.values()];
}

/** Everything else, to be folded away; empty when there is nothing. */
export function details(packet) {
  return [
    block("In full", inFull(packet)),
    block("Facts", pairs(Object.entries(packet.entities ?? {}).map(([name, value]) => [words(name), plain(value)]))),
    block("Done already", list((packet.writes ?? []).map(({ action, result }) => `${words(action)}: ${result}`))),
    block("Looked up", list((packet.sources ?? []).map(({ title, ref }) => (ref ? `${title} (${ref})` : title)))),
    block(
      "Verification",
      list(
        (packet.caller?.verification ?? []).map(
          ({ method, result }) => `${METHODS[method] ?? words(method)}: ${result}`,
        ),
      ),
    ),
    block("Mood", mood(packet.sentiment)),
    block(
      "Earlier contacts",
      list((packet.history ?? []).map(({ at, outcome, team }) => `${dayOf(at)}: ${outcome}${team ? `, ${team}` : ""}`)),
    ),
    block("Passed on", list((packet.hops ?? []).map(({ from, to, note }) => `${from} → ${to}: ${note}`))),
    block("Not known", list((packet.missing ?? []).map(({ field, why: reason }) => `${words(field)}: ${reason}`))),
  ].filter(Boolean);
}

/** Whatever the card above had to cut. */
function inFull({ intent, trigger, attempts = [], suggestedNextAction }) {
  const because = why(trigger);
  const cut = [
    isLong(intent?.summary, MAX.what) && intent.summary,
    isLong(because, MAX.why) && because,
    isLong(suggestedNextAction, MAX.next) && suggestedNextAction,
    ...(attempts.length > 3 || attempts.some(({ result }) => isLong(result, MAX.result))
      ? attempts.map(({ action, result }) => `${words(action)}: ${result}`)
      : []),
  ].filter(Boolean);
  return list(cut);
}

const block = (title, content) => content && element("div", {}, element("h3", {}, title), content);
const list = (items) =>
  items.length > 0 &&
  element(
    "ul",
    {},
    items.map((item) => element("li", {}, item)),
  );
const pairs = (items) =>
  items.length > 0 &&
  element(
    "dl",
    {},
    items.map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );

function mood(sentiment) {
  if (!sentiment || (sentiment.series ?? []).length === 0) return undefined;
  const { now, baseline, slope } = sentiment;
  const trend = slope > 0.02 ? "rising" : slope < -0.02 ? "falling" : "steady";
  return element("p", {}, `Frustration ${percent(now)}, ${percent(baseline)} at the start, ${trend}`);
}
