import { Playout } from "./playout.ts";
import { flagOf, methodOf, numberOf, resolveUrl, type Next, type Run } from "./run.ts";
import type { Timers } from "./timers.ts";
import { speakPrompt } from "./verb-prompt.ts";
import { elements, type XmlElement } from "./xml.ts";

type Rules = { numDigits: number; finishOnKey: string; timeoutMs: number };
type Gathered = { digits: string; finishedOnKey: string };

/** Collects keys: the timer starts after the prompts and again with each key. */
class KeyCollector {
  readonly finished: Promise<Gathered>;
  readonly #rules: Rules;
  readonly #timers: Timers;
  readonly #resolve: (gathered: Gathered) => void;
  #digits = "";
  #cancel: () => void = () => undefined;

  constructor(timers: Timers, rules: Rules) {
    const finished = Promise.withResolvers<Gathered>();
    this.finished = finished.promise;
    this.#resolve = finished.resolve;
    this.#timers = timers;
    this.#rules = rules;
  }

  get started(): boolean {
    return this.#digits !== "";
  }

  take(digit: string): void {
    if (digit === this.#rules.finishOnKey) return this.finish(digit);
    this.#digits += digit;
    if (this.#digits.length >= this.#rules.numDigits) this.finish("");
    else this.await();
  }

  /** Starts the time-out again. */
  await(): void {
    this.#cancel();
    this.#cancel = this.#timers.after(this.#rules.timeoutMs, () => this.finish(""));
  }

  finish(finishedOnKey: string): void {
    this.#cancel();
    this.#resolve({ digits: this.#digits, finishedOnKey });
  }
}

/** `<Gather>`: keys go to the action; no key falls through to the next verb. */
export async function runGather(run: Run, verb: XmlElement): Promise<Next> {
  const { carrier, call, signal } = run;
  const input = verb.attributes.get("input") ?? "dtmf";
  if (input.includes("speech")) carrier.log.warn(0, "the twin hears no speech in <Gather>, only keys", call.sid);
  const keys = new KeyCollector(carrier.timers, {
    numDigits: numberOf(verb, "numDigits", Number.POSITIVE_INFINITY),
    finishOnKey: verb.attributes.get("finishOnKey") ?? "#",
    timeoutMs: numberOf(verb, "timeout", 5) * 1000,
  });
  const prompting = new AbortController();
  const playout = new Playout("<Gather>", {
    digit: (digit) => {
      prompting.abort();
      keys.take(digit);
    },
  });
  const stop = () => {
    prompting.abort();
    keys.finish("");
  };
  signal.addEventListener("abort", stop, { once: true });
  const unplug = call.leg.plug(playout);
  for (const prompt of elements(verb)) await speakPrompt(run, prompt, playout.mouth, prompting.signal);
  if (!keys.started && !signal.aborted) keys.await();
  const gathered = await keys.finished;
  unplug();
  signal.removeEventListener("abort", stop);
  return afterGather(run, verb, gathered);
}

function afterGather(run: Run, verb: XmlElement, gathered: Gathered): Next {
  const isEmpty = gathered.digits === "";
  if (isEmpty && !flagOf(verb, "actionOnEmptyResult", false)) return { kind: "next" };
  const params: Record<string, string> = { Digits: gathered.digits };
  if (gathered.finishedOnKey !== "") params["FinishedOnKey"] = gathered.finishedOnKey;
  const action = verb.attributes.get("action");
  if (action === undefined || action === "") {
    const { base } = run.page;
    return base === undefined
      ? { kind: "hang-up" }
      : { kind: "go", url: base.url, method: methodOf(verb, "method"), params };
  }
  return { kind: "go", url: resolveUrl(run, action), method: methodOf(verb, "method"), params };
}
