// How often the check of amounts would call a true amount made up. The collections hold no answers of tools, so what the
// assistant lists stands for what it looked up, and what it derives from that (totals, differences, refunds) is judged.
import { afterHearing, afterLookUp, amountsIn, NO_FIGURES, ungroundedAmounts } from "../../src/scoring/grounding.ts";
import type { Dialogue } from "./corpus.ts";
import { type Share, shareOf } from "./figures.ts";

/** An amount that is worked out: up to a few words before it says so. */
const DERIVED =
  /\b(?:total|totals|altogether|sum|difference|refund(?:ed)?|remaining|balance|in all|overall|combined|net)\b[^.$€£]{0,40}$/iu;
/** Characters before an amount in which it is called so. */
const LEAD = 60;
const AMOUNT = /[$€£] ?\d[\d,]*(?:\.\d{1,2})?/gu;

/** For each derived amount of a dialogue, whether it is called made up; undecided where there is nothing to derive it from. */
function alarmsIn(dialogue: Dialogue): readonly boolean[] {
  let known = NO_FIGURES;
  return dialogue.turns.flatMap(({ speaker, text }) => {
    if (speaker !== "agent") {
      known = afterHearing(known, text);
      return [];
    }
    const before = known;
    known = afterLookUp(known, text);
    return [...text.matchAll(AMOUNT)].flatMap(({ 0: written, index }) => {
      const rest = text.slice(0, index) + text.slice(index + written.length);
      if (amountsIn(rest).length === 0 && !before.looked) return [];
      if (!DERIVED.test(text.slice(Math.max(0, index - LEAD), index))) return [];
      return [ungroundedAmounts(written, afterLookUp(before, rest)).length > 0];
    });
  });
}

/** Derived amounts that the check calls made up. */
export function derivedAlarms(dialogues: readonly Dialogue[]): Share {
  const judged = dialogues.flatMap(alarmsIn);
  return shareOf(judged.filter((alarm) => alarm).length, judged.length);
}
