/** Verbs of a told story, what was tried in vain, and how complaint letters mask dates and names. */
const TOLD =
  /\b(?:told|said|says|stated|informed|advised|explained|responded|replied|promised|refused?|denied|claimed|asked|asking|requested|called|contacted|emailed|wrote|spoke|spoken|received|sent|spent|waited|tried|transferred|kept|reached|hung up|was|were|had|did|went|decided|discovered|found|never|nobody|no one|impossible|unable|not allowed|no way to|repeatedly|whenever|each time|every time|xx+)\b/g;
/** The speaker turns to the one who listens. */
const DIRECT =
  /\?|\b(?:please|(?:can|could|may|might|would|will|do|do not|can not|will not) (?:i|you|we|someone|somebody|anyone)|(?:are|have) you|let (?:me|us)|i (?:want|need|would like|demand|prefer|insist|am trying|am calling|am asking|have to|will not|do not want|am not going)|we (?:want|need|would like)|(?:give|get|transfer|connect|put|send|pass|hand|forward|find|bring|call) (?:me|us|my call)|(?:is|are|was) there|how (?:do|can|to|about)|what (?:do|number)|where|right now|asap|your)\b/;
/** Shorter ones are no stories. */
const LEAST_WORDS = 7;

/** How much an English turn (`spoken`) reports what happened, without a wish addressed to the listener: 0, 1 or 2. */
export function tellsAStory(spoken: string): 0 | 1 | 2 {
  if (DIRECT.test(spoken) || spoken.split(" ", LEAST_WORDS).length < LEAST_WORDS) return 0;
  const told = spoken.match(TOLD)?.length ?? 0;
  return told >= 2 ? 2 : told === 1 ? 1 : 0;
}
