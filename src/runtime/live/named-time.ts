import { type NamedTime, readIsoTime, readTime, readTimeSaid, type TimeSaid } from "../../callbacks/read-time.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { NumberSetup } from "../../ports/numbers.ts";
import { languageHeard } from "../../scoring/read-text.ts";

type Asked = { readonly setup: NumberSetup; readonly now: EpochMs; readonly asked?: boolean };

/** What a caller's turn says about when to be called; `undefined`: nothing. */
export const timeInTurn = (text: string, { setup, now, asked = false }: Asked): NamedTime | undefined =>
  readTime(text, { now, zone: setup.timeZone ?? "UTC", language: languageHeard(text, setup.language), asked });

/**
 * What they say about when; only where a callback may be spoken of, so that no other date is taken for one.
 * @param usual when a callback is due unless the caller names a time
 */
export function timeSaid(
  text: string,
  { handoff }: CaseState,
  { setup, now, usual }: Asked & { readonly usual: () => EpochMs },
): TimeSaid | undefined {
  const here = { now, zone: setup.timeZone ?? "UTC", language: languageHeard(text, setup.language) };
  if (handoff.kind === "none" || handoff.kind === "closed") return undefined;
  if (handoff.kind !== "capturing-callback") return readTimeSaid(text, here);
  // Asked when, nothing that was read back stands any more.
  if (handoff.step === "time") return readTimeSaid(text, { ...here, asked: true });
  return readTimeSaid(text, { ...here, readBack: handoff.dueAt ?? usual() });
}

/**
 * The time of an assistant's call for a callback. It passes the caller's words on, or works a moment out by itself; a
 * moment that cannot be is held against the caller's own words, and what nobody understood is not passed over.
 */
export function timeOfTool(
  written: string | undefined,
  turn: string | undefined,
  { setup, now }: Asked,
): NamedTime | undefined {
  const zone = setup.timeZone ?? "UTC";
  const read =
    written === undefined
      ? undefined
      : (readIsoTime(written, { now, zone }) ?? timeInTurn(written, { setup, now, asked: true }));
  if (read?.kind === "at") return read;
  const own = turn === undefined ? undefined : timeInTurn(turn, { setup, now });
  if (own?.kind === "at") return own;
  return read ?? own ?? (written === undefined ? undefined : { kind: "unclear" });
}
