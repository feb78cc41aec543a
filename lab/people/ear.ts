import { levelDb } from "../audio/analyse.ts";
import type { Handset } from "../twilio/handset.ts";

/** Louder than this counts as somebody speaking, in dBFS. */
const SPEECH_DB = -45;
const FRAME_MS = 20;

/** What a person notices of what they hear, frame by frame. */
export type Ear = {
  /** Resolves when speech was heard and then `quietMs` of quiet, both from now on. Rejects after `timeoutMs`. */
  untilSpokenTo(quietMs?: number, timeoutMs?: number): Promise<void>;
  /** Resolves with the next sound, from now on. */
  untilSound(timeoutMs?: number): Promise<void>;
  /** Resolves when this much speech was heard in all, from now on: somebody who has heard enough. Rejects after `timeoutMs`. */
  hears(ms: number, timeoutMs?: number): Promise<void>;
  close(): void;
};

export function listenTo(handset: Handset): Ear {
  const listeners = new Set<(loud: boolean) => void>();
  const stop = handset.hear((frame) => {
    const loud = levelDb(frame) > SPEECH_DB;
    for (const listener of listeners) listener(loud);
  });
  const until = (what: string, timeoutMs: number, done: (loud: boolean) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        listeners.delete(listener);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`${what} within ${timeoutMs} ms`));
      }, timeoutMs);
      const listener = (loud: boolean): void => {
        if (!done(loud)) return;
        end();
        resolve();
      };
      listeners.add(listener);
    });
  return {
    untilSound: (timeoutMs = 10_000) => until("nothing was heard", timeoutMs, (loud) => loud),
    untilSpokenTo: (quietMs = 700, timeoutMs = 20_000) => {
      let heard = false;
      let quiet = 0;
      return until("nobody finished a sentence", timeoutMs, (loud) => {
        if (loud) heard = true;
        quiet = loud ? 0 : quiet + FRAME_MS;
        return heard && quiet >= quietMs;
      });
    },
    hears: (ms, timeoutMs = 15_000) => {
      let heardMs = 0;
      return until(`not ${ms} ms of speech were heard`, timeoutMs, (loud) => (heardMs += loud ? FRAME_MS : 0) >= ms);
    },
    close: stop,
  };
}
