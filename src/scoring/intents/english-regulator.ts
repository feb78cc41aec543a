import { oneOf, oneOfHinted } from "../clauses/clauses.ts";
import { type IntentRule } from "./intent-rules.ts";

/** Authorities by their whole names, or by short ones that mean nothing else. */
const NAMED =
  /(?:cfpb|consumer financial protection(?: bureau)?|federal trade commission|ftc|(?:\w+ )?ombuds\w*|financial conduct authority|(?:state )?attorney generals?|better business bureau|comptroller of the currency|federal communications commission|trading standards|advertising standards|consumer protection (?:agency|authority|office|bureau|board|department)|consumer affairs|consumer council|(?:state )?insurance commissioner|(?:state )?(?:department|division|board|bureau) of (?:insurance|banking|financial (?:services|institutions|protection)|transportation|consumer (?:affairs|protection)|justice|labor)|department of transport|state (?:insurance |banking |utility )?(?:regulators?|commissioner|commission)|(?:banking|insurance|privacy|pensions) (?:regulator|commissioner)|finra|ofgem|ofcom|ofwat|ofsted|orr|information commissioner(?: is)?(?: office)?|data protection (?:authority|commissioner|commission|office|regulator)|(?:public )?(?:utility|utilities|service) commission|public utilities|civil aviation authority|competition and markets authority|financial services (?:authority|commission|compensation)|bafin|aviation authority|federal aviation administration|consumer (?:watchdog|regulator)|industry (?:regulator|watchdog)|acma|accc|afca|crtc)/;
/** Short names that are also words, or pieces of others, without an article before them. */
const SHORT = /(?:fca|occ|fcc|dot|puc|cpuc|faa|caa|cma|ico|ags?|asa|sec|dfs|doi|cab|fos|ncua|hud|naic|pra|aer|tio|dob)/;
const N = NAMED.source;
const S = SHORT.source;

const COMPLAINS =
  "(?:report\\w*|complain\\w*|file[ds]?|filing|lodg\\w+|escalat\\w+|going|go|gone|went|contact\\w*|writ\\w+|wrote|call\\w*|tak(?:e|ing|en)|submit\\w*|notify\\w*|refer\\w*|rais\\w+|speak\\w*|tell\\w*|bring\\w*|hear from|heard from|involv\\w+|reach out|send\\w*|email\\w*|ring|phone|phoning)";

export const regulator: IntentRule = {
  says: oneOfHinted(
    new RegExp(
      `\\b(?:${N}|${S}|bb|b|regulat\\w+|watchdogs?|government|licensing|authorities|commission\\w*|state|bureau|board|gdpr|data protection|privacy)\\b`,
    ),
    new RegExp(`\\b${N}\\b`),
    new RegExp(
      `\\b${COMPLAINS}(?: \\w+){0,7}? (?:the|to|with|at|by) (?:the )?${S}\\b(?! (?:com|net|org|office manager))|\\b(?:the )?(?:fca|occ|fcc|puc|caa|ico|sec|dot) (?:complaint|complain|case)\\b`,
    ),
    // Recognition and spelling make one letter of three equal ones.
    /\b(?:report\w*|complain\w*|file|filed|filing|going|go|contact\w*|writ\w+|tak(?:e|ing)|review|post)(?: \w+){0,7}? (?:the|with|to) (?:the )?(?:bb|b|b b b)(?=[ .!?]*$| (?:and|if|because|for|about|on|unless|so|over|complaint|rating|tomorrow|today|i|right)\b| \.)/,
    /\b(?:report|complain|complaint|file|contact|write|go|going|notify|escalat|take|taking|lodg)\w*(?: \w+){0,6}? (?:regulators?|regulatory (?:body|agency|authority)|watchdogs?|government agency|licensing (?:board|authority)|authorities(?= (?:about|over|if|unless|for (?:this|what))|[ .!?]*$| \.)(?<!\b(?:police|port|local|airport|tax) authorities))\b/,
    /\breport(?:ing)? (?:you|your \w+|this (?:company|bank|\w+)|(?:you )?(?:guys|people|lot|all))(?: \w+){0,4}? to (?:the |your )?(?:authorities|government|regulator\w*|commission\w*|state|board|bureau)\b|\b(?:formal |official )?complaint (?:with|to|at) the (?:state|government|authorities|commission|bureau|regulator)\b/,
    /\bgdpr (?:complaint|breach|violation|claim|case)\b|\b(?:complain\w*|complaint|report\w*|violat\w+|breach\w*|infring\w+)\b.{0,60}\b(?:gdpr|data protection (?:act|law|laws|rules|rights)|privacy (?:laws?|regulator|commissioner))\b/,
  ),
  aside: oneOf(
    /\b(?:(?:un)?regulated|authori[sz]ed|licen[sc]ed|registered|supervised|accredited|insured|rated|approved|covered|certified|overseen|recogni[sz]ed|backed|protected|governed|monitored)(?: (?:and|authori[sz]ed|regulated|insured))*(?: (?:by|with|under|through))(?: the)?(?: (?!and\b|but\b|i\b|so\b)\w+){1,4}/,
    /\bwork(?:ed|ing|s)? (?:for|at|with|in) (?:the )?(?:\w+ ){0,3}?(?:cfpb|ftc|fca|occ|fcc|ico|dot|ofcom|ofgem|bureau|commission|attorney general|finra|ombudsman)\b/,
    // What it is, who it is and where its papers are.
    new RegExp(
      `\\b(?:what|who)(?: (?:is|are|does|do|did|was|exactly|even|actually|about))+ (?:an? |the |your |this )?(?:\\w+ )?(?:${N}|${S})\\b(?: (?:do|does|actually|really|say|said|stand for|for|mean))*|\\b(?:is|are) (?:there|it|this|that|they|you) (?:an? |the |from the |part of the |your |with the )?(?:\\w+ )?(?:${N}|${S})\\b|\\b(?:do|does|did) (?:you|they|your company|it) (?:have|know|need|follow|belong to|report to|deal with|answer to|work with)(?: \\w+){0,3} (?:${N}|${S})\\b`,
    ),
    new RegExp(
      `\\b(?:${N}|${S}) (?:forms?|register|registration|number|licen[cs]e|rules?|guidelines?|regulations?|requirements?|rating|leaflet|website|address|phone number|id|approv\\w+|certificat\\w*|standards|exam|protection limit|insurance|insured|limit|fees?|levy|report shows|article)\\b`,
    ),
    new RegExp(
      `\\b(?:do|should|must|would) i (?:need|have|want|ought)? ?(?:to )?(?:tell|register|inform|ask|notify|go through|report to)(?: \\w+){0,2} (?:${N}|${S})\\b|\\b(?:is|are|how much does|does) (?:the )?(?:\\w+ )?(?:${N}|${S}) (?:free|cost|open|part|a|an|any|independent|the|still|charge)\\b`,
    ),
    // A denial.
    new RegExp(
      `\\b(?:not|never|no need to|without)(?: (?:want|wanting|going|go|trying|planning|plan|here|threatening|wish|like|have|having|had|intend\\w*|calling|saying|i|am|will|to|even|really|need|yet|complain\\w*|complaint|report\\w*|contact\\w*|call|file|write|escalat\\w*|take|taking|this|it|you|that|with|about|involv\\w*|bother|bothering|a|any|be|been|get|getting|from|is|an|about))* (?:the )?(?:${N}|${S}|regulators?|authorities|watchdogs?)\\b`,
    ),
    new RegExp(
      `\\b(?:got|received|have|saw|read|found) (?:a|an|the|this|your|some) (?:letter|email|call|message|form|text|document|leaflet|article|number|ad|survey|job|interview|reply|information|advice|refund|check)(?: \\w+){0,3} (?:from|by|about|on|at|for) the (?:\\w+ )?(?:${N}|${S})\\b`,
    ),
  ),
};
