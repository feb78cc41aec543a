const BLANK = /\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/g;
const PART = /\[\[(.*?)\]\]/gs;

/** The blanks a sentence uses, or, as a text, why its brackets do not add up. */
export function blanksOf(sentence: string): string[] | string {
  const names = [...sentence.matchAll(BLANK)].map(([, name = ""]) => name);
  const outside = sentence.replaceAll(BLANK, "").replaceAll(PART, "$1");
  if (outside.includes("{{") || outside.includes("}}")) return "a blank is not of the form {{name}}";
  if (outside.includes("[[") || outside.includes("]]")) return "an optional part is not of the form [[ … ]]";
  return names;
}

/** Fills the blanks. A part in `[[…]]` disappears when one of its blanks is empty or not given. */
export function fillSentence(sentence: string, values: Readonly<Record<string, string>>): string {
  const fill = (text: string) => text.replaceAll(BLANK, (_, name: string) => values[name]?.trim() ?? "");
  const kept = sentence.replaceAll(PART, (_, part: string) => {
    const empty = [...part.matchAll(BLANK)].some(([, name = ""]) => (values[name] ?? "").trim() === "");
    return empty ? "" : part;
  });
  return fill(kept).replaceAll(/\s+/g, " ").trim();
}
