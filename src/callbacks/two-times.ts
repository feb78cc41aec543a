// Two times in one turn: which of them is meant, and what of the other still holds.

import type { SpokenTime, WordsSaid } from "./spoken-time.ts";

type Named = Extract<SpokenTime, { kind: "named" }>;

const DAY_MINUTES = 1_440;

const hasDay = ({ offsetMinutes, ahead, weekday, date, another }: Named): boolean =>
  [offsetMinutes, ahead, weekday, date, another].some((said) => said !== undefined);
const isFromNow = ({ offsetMinutes }: Named): boolean =>
  offsetMinutes !== undefined && offsetMinutes % DAY_MINUTES !== 0;

/** The day as it was said, without an hour. */
function dayAlone({ kind, offsetMinutes, ahead, weekday, nextWeek, date, another }: Named): Named {
  return {
    kind,
    ...(offsetMinutes !== undefined && { offsetMinutes }),
    ...(ahead !== undefined && { ahead }),
    ...(weekday !== undefined && { weekday }),
    ...(nextWeek !== undefined && { nextWeek }),
    ...(date !== undefined && { date }),
    ...(another !== undefined && { another }),
  };
}

/** "Tomorrow at ten, I mean eleven": what the second says counts, and what it leaves out is as in the first. */
export function corrected(first: WordsSaid, second: WordsSaid): WordsSaid | undefined {
  const [was, is] = [first.spoken, second.spoken];
  if (was.kind !== "named" || is.kind !== "named") return undefined;
  const alone = first.alone && second.alone;
  if (isFromNow(was) || isFromNow(is)) return { spoken: is, alone };
  const day = dayAlone(hasDay(is) ? is : was);
  return { spoken: { ...day, ...hourOf(was, is) }, alone };
}

const hourOf = (was: Named, is: Named): Partial<Named> => {
  const zone = is.zone ?? was.zone;
  return { ...(is.clock === undefined ? otherPart(was, is) : otherHour(was, is, is.clock)), ...(zone && { zone }) };
};

/** "At ten in the morning, I mean in the evening": the same hour, of the other half of the day. */
function otherPart({ clock, part: before }: Named, { part }: Named): Partial<Named> {
  if (part === undefined) return { ...(clock && { clock }), ...(before && { part: before }) };
  const hour = clock && (clock.half === "24" ? clock : { hour: clock.hour, minute: clock.minute });
  return { ...(hour && { clock: hour }), part };
}

/** "In the morning" is of the hour it was said with: "tomorrow morning, no, at three" is not three in the morning. */
function otherHour(was: Named, is: Named, clock: NonNullable<Named["clock"]>): Partial<Named> {
  const of = was.clock === undefined || hasDay(is) ? undefined : was;
  const part = is.part ?? of?.part;
  const half = clock.half ?? (of?.clock?.half === "24" ? undefined : of?.clock?.half);
  return {
    clock: { ...clock, ...(half && { half }) },
    ...(part && { part }),
    ...(is.before && { before: is.before }),
  };
}

/** "I am off at six, call me at seven": the hour of the call; the day may have been said with the other one. */
export function ofTheCall(beside: WordsSaid | undefined, call: WordsSaid | undefined): WordsSaid | undefined {
  if (beside === undefined || call?.spoken.kind !== "named" || call.spoken.clock === undefined) return undefined;
  const { spoken: other } = beside;
  if (other.kind === "past") return { ...call, alone: false };
  if (other.kind !== "named" || other.clock === undefined) return undefined;
  const day = hasDay(call.spoken) || isFromNow(other) ? call.spoken : { ...dayAlone(other), ...call.spoken };
  return { spoken: day, alone: false };
}
