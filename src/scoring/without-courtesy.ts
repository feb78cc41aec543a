import type { Reading } from "./read-text.ts";

/** What callers put behind a sentence to be polite; it is no part of what the sentence says. */
const BEHIND =
  /(?: (?:please|thanks?|thank you|cheers|bye|so much|very much|a lot|in advance|sir|madam|ma'am|for (?:your|the|all your) (?:help|time|patience|assistance)|have a (?:nice|good|great|lovely) (?:day|one|evening|afternoon|weekend)|(?:and )?i (?:was|am) wondering (?:if|whether) (?:you|someone|anyone) (?:could|can|would|might) (?:help|assist)(?: me| us)?|(?:can|could|would|will) you (?:please )?(?:help|assist)(?: me| us)?(?: out)?|with (?:that|this|it)|(?:and )?i need (?:some |your )?(?:help|advice|assistance)|(?:and )?what (?:can|should|do|shall) i do|if you do not mind|if that is (?:okay|ok|alright|all right)))+[ .!?]*$/;
/** Most turns have no courtesy to look for. */
const HINT = /\b(?:please|thank|thanks|cheers|bye|have a|help|assist|sir|madam|ma'am|what|if)\b/;

/** An English turn without the courtesy behind it, so that what ends a sentence ends the turn. Other languages as they are. */
export function withoutCourtesy(reading: Reading): Reading {
  if (reading.language !== "en" || !HINT.test(reading.spoken)) return reading;
  const spoken = reading.spoken.replace(BEHIND, "");
  // A turn of courtesy alone stays what it is.
  return spoken === "" || spoken === reading.spoken ? reading : { ...reading, spoken };
}
