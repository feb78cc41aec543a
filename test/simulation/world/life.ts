// One node's life, and what is cut off when it ends.
import type { Clock } from "../../../src/ports/clock.ts";

export type Life = { alive: boolean; readonly ended: Promise<undefined>; end(): void };

export function newLife(): Life {
  const { promise: ended, resolve } = Promise.withResolvers<undefined>();
  const life: Life = {
    alive: true,
    ended,
    end: () => {
      life.alive = false;
      resolve(undefined);
    },
  };
  return life;
}

/** What a dead node was waiting for never comes; what it had asked for may have happened all the same. */
function gate<T>(life: Life, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => (life.alive ? resolve(value) : undefined),
      (reason: unknown) =>
        life.alive ? reject(reason instanceof Error ? reason : new Error(String(reason))) : undefined,
    );
  });
}

export function gateAll<T extends object>(port: T, life: Life): T {
  const gated = { ...port } as Record<string, unknown>;
  for (const [name, member] of Object.entries(port)) {
    if (typeof member !== "function") continue;
    gated[name] = (...args: unknown[]): unknown => {
      if (!life.alive) return new Promise(() => undefined);
      const answer: unknown = Reflect.apply(member, port, args);
      return answer instanceof Promise ? gate(life, answer) : answer;
    };
  }
  return gated as T;
}

export const gatedClock = (clock: Clock, life: Life): Clock => ({
  now: () => clock.now(),
  at: (when, wake) => clock.at(when, () => (life.alive ? wake() : undefined)),
});
