import { oneOf } from "../clauses/clauses.ts";
import { THIEF } from "./english-words.ts";
import { identityTold } from "./english-identity-told.ts";
import { type IntentRule } from "./intent-rules.ts";

export const identityTheft: IntentRule = {
  says: oneOf(
    identityTold,
    oneOf(
      "\\b(?:identity|id) (?:theft|thief|thieves|fraud|was stolen|has been stolen|is stolen|got stolen|stolen|was compromised|being compromised)\\b",
      "\\b(?:stole|stolen|stealing|steal|theft of|taken over|hijacked)(?: \\w+)? (?:my|her|his|our) (?:identity|social security|ssn|personal (?:information|details|data))\\b",
      // Somebody else did it, or it was done: what callers open in their own name is no theft.
      `\\b(?:${THIEF}|scammers?|fraudsters?|thief|who|criminal|ex|roommate|stranger|relative)(?: \\S+){0,5}? (?:open|opened|opening|applied|apply|applying|took out|taken out|taking out|take out|got|signed up|signing up|registered|obtained|rented|filed|bought|using|used)(?: \\S+){0,8}? (?:in|under|using|with|on) (?:my|our) (?:name|identity|information|social|ssn|credentials|tax id)\\b(?! (?:tag|badge|change))`,
      "\\b(?:accounts?|acct|loans?|cards?|credit|debts?|lines?|mortgage|inquir\\w+|lease|utilit\\w+|tax returns?|unemployment|phones?|policy)(?: \\S+){0,5}? (?:opened|taken out|applied for|fraudulently|falsely|filed|registered|obtained|made|signed up)(?: \\S+){0,6}? (?:in|under|using|on) (?:my|our) (?:name|identity|information|social|ssn|credentials)\\b",
      "\\b(?:opened|applied|taken out|took out|fraudulently \\w+)(?: \\S+){0,8} (?:in|under|using|with|on) (?:my|our) (?:name|identity|information|social|ssn|credentials)\\b",
      "\\b(?:someone|somebody|people|they|a person)(?: \\w+){0,3} (?:using|used|has|have|uses|impersonat\\w+|stole|got|stealing|sold)(?: \\w+){0,2} my (?:identity|social security|ssn|personal information)\\b",
      "\\b(?:pretending|pretended|claiming|claimed|posing|posed|acting|passing (?:him|her|them)sel\\w+ off) (?:to be|as) me\\b|\\bimpersonat(?:ed|ing|es|or of) me\\b|\\b(?:someone|somebody) (?:is|was|has been) (?:being|using) (?:me|my identity)\\b",
      "\\b(?:loans?|accounts?|credit cards?|debts?)(?: \\w+){0,4} (?:i never|i did not)(?: \\w+)? (?:open|opened|apply|applied|take out|took out|sign\\w*)\\b",
      "\\bnever opened (?:an?|this|that|any|these|those) (?:\\w+ ){0,2}account",
    ),
  ),
  aside: oneOf(
    "\\b(?:identity|id) theft (?:protection|insurance|monitoring|coverage|shield|plan|service|alerts?|reports? are|report\\.)|\\benablement of identity fraud\\b",
    "\\b(?:prevent\\w*|protect\\w*|avoid\\w*|against|what is|how does|risk of|worried about|insurance for|cover\\w*|in case of|explain|article on|article about|question about|guard|safe from)(?: (?!my\\b)\\w+){0,4}? (?:identity|id) (?:theft|fraud)\\b",
    // The caller's own doing, done or wished for.
    "\\b(?:i|we|want|like|need|please|how to|me|you|(?<!\\bex )wife|(?<!\\bex )husband|son|daughter|mother|father|parents)(?: (?:have|had|to|can|could|would|already|recently|you|me|do|did|am|was|trying|once|first|help|and|just|also|who))* (?:open|opened|opening|applied|apply|applying|take out|took out|taking out|signed up|sign up|register|registered|got|get|obtained|rented|bought)(?: (?!someone|somebody|they|he|she|saying|letters?|notices?|bills?|calls?|alerts?|that|which|found|was|were|has|been|never|not|fraud\\w*|opened|taken)\\S+){0,6} (?:in|under|using|with|on) (?:my|our) (?:own )?(?:name|information|social|ssn|identity|credentials)(?!.{0,60}\\b(?:without (?:my|me|asking|telling)|behind my back|never (?:knew|agreed)|did not know)\\b)",
  ),
};
