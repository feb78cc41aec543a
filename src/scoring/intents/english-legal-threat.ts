import { oneOf, oneOfHinted } from "../clauses/clauses.ts";
import { type IntentRule } from "./intent-rules.ts";

/** Courts, lawyers' letters and claims, in the words of who is angry rather than of a form. */
const threatens = oneOfHinted(
  /\b(?:courts?|judge|jury|tribunal|arbitrat\w+|lawyers?|attorneys?|solicitors?|legal\w*|barrister|law|magistrate|proceedings|papers|writ|summons|subpoena|lawsuit|litigat\w+|charges|claim|moneyclaim|cease|action|breach|sue|suing|sued|served|prosecut\w+)\b/,
  /\b(?:take|taking|took|drag\w*|haul\w*|bring\w*)(?: (?:you|your|these|those|this|that|it|the|them|all|people|guys|lot|company|bank|firm|business|airline|matter|case|whole|thing|shop|store|landlord|issue|complaint|dispute|further|straight|right|up))+ (?:to|into|through|before|in front of) (?:small claims(?: court)?|(?:the )?(?:high |county |federal |civil )?courts?(?! (?:yard|room|side|date))|a judge|(?:the |a )?(?:tribunal|arbitration|arbitrator))\b/,
  /\b(?:pursu\w+|fight\w*|settl\w+|sort\w*|resolv\w+|argue|challeng\w+|take(?:n)? (?:up)?)(?: (?:you|your|this|that|it|them|the|matter|case|my|claim|issue|dispute|all|out))* (?:in|through|via) (?:a |the |small claims |civil )?(?:courts?(?! (?:yard|room|side))|court of law|legal channels|lawyers?|solicitors?|attorneys?)\b|\b(?:tell|explain|say|justify|repeat) (?:it|that|this) to (?:a|the|my) (?:judge|jury|lawyer|attorney|solicitor|magistrate)\b|\b(?:going|go|end up|ending up|ends up|head\w*|off) (?:to|in|before|straight to|all the way to) (?:small claims|(?:the )?court(?:s)?(?! (?:yard|room|side|on|for (?:jury|my|a)|tomorrow|today|next|date|as a))|a judge)\b(?=.*\b(?:you|this|refund|money|if|unless|company|with it)\b)/,
  /\b(?:next (?:stop|step|time|thing)(?: \w+){0,3} (?:is|in|be|will be) (?:the |a |small claims )?court)\b(?! date)|\blet (?:a|the) (?:judge|court|courts|tribunal|jury) (?:decide|sort|settle|rule|handle)\b|\byou (?:are going to|will|can expect to|should expect to|shall)(?: \w+)? (?:get|receive|have|face|see) (?:a |an |the |my )?(?:court )?(?:summons|subpoena|writ|court (?:papers|order|date|claim)|lawsuit)\b|\b(?:instructed|instructing|instruct) (?:a |my |our )?(?:solicitors?|lawyers?|attorneys?|counsel)\b/,
  /\b(?:expect|wait for|look out for|watch (?:out )?for|await\w*|prepare for|ready for|you (?:will|are going to|can|should|may|might|would)|will be|soon be|shortly)(?: \w+){0,6}? (?:from|by|of|with|to) (?:my|our|a) (?:lawyers?|attorneys?|solicitors?|legal (?:team|counsel|representative)|barrister|law firm)\b|\b(?:letter|call|email|summons|papers|correspondence|writ)(?: \w+){0,2} from my (?:lawyers?|attorneys?|solicitors?|legal team)(?=[ .!?]*$| (?:soon|shortly|next|tomorrow|then|in the (?:mail|post)|is (?:on|coming))| \.)/,
  /\b(?:get|getting|put|putting|bring\w*|set|setting|sic|send\w*|hand\w*|pass\w*|give|giving|giv\w+|turn\w*|refer\w*|leave|leaving|take|taking|forward\w*)(?: (?:you|this|it|that|the|all|my|whole|case|matter|over|off|on|to|you all|everything|thing))* (?:the |my |our |a )?(?:lawyers?|attorneys?|solicitors?|legal team|barrister)(?= (?:on|after|involved|onto|at)\b|[ .!?]*$| (?:if|unless|tomorrow|today|now|and)\b| \.)(?<!\b(?:send\w*|get\w*|give|forward\w*|put|giv\w+|hand\w*|pass\w*)(?: \w+){0,3}? (?:money|invoice|receipt|statement|copy|documents?|documentation|transcript|form|forms|letter|bill)(?: \w+){0,4})/,
  /\b(?:issue|issuing|serve|serving|start|starting|begin|lodge|lodging|initiat\w+|bring\w*|commenc\w+|file|filing|launch\w*)(?: (?:you|a|an|the|some|court|legal|formal|small claims|county court|civil|criminal|you with))* (?:proceedings|papers|writ|summons|subpoena|lawsuit|litigation|charges against you|complaint in court|court claim|moneyclaim)\b|\b(?:letter before (?:action|claim)|cease and desist|notice before action|money claim online|breach of contract (?:claim|suit|case|action))\b|\b(?:see|have|get|want|look\w* forward to)(?: \w+){0,2} (?:my |our |a )?day in court\b/,
  /\b(?:go|going|gone|take|taking)(?: (?:down|the|a|this|it))* (?:legal|law) (?:route|path|road|avenue)\b|\b(?:go|going|went|taking it|take it|take this|taking this|pursue this|pursue it|pursuing this|pursuing it)(?: \w+)? (?:legal|legally)(?=[ .!?]*$| (?:if|with|on|and|unless|against|about|over)\b| \.)|\b(?:prosecut\w+|litigat\w+) (?:you|your|this company)\b|\b(?:consider yourselves?|you are (?:going to|gonna) (?:be|get)|you will (?:be|get)|getting|get) (?:sued|served)\b(?! (?:food|dinner|breakfast|by (?:a|the) (?:waiter|server)))/,
  /\b(?:sue|suing) (?:the|your|y ?all|these|this|u|every|each)\b|\b(?:will|going to|have to|am|are|about to|ready to|might|i|we) (?:sue|suing)(?=[ .!?]*$| (?:if|because|over|for|unless|and|you|them|your|the|this|someone at|for damages)\b| \.)(?<!\b(?:am|are|i|we|is) sue)/,
);

export const legalThreat: IntentRule = {
  says: oneOf(
    threatens,
    oneOf(
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
  ),
  aside: oneOf(
    "\\b(?:sued|suing) (?:him|her|by|each)\\b|\\b(?:divorce|custody|marriage|family|immigration|estate|probate|real estate|closing) (?:lawyer|attorney)s?\\b",
    "\\b(?:not|never|no one is|nobody is)(?: (?:going|want|wanting|trying|planning|threatening|intend\\w*|looking|here|saying|i|am|will|to|even|really|me))* (?:tak(?:e|ing)|drag\\w*|bring\\w*|go(?:ing)?|fight\\w*|pursu\\w*)(?: (?:you|this|it|that|the|them|your|company|bank|matter|case))* (?:to|in|through) (?:the )?(?:small claims )?courts?\\b",
    "\\b(?:are|will|did|would|can|could|do) you(?: \\w+){0,3} (?:tak\\w+|sue|suing|prosecut\\w+)(?: \\w+){0,3}(?: (?:to|in) (?:\\w+ )?court)?",
    // Taken by others, or denied.
    "\\b(?:you|they|bank|company|collectors?|landlord|creditors?|agency|he|she)(?: (?!me\\b|i\\b|us\\b|we\\b|my\\b)\\w+){0,4} (?:take|taking|pursue|pursuing|start\\w*|threaten\\w*|file|filing|begin|bring\\w*|seek\\w*)(?: (?!me\\b|us\\b)\\w+){0,3} (?:legal (?:action|proceedings)|lawsuit|litigation)",
    "\\b(?:do|did|am|will|would|have|are) (?:not|never)(?: (?:want|going|trying|planning|plan|intend|need|wish|wanting|looking|threatening|to|even))* (?:sue|suing|litigate|hire|call|contact|take legal action|get (?:a|my) lawyer)\\b(?: (?:a|an|my) (?:lawyer|attorney|solicitor))?",
    "\\b(?:can|could|how (?:do|can|would)|may) i sue\\b(?! (?:you|your|them|this company|the (?:bank|company)|for))",
    "\\b(?:pay|paying|paid|send|sending|transfer\\w*|owe|wire|find|recommend\\w*|need) (?:\\w+ ){0,4}?(?:a|an|my|our|the) (?:lawyer|attorney|solicitor)s?(?= (?:\\w+ ){0,2}(?:in|near|nearby|for|fees?|\\d+|today|from my|with my)\\b|[?])",
    "\\b(?:got|received|have|had) (?:a|the|another|this) (?:letter|call|email|bill|invoice)(?: \\w+)? from (?:my|our|a|the) (?:lawyer|attorney|solicitor)s?\\b",
    "\\b(?:pay|paying|paid|transfer\\w*|wire|sending|send)(?: \\w+){0,4} (?:to )?(?:a|an|my|our|the) (?:lawyer|attorney|solicitor)s?\\b",
  ),
};
