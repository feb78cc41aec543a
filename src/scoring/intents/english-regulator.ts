import { everywhere, oneOf } from "../requests/request-rules.ts";
import type { IntentRule } from "./intent-rules.ts";

export const regulator: IntentRule = {
  says: oneOf(
    "\\bcfpb\\b|\\bconsumer financial protection\\b|\\bfederal trade commission\\b|\\bftc\\b|\\bombuds\\w*|\\bfinancial conduct authority\\b|\\b(?:the|to|with|contact) fca\\b|\\battorney general\\b|\\bbetter business bureau\\b|\\bbbb\\b|\\b(?:the|to|with) occ\\b|\\bcomptroller of the currency\\b|\\bfederal communications commission\\b|\\b(?:the|to|with|by) fcc\\b|\\btrading standards\\b|\\bconsumer protection (?:agency|authority|office|bureau|board)\\b|\\binsurance commissioner\\b|\\bstate (?:insurance )?(?:regulator|commissioner|banking)\\b|\\bfederal reserve\\b(?= complaint)|\\bfinra\\b",
    "\\b(?:report|complain|complaint|file|contact|write|go|notify|escalate|take)\\w*(?: \\w+){0,6} (?:regulators?|regulatory (?:body|agency|authority)|watchdog|government agency|consumer (?:affairs|council))\\b",
    "\\breport (?:you|your (?:company|bank)|this (?:company|bank))(?: \\w+)? to (?:the )?(?:authorities|government|regulator\\w*|commission)\\b",
    "\\b(?:bafin|gdpr complaint|data protection (?:authority|commissioner))\\b",
  ),
  aside: everywhere(
    "\\b(?:regulated|authori[sz]ed|licen[sc]ed|registered|supervised|accredited|insured|rated) (?:by|with)(?: the)?(?: (?!and\\b|but\\b|i\\b)\\w+){1,4}",
    "\\bwork(?:ed|ing|s)? (?:for|at|with) the (?:\\w+ ){0,3}?(?:cfpb|ftc|fca|occ|fcc|bureau|commission|attorney general|finra)\\b",
  ),
};
