import { randomUUID } from "node:crypto";
import { after } from "../../domain/time.ts";
import type { Bus, Channel } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PassOn } from "../../ports/pass-on.ts";
import type { Log } from "../../telemetry/log.ts";

/** Whoever has the call says so within this, or nobody has it. */
const TAKEN_MS = 250;
/** Longer than a tool of ours may take, shorter than a vendor waits. */
const ANSWER_MS = 23_000;

type Asked = { readonly ask: string; readonly body: string };
/** Without a body: somebody has it, and the answer follows. */
type Answered = { readonly ask: string; readonly body?: string };

/** Only nodes of this installation publish here, so what carries a question's mark has its shape. */
const hasMark = (raw: unknown): boolean => typeof raw === "object" && raw !== null && "ask" in raw;

const askedOn = (channel: string): Channel<Asked> => ({
  name: `pass-on-${channel}`,
  read: (raw) => marked(raw, (it): it is Asked => hasMark(it)),
});
const answers: Channel<Answered> = {
  name: "pass-on-answers",
  read: (raw) => marked(raw, (it): it is Answered => hasMark(it)),
};

function marked<T>(raw: unknown, is: (raw: unknown) => raw is T): T {
  if (!is(raw)) throw new Error("what was passed on has no mark");
  return raw;
}

/**
 * Passes on over the bus what a vendor told the wrong node. A lost message looks like a call that nobody has, and is then
 * taken up by the node that it reached.
 */
export function createPassOn(deps: { readonly bus: Bus; readonly clock: Clock; readonly log: Log }): PassOn {
  const { bus, clock, log } = deps;
  const waiting = new Map<string, (answer: Answered) => void>();
  bus.subscribe(answers, (answer) => waiting.get(answer.ask)?.(answer));
  return {
    serve: (channel, answer) => {
      bus.subscribe(askedOn(channel), ({ ask, body }) => {
        const answering = answer(body);
        if (answering === undefined) return;
        void bus.publish(answers, { ask });
        answering.then(
          (done) => bus.publish(answers, { ask, body: done }),
          (err: unknown) => log.error({ event: channel, err }, "what another gateway passed on could not be served"),
        );
      });
    },
    pass: async (channel, body) => {
      const ask = randomUUID();
      const { promise, resolve } = Promise.withResolvers<string | undefined>();
      let giveUp = clock.at(after(clock.now(), TAKEN_MS), () => resolve(undefined));
      waiting.set(ask, (answer) => {
        giveUp();
        if (answer.body !== undefined) return resolve(answer.body);
        giveUp = clock.at(after(clock.now(), ANSWER_MS), () => resolve(undefined));
      });
      if (!(await bus.publish(askedOn(channel), { ask, body }))) resolve(undefined);
      const answer = await promise;
      giveUp();
      waiting.delete(ask);
      return answer;
    },
  };
}
