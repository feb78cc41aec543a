/** Whether parsed JSON is nested at most `max` deep. Walks without recursion: depth is what it guards against. */
export function isShallowJson(value: unknown, max: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const inner = level.filter((item) => typeof item === "object" && item !== null);
    if (inner.length > 0 && depth >= max) return false;
    level = inner.flatMap((item) => Object.values(item));
  }
  return true;
}
