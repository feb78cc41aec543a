/** The words of a text, in order; long lists of names read better as text. */
export function wordList(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
