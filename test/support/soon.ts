import { expect } from "vitest";

/** Polls until the assertion holds; long enough for a loaded machine, over at once on any other. */
export const soon = <T>(read: () => T): ReturnType<typeof expect.poll<T>> => expect.poll(read, { timeout: 10_000 });
