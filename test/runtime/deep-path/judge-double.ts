import type { Judge, JudgeAsk, Judged } from "../../../src/ports/judge.ts";

export type Question = {
  readonly ask: JudgeAsk;
  readonly outdated: AbortSignal;
  answer(judged: Judged | undefined): void;
};

/** A judge whose every question is answered by the test. */
export function judgeDouble(): { judge: Judge; questions: Question[]; forgotten: string[] } {
  const questions: Question[] = [];
  const forgotten: string[] = [];
  const judge: Judge = {
    judge: (ask, outdated) => new Promise((answer) => questions.push({ ask, outdated, answer })),
    forget: (caseId) => void forgotten.push(caseId),
  };
  return { judge, questions, forgotten };
}

const all = (score: number): NonNullable<Judged["scores"]> => ({
  groundedness: score,
  factualAccuracy: score,
  policyCompliance: score,
  relevance: score,
  completeness: score,
  tone: score,
  certainty: score,
});

export const judged = (score: number | undefined, over: Partial<Judged> = {}): Judged => ({
  resolved: false,
  entities: {},
  ...(score === undefined ? {} : { scores: all(score) }),
  ...over,
});
