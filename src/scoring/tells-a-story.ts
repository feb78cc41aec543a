/** Verbs of a told story, and how complaint letters mask dates and names. */
const TOLD =
  /\b(?:told|said|says|stated|informed|advised|explained|responded|replied|promised|refused|claimed|asked|called|contacted|spoke|spoken|received|sent|hung up|was|were|had|did|went|decided|discovered|found|reached|xx+)\b/g;
/** The speaker turns to the one who listens. */
const DIRECT =
  /\?|\b(?:please|(?:can|could|may|would) (?:i|you|we|someone|somebody)|let me|i (?:want|need|would like|demand|prefer|insist|am trying|have to|will not|do not want)|(?:give|get|transfer|connect|put|send|pass) (?:me|us)|right now|asap)\b/;
const VERBS_OF_A_STORY = 2;

/** Is an English turn (`spoken`) a report of what happened, without a wish addressed to the listener? */
export const tellsAStory = (spoken: string): boolean =>
  !DIRECT.test(spoken) && (spoken.match(TOLD)?.length ?? 0) >= VERBS_OF_A_STORY;
