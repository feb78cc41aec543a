// Danger to life (H14): the configured emergency line at once, and people; never a callback and no question.

import { after } from "../domain/time.ts";
import type { DecisionFacts } from "../escalation/decision.ts";
import { type Decision, enter, type Scene } from "./decision.ts";
import type { Offer, Search } from "./state.ts";
import type { Effect } from "./vocabulary.ts";

export const isEmergency = ({ escalation }: Scene): boolean => escalation.decision.emergency === true;

export const sayEmergency: Effect = { kind: "speak", line: "emergency", values: {} };

/** Danger to life is the reason from here on, and was not before: the line is said once for each escalation. */
export const isGraver = (scene: Scene, decision: DecisionFacts): boolean =>
  decision.emergency === true && !isEmergency(scene);

/** Instead of the fallback: whoever rings goes on ringing, else the next free agent is taken, whoever that is. */
export function keepTrying(scene: Scene, search: Search, offer: Offer | undefined): Decision {
  const { state, escalation, at, policy } = scene;
  // A question that waits to be asked is not asked any more.
  const effects: readonly Effect[] = [
    { kind: "cut-speech" },
    { kind: "keep-company", team: escalation.target.team },
    sayEmergency,
  ];
  if (offer) {
    const by = after(at, policy.ringMs + policy.whisperMs);
    return enter(state, { kind: "offering", ...search, offer, by }, effects);
  }
  const until = after(at, policy.waitMaxMs);
  return enter(state, { kind: "waiting", ...search, asking: false, hoping: true, askAgainAt: at, until }, effects);
}

/** Instead of a callback: the line again; the search goes on as it was. */
export const refuseCallback = (scene: Scene): Decision => ({ state: scene.state, effects: [sayEmergency] });
