/** Verbs of a told story, what was tried in vain, and how complaint letters mask dates and names. */
const TOLD =
  /\b(?:told|said|says|stated|informed|advised|explained|responded|replied|promised|refused?|denied|claimed|asked|asking|requested|called|contacted|emailed|wrote|spoke|spoken|received|sent|spent|waited|tried|transferred|kept|reached|hung up|was|were|had|did|went|decided|discovered|found|never|nobody|no one|impossible|unable|not allowed|no way to|repeatedly|whenever|each time|every time|xx+)\b/g;
/** What stands before a verb that is told and not asked for: "would not let me", "to give me", "she put me". */
const TOLD_OF = "(?<!\\b(?:to|not|never|would|could|did|will|can|they|he|she|it|that|who|nobody|no one|them) )";
/** The speaker turns to the one who listens. */
const DIRECT = new RegExp(
  [
    "\\?",
    "\\bplease\\b",
    "\\b(?:can|could|may|might|would|will|do|do not|can not|will not) (?:i|you|we|someone|somebody|anyone)\\b",
    "\\b(?:are|have) you\\b|\\byou (?:could|can|would|might)\\b",
    "\\bi (?:still |now |really |just |also |only |do )*(?:want|need|would like|would rather|demand|prefer|insist|am trying|am calling|am asking|have to|will not|do not want|am not going)\\b",
    "\\bwe (?:want|need|would like)\\b",
    "\\bi (?:refuse to|hate)\\b",
    "^(?:i|we) (?:have )?(?:already )?asked(?: \\w+){0,4} for an? (?:\\w+ )?(?:human|person|agent|representative|operator|supervisor|manager)[ .!?]*$",
    "\\b(?:i|we)(?: \\w+){0,2} (?:asked|told|asking|telling) you\\b|\\byou keep \\w+ing (?:me|us)\\b",
    // What they were told to ask for, and nothing else
    "^(?:\\w+ ){0,4}?(?:told|said|instructed|advised|asked|directed)(?: me| us)? to (?:ask|call|request|speak|talk|get|contact)(?: \\w+){1,7}[ .!?]*$",
    `${TOLD_OF}\\blet (?:me|us)\\b`,
    `${TOLD_OF}\\b(?:give|get|transfer|connect|put|send|pass|hand|forward|find|bring|call) (?:me|us|my call)\\b(?! on hold)`,
    "\\b(?:is|are) there\\b",
    "\\bhow (?:do|can|to|about)\\b|\\bwhat (?:do|number)\\b|\\bwhere (?:is|are|can|do)\\b",
    "\\bright now\\b|\\basap\\b",
  ].join("|"),
);
/** Shorter ones are no stories. */
const LEAST_WORDS = 7;

/** How much an English turn (`spoken`) reports what happened, without a wish addressed to the listener: 0, 1 or 2. */
export function tellsAStory(spoken: string): 0 | 1 | 2 {
  if (DIRECT.test(spoken) || spoken.split(" ", LEAST_WORDS).length < LEAST_WORDS) return 0;
  const told = spoken.match(TOLD)?.length ?? 0;
  return told >= 2 ? 2 : told === 1 ? 1 : 0;
}
