import { EpochMs } from "../../../src/domain/time.ts";
import type { Clock } from "../../../src/ports/clock.ts";

export type SimClock = Clock & {
  /**
   * Runs due work in order of time until nothing is planned before `end` or `isOver` says so, settling promises after
   * each piece; `isOver` is asked after each.
   */
  run(end: EpochMs, isOver: () => boolean): Promise<void>;
};

type Planned = { readonly at: number; readonly order: number; readonly wake: () => void; cancelled: boolean };

/** Time that moves only here. Work planned for the same instant runs in the order it was planned. */
export function createSimClock(start: EpochMs): SimClock {
  let now = start;
  let order = 0;
  const heap: Planned[] = [];

  const next = (end: EpochMs): Planned | undefined => {
    for (let first = heap[0]; first && first.at <= end; first = heap[0]) {
      removeFirst(heap);
      if (!first.cancelled) return first;
    }
    return undefined;
  };

  return {
    now: () => now,
    at: (when, wake) => {
      order += 1;
      const work = { at: Math.max(when, now), order, wake, cancelled: false };
      insert(heap, work);
      return () => {
        work.cancelled = true;
      };
    },
    run: async (end, isOver) => {
      await eachSettled(() => {
        if (isOver()) return false;
        const work = next(end);
        if (!work) return false;
        now = EpochMs(work.at);
        work.wake();
        return true;
      });
    },
  };
}

/** Immediates queued together share one turn of the event loop; a turn for each would cost more than the work. */
const TOGETHER = 512;

/** Calls `step` until it answers false; everything that promises can do by themselves is done between two calls. */
function eachSettled(step: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let over = false;
    const one = (last: boolean): void => {
      if (over) return;
      try {
        over = !step();
      } catch (error) {
        over = true;
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (over) resolve();
      else if (last) queue();
    };
    const queue = (): void => {
      for (let place = 1; place <= TOGETHER; place += 1) setImmediate(one, place === TOGETHER);
    };
    queue();
  });
}

const before = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function insert(heap: Planned[], work: Planned): void {
  let place = heap.push(work) - 1;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (!parent || before(parent, work)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = work;
}

function removeFirst(heap: Planned[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let place = 0;
  for (;;) {
    const child = smallerChild(heap, place);
    const other = heap[child];
    if (!other || before(last, other)) break;
    heap[place] = other;
    place = child;
  }
  heap[place] = last;
}

function smallerChild(heap: readonly Planned[], place: number): number {
  const left = 2 * place + 1;
  const [a, b] = [heap[left], heap[left + 1]];
  return a && b && before(b, a) ? left + 1 : left;
}
