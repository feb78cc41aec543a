import type { NumberMode } from "../domain/closed-sets.ts";
import type { Target } from "../handoff/vocabulary.ts";

/** How a dialled number is served (`config/routing.yaml`). */
export type NumberSetup = {
  readonly mode: NumberMode;
  readonly assistant: string;
  readonly language: string;
  readonly target: Target;
  /** Only for mode `forward`: a number the admin allowed, E.164. */
  readonly forwardTo?: string;
};

export type Numbers = {
  /** Always answers: a number that is not configured has the default setup. */
  of(dnis: string | undefined): NumberSetup;
  /** A team by the name a caller or an assistant used ("disputes"); undefined: no such team. */
  team(name: string): Target | undefined;
};
