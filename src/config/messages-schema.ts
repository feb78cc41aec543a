import { z } from "zod";
import { LINE_IDS, type LineId } from "../handoff/lines.ts";
import { LINE_BLANKS } from "./line-blanks.ts";
import { blanksOf } from "./sentence.ts";

function sentence(line: LineId) {
  const { may, must = [] } = LINE_BLANKS[line];
  return z
    .string()
    .trim()
    .min(1, "the sentence is empty")
    .max(600, "longer than 600 characters: nobody listens that long")
    .superRefine((text, context) => {
      const read = blanksOf(text);
      if (typeof read === "string") return context.addIssue({ code: "custom", message: read });
      for (const blank of read.filter((used) => !may.includes(used)))
        context.addIssue({
          code: "custom",
          message: `unknown blank {{${blank}}}; this line has ${may.map((name) => `{{${name}}}`).join(", ") || "none"}`,
        });
      for (const blank of must.filter((needed) => !read.includes(needed)))
        context.addIssue({ code: "custom", message: `{{${blank}}} is missing: the line must say it` });
    });
}

const lines = Object.fromEntries(LINE_IDS.map((line) => [line, sentence(line)] as const));

/** `config/messages/<language>.yaml`: the words of every line. */
export const messagesSchema = z.strictObject({
  ...lines,
  disclosure: z.strictObject({ transcribed: sentence("disclosure"), recorded: sentence("disclosure") }),
});

/** The sentence of a line, or `undefined` where this language has none. */
export type Messages = Readonly<Record<string, string | Readonly<Record<string, string>>>>;
