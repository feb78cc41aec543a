/** Twice as many texts are known at most: what a hundred calls at once look back at, two or three turns each. */
const GENERATION = 128;
/** Longer texts are rare, and would take up memory for long. */
const LONGEST = 2_400;

/**
 * A pure function of a text that knows its newest answers: a turn is read when it is said, and again beside the turns after
 * it. What was not asked for again since so many other texts is forgotten.
 */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  type Answers = Map<string, { readonly answer: T }>;
  let newer: Answers = new Map();
  let older: Answers = new Map();
  return (text) => {
    const known = newer.get(text) ?? older.get(text);
    if (known !== undefined) return known.answer;
    const answer = read(text);
    if (text.length > LONGEST) return answer;
    if (newer.size === GENERATION) [newer, older] = [new Map(), newer];
    newer.set(text, { answer });
    return answer;
  };
}
