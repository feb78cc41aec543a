import { everywhere, oneOf } from "../requests/request-rules.ts";
import type { IntentRule } from "./intent-rules.ts";

export const legalThreat: IntentRule = {
  says: oneOf(
    "\\b(?:take|taking|pursue|pursuing|seek|seeking|start|starting|consider|considering|initiate|explore|exploring|research|researching|prepared for|begin|file|threaten|further|additional|through|warrants?|bring|face|forced)(?: \\w+){0,4} legal (?:action|remed\\w+|recourse|proceedings|counsel|options|avenues|matters|steps|advice)\\b",
    // "Sue" is also a name: a verb stands before it that no name has.
    "\\b(?:i|we|me|us|lawyer|attorney)\\b(?: \\w+){0,5}? (?:(?<!(?:speak|speaking|spoke|spoken|talk|talking|talked|connect|connected|transfer|transferred|put through|wrote|written|listen|sent|said|go|back|call|due|over|message|email|connect me|transfer me|get me|put me through|take me|send me) )to|will|would|may|might|shall|could|can|gonna|even) (?:sue|litigate)\\b",
    "\\b(?:i|we)\\b(?: \\w+){0,4}? (?:am|are|of|about|consider|considering|be|be forced to|start) (?:suing|litigating)\\b",
    "\\b(?:sue|suing) (?:you|your|them|this|the (?:bank|company)|for|their)\\b",
    "\\b(?:file|filing|filed|pursue|pursuing|bring|start|seek|seeking)(?: \\w+){0,3} (?:lawsuit|law suit|litigation|suit|court case|claim in court)\\b|\\bclass action\\b(?! (?:settlement|checks?|payments?|payout|notice|refund))|\\bin litigation\\b",
    "\\b(?:call|contact|contacting|hire|hired|hiring|consult|consulting|informed|inform|involve|involving|retain|retained|get|getting|seek|have|warrants?|need|forward\\w*|letter from|from|through|notify|advis\\w+ by|speak\\w* (?:to|with)|talk\\w* (?:to|with))(?: \\w+){0,2} (?:a|an|my|our) (?:lawyer|attorney|solicitor|legal team|barrister|legal counsel)\\b|\\bwarrants a lawyer\\b",
    "\\b(?:my|our) (?:lawyers?|attorneys?|solicitors?|legal team|legal counsel)(?: \\w+)? (?:will|has|says|said|would|have|advis\\w+|told|is (?:going|preparing|ready|looking|involved|drafting|filing|handling|on it|on this|aware|copied)|are (?:going|preparing|ready|looking|involved|drafting|filing|aware)|(?:and i|to) (?:will|are|sue|take|file|send|contact))\\b",
    "\\b(?:see|meet) you (?:all )?in court\\b|\\btake (?:you|this|them|it|the bank|your \\w+)(?: \\w+)? to (?:small claims )?court\\b|\\bsmall claims\\b|\\bin a court of law\\b|\\bpress charges(?: against)? (?:you|your|the (?:bank|company))|\\bhear(?:ing)? from my (?:lawyer|attorney|solicitor)",
    "\\bcompensated for (?:the|my) damages|\\b(?:seek|demand|claim)(?:ing)? damages\\b(?! (?:on|to|from))",
    "\\b(?:be|get|getting|going) (?:a )?lawyers? (?:involved|up)\\b|\\blawyer(?:ing)? up\\b",
    "\\blegal action\\b(?: against (?:you|your|them|the (?:bank|company|merchant))| if| will)",
  ),
  aside: everywhere(
    "\\b(?:sued|suing) (?:him|her|by|each)\\b|\\b(?:divorce|custody|marriage|family|immigration|estate|probate|real estate|closing) (?:lawyer|attorney)s?\\b",
    // Taken by others, or denied.
    "\\b(?:you|they|bank|company|collectors?|landlord|creditors?|agency|he|she)(?: (?!me\\b|i\\b|us\\b|we\\b|my\\b)\\w+){0,4} (?:take|taking|pursue|pursuing|start\\w*|threaten\\w*|file|filing|begin|bring\\w*|seek\\w*)(?: (?!me\\b|us\\b)\\w+){0,3} (?:legal (?:action|proceedings)|lawsuit|litigation)",
    "\\b(?:do|did|am|will|would|have|are) (?:not|never)(?: (?:want|going|trying|planning|plan|intend|need|wish|wanting|looking|threatening|to|even))* (?:sue|suing|litigate|hire|call|contact|take legal action|get (?:a|my) lawyer)\\b(?: (?:a|an|my) (?:lawyer|attorney|solicitor))?",
    "\\b(?:can|could|how (?:do|can|would)|may) i sue\\b(?! (?:you|your|them|this company|the (?:bank|company)|for))",
    "\\b(?:pay|paying|paid|send|sending|transfer\\w*|owe|wire|find|recommend\\w*|need) (?:\\w+ ){0,4}?(?:a|an|my|our|the) (?:lawyer|attorney|solicitor)s?(?= (?:\\w+ ){0,2}(?:in|near|nearby|for|fees?|\\d+|today|from my|with my)\\b|[?])",
    "\\b(?:pay|paying|paid|transfer\\w*|wire|sending|send)(?: \\w+){0,4} (?:to )?(?:a|an|my|our|the) (?:lawyer|attorney|solicitor)s?\\b",
  ),
};
