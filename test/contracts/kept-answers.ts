import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KeptAnswers } from "../../src/ports/kept-answers.ts";
import { at } from "../stores/values.ts";

export type AnswersUnderTest = { readonly answers: KeptAnswers; close(): Promise<void> };

/** What every implementation of `KeptAnswers` must do. `open` gives an empty one. */
export function keptAnswersContract(name: string, open: () => Promise<AnswersUnderTest>): void {
  describe(`kept answers on ${name}`, () => {
    let under: AnswersUnderTest;
    let answers: KeptAnswers;
    beforeEach(async () => {
      under = await open();
      answers = under.answers;
    });
    afterEach(() => under.close());

    const begin = (place: string, over: { readonly now?: number; readonly digest?: string } = {}) => {
      const { now = 1_000, digest = "d1" } = over;
      return answers.begin({ place, digest, at: at(now), until: at(now + 10_000), workingUntil: at(now + 500) });
    };

    test("the first works, who comes meanwhile is told so, who comes later gets the answer", async () => {
      expect(await begin("p")).toEqual({ kind: "first" });
      expect(await begin("p", { digest: "d2" })).toEqual({ kind: "working", digest: "d1" });
      expect(await begin("other")).toEqual({ kind: "first" });
      const reply = { status: 201, body: { id: "e1", list: [1, "a"] }, headers: { Location: "/x" } };
      await answers.finish("p", reply, at(1_100));
      expect(await begin("p", { digest: "d2", now: 9_000 })).toEqual({ kind: "answered", digest: "d1", reply });
    });

    test("of many at once, one is first", async () => {
      const all = await Promise.all(Array.from({ length: 12 }, () => begin("p")));
      expect(all.filter(({ kind }) => kind === "first")).toHaveLength(1);
      expect(all.filter(({ kind }) => kind === "working")).toHaveLength(11);
    });

    test("what failed may be tried again, and what was answered is not taken back", async () => {
      await begin("p");
      await answers.forget("p");
      expect(await begin("p", { digest: "d2" })).toEqual({ kind: "first" });
      await answers.finish("p", {}, at(1_100));
      await answers.forget("p");
      expect(await begin("p")).toEqual({ kind: "answered", digest: "d2", reply: {} });
    });

    test("who died at it is taken over from, and an answer is forgotten in time", async () => {
      await begin("p");
      expect(await begin("p", { now: 1_499 })).toMatchObject({ kind: "working" });
      expect(await begin("p", { now: 1_500, digest: "d2" })).toEqual({ kind: "first" });
      await answers.finish("p", { body: 1 }, at(1_600));
      expect(await begin("p", { now: 11_499 })).toMatchObject({ kind: "answered", digest: "d2" });
      expect(await begin("p", { now: 11_500 })).toEqual({ kind: "first" });
    });

    test("what has run out is cleared away when another is finished", async () => {
      await begin("old");
      await answers.finish("old", { body: "old" }, at(1_100));
      await begin("new", { now: 11_000 });
      await answers.finish("new", { body: "new" }, at(11_000));
      // Asked with an old clock: it would still be answered if it were there.
      expect(await begin("old", { now: 1_200 })).toEqual({ kind: "first" });
      expect(await begin("new", { now: 11_100 })).toMatchObject({ kind: "answered" });
    });
  });
}
