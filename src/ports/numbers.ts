import type { NumberMode } from "../domain/closed-sets.ts";
import type { Target } from "../handoff/vocabulary.ts";

/** How a dialled number is served (`config/routing.yaml`). */
export type NumberSetup = {
  readonly mode: NumberMode;
  readonly assistant: string;
  readonly language: string;
  readonly target: Target;
  /** IANA, of the times its callers name; absent: UTC. */
  readonly timeZone?: string;
  /** Only for mode `forward`: a number the admin allowed, E.164. */
  readonly forwardTo?: string;
  /** What the opening must tell (H14), by the region's rule; pass it to `Words` as the disclosure's value `notice`. */
  readonly disclosure?: "transcribed" | "recorded";
};

export type Numbers = {
  /** Always answers: a number that is not configured has the default setup. */
  of(dnis: string | undefined): NumberSetup;
  /** A team by the name a caller or an assistant used ("disputes"), or by its queue; undefined: no such team. `language`: of its spoken name, `en` unless said. */
  team(name: string, language?: string): Target | undefined;
};
