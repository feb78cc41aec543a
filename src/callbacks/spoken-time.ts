import type { DayPart } from "./time-rules/time-rules.ts";

/** What was said about when, before it is known what day it is. */
export type SpokenTime =
  | { readonly kind: "soon" | "past" | "unclear" }
  | {
      readonly kind: "named";
      /** From now. */
      readonly offsetMinutes?: number;
      /** Days from today. */
      readonly ahead?: number;
      /** 0: Sunday. */
      readonly weekday?: number;
      readonly nextWeek?: true;
      /** A second day of the week: which of them is not said. */
      readonly another?: true;
      readonly date?: { readonly day: number; readonly month?: number };
      readonly part?: DayPart;
      /** `half`: "10 am"; "24": said as on a clock of 24 hours. */
      readonly clock?: { readonly hour: number; readonly minute: number; readonly half?: "am" | "pm" | "24" };
      /** Earlier than the clock's time. */
      readonly before?: true;
      /** By the clocks of this zone, IANA. */
      readonly zone?: string;
    };

/** A time, and whether the turn says nothing else. */
export type WordsSaid = { readonly spoken: SpokenTime; readonly alone: boolean };
