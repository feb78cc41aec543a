import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";
import {
  combinedDistress,
  combinedFrustration,
  distressInVoice,
  type TurnSignals,
  type VoiceReading,
} from "../../src/scoring/turn-signals.ts";

const quiet = scoreText("yes", "en", rulesOnly);
const signals = (change: Partial<TurnSignals>): TurnSignals => ({ ...quiet, frustration: 0, distress: 0, ...change });

describe("distress", () => {
  test("without a voice is that of the words", () => {
    expect(combinedDistress(signals({ distress: 0.42 }))).toBeCloseTo(0.42);
  });

  test("of the voice alone stays below the threshold that ships, however long nobody spoke", () => {
    const voice: VoiceReading = { arousal: 1, crying: 0.65, longestSilenceMs: 60_000 };
    expect(combinedDistress(signals({ voice }))).toBeLessThan(0.7);
  });

  test("a long silence alone says nothing; beside words or sobbing it counts", () => {
    const silent: VoiceReading = { arousal: 0, longestSilenceMs: 9_000 };
    expect(distressInVoice(signals({ voice: silent }))).toBe(0);
    expect(distressInVoice(signals({ voice: silent, distress: 0.5 }))).toBeGreaterThan(0.1);
    expect(distressInVoice(signals({ voice: { ...silent, crying: 0.3 } }))).toBeGreaterThan(0.3);
  });
});

const afterInterruptions = (interruptions: number): number =>
  combinedFrustration(signals({ frustration: 0.4, voice: { arousal: 0, interruptions } }));

test("frustration grows with interruptions, a little, and no further after the second", () => {
  expect(afterInterruptions(0)).toBeCloseTo(0.4);
  expect(afterInterruptions(1)).toBeGreaterThan(afterInterruptions(0));
  expect(afterInterruptions(2)).toBeGreaterThan(afterInterruptions(1));
  expect(afterInterruptions(9)).toBe(afterInterruptions(2));
  expect(afterInterruptions(9)).toBeLessThan(0.6);
});

test("both stay between 0 and 1 and never fall because of a voice", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const voice = fc.record({
    arousal: share,
    crying: share,
    interruptions: fc.nat(50),
    longestSilenceMs: fc.nat(600_000),
  });
  fc.assert(
    fc.property(share, share, voice, (frustration, distress, heard) => {
      const turn = signals({ frustration, distress, voice: heard });
      for (const [combined, words] of [
        [combinedFrustration(turn), frustration],
        [combinedDistress(turn), distress],
      ] as const) {
        expect(combined).toBeGreaterThanOrEqual(words - 1e-9);
        expect(combined).toBeLessThanOrEqual(1);
      }
    }),
  );
});
