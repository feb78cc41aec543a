/** A page of the knowledge base. */
export type Page = { title: string; ref: string; text: string };

/** A page found, with how well it fits: the share of the query's words that it holds, 0 to 1. */
export type PageFound = Page & { score: number };

/** Words that say nothing about what is looked for. */
const COMMON = new Set([
  "a",
  "an",
  "and",
  "are",
  "can",
  "do",
  "for",
  "how",
  "i",
  "in",
  "is",
  "it",
  "me",
  "my",
  "of",
  "on",
  "the",
  "to",
  "what",
  "who",
]);

const RESULTS_MAX = 5;

/** The pages that share words with a query, best first; a word in the title counts twice. */
export function searchPages(pages: readonly Page[], query: string): PageFound[] {
  const wanted = [...new Set(words(query))];
  if (wanted.length === 0) return [];
  return pages
    .map((page) => ({ ...page, score: Math.round(100 * fit(page, wanted)) / 100 }))
    .filter((page) => page.score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, RESULTS_MAX);
}

function fit(page: Page, wanted: readonly string[]): number {
  const title = new Set(words(page.title));
  const text = new Set(words(page.text));
  const points = wanted.reduce((sum, word) => sum + (title.has(word) ? 2 : text.has(word) ? 1 : 0), 0);
  return Math.min(1, points / wanted.length);
}

function words(text: string): string[] {
  const all = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return all.filter((word) => !COMMON.has(word)).map((word) => word.replace(/(?:es|s)$/u, ""));
}
