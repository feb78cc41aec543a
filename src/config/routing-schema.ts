import { z } from "zod";
import { NUMBER_MODES } from "../domain/closed-sets.ts";

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/, "names are lower-case letters, digits and hyphens, at most 48 characters");
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "expected a number in E.164, such as +15005550100");
const spoken = z.string().trim().min(1).max(80);

const queue = z.strictObject({
  team: z
    .union([spoken.transform((en): Record<string, string> => ({ en })), z.record(name, spoken)])
    .describe("What the caller hears, in one language or by language; `en` stands in for the others."),
  also: z.array(spoken).default([]).describe("Other names by which the team may be asked for."),
  skills: z.array(name).default([]).describe("What an agent must have, all of them."),
  hours: z.literal("always").default("always").describe("When the queue is open."),
});

const numberFields = {
  mode: z.enum(NUMBER_MODES).describe("Who answers; `closed` says so and hangs up."),
  assistant: z.string().min(1).describe("An assistant of assistants.yaml."),
  language: name.describe("A language of messages/."),
  queue: name.describe("Where its callers go when nothing more is known."),
  region: name.describe("Whose disclosure rule holds."),
};

/** Said of a zone as it is written: the names are the IANA database's, as the runtime has them. */
const timeZone = z.string().refine(isTimeZone, {
  error: "expected an IANA time zone, such as Europe/Berlin or America/New_York",
});

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false; // A RangeError is how the runtime says that there is no such zone.
  }
}

const listedNumber = z.strictObject({
  ...z.object(numberFields).partial().shape,
  timeZone: timeZone
    .optional()
    .describe("IANA zone of the times its callers name for a callback; without one that of `default`, else UTC."),
  forwardTo: e164.optional().describe("Only for mode `forward`: the one destination, E.164."),
});

/** `config/routing.yaml`. */
export const routingSchema = z.strictObject({
  skills: z.array(name).default([]).describe("Every skill an agent can have."),
  queues: z.record(name, queue),
  regions: z.record(
    name,
    z.strictObject({
      disclosure: z
        .enum(["transcribed", "recorded"])
        .describe("What a caller is told at the start; `recorded`: transcribed and recorded."),
    }),
  ),
  numbers: z
    .record(z.union([z.literal("default"), e164], { error: "expected `default` or a number in E.164" }), listedNumber)
    .refine((numbers) => Object.keys(numberFields).every((field) => Object.hasOwn(numbers["default"] ?? {}, field)), {
      message: `numbers.default must say all of ${Object.keys(numberFields).join(", ")}`,
    }),
});

export type Routing = z.output<typeof routingSchema>;
export type DisclosureRule = Routing["regions"][string]["disclosure"];
