import { oneOfHinted } from "../clauses/clauses.ts";

const SOMEONE =
  "(?:someone|somebody|some one|anyone|some (?:guy|person|man|woman|stranger)|an? (?:\\w+ )?(?:hacker|scammer|stranger|thief|fraudster|criminal|person)|hackers?|scammers?|thieves|fraudsters?|criminals?|another (?:person|man|woman)|people|they|who|ex|ex (?:husband|wife|boyfriend|girlfriend|partner)|brother|sister|roommate|flatmate|cousin|uncle|stepfather|landlord|co ?worker|nephew|friend)";
const AUX =
  "(?: (?:else|has|have|had|is|was|are|were|been|being|also|out there|must|may|might|could|keeps?|tried|trying|to|apparently|clearly|fraudulently))*";
const PAPERS =
  "(?:passport|driver(?:s| is)? licen[cs]e|driving licen[cs]e|licen[cs]e(?! plate)|social(?: security)?(?: number)?|ssn|national insurance(?: number)?|ni number|tax (?:number|id|file number|identification number)|identity|identification|id(?: card)?(?! number on)|birth certificate|personal (?:details|information|data|info)|date of birth)";
const DEBT =
  "(?:loans?|accounts?|credit cards?|debts?|mortgages?|contracts?|phones?|phone (?:contracts?|lines?|plans?)|lines? of credit|credit lines?|store cards?|car finance|finance|payday loans?|overdrafts?|leases?|utilities|inquir(?:y|ies)|bills?|tax returns?|cards?|credit)";

/** Who the caller is, used by another. */
export const identityTold = oneOfHinted(
  /\b(?:identity|id|passport|licen[cs]e|social|ssn|national insurance|ni number|tax(?:es)?|birth|personal|my name|our name|details|information|info|credit|never|not|used|using|filed|address|(?:be|as|are|is) me)\b/,
  /\b(?:gave|giving|used|using|given) my name (?:when|to the police|to police|at the)\b(?=.*\b(?:arrest\w*|police|court|fine|ticket|hospital)\b)|\b(?:loans?|accounts?|credit cards?|debts?|contracts?)(?: \w+){0,6}? (?:in|under|on) my (?:name|credit report|credit file)(?: \w+){0,6}? (?:none|not one|neither|not) (?:of (?:them|those|it|which) )?(?:is|are|were|was)? ?mine\b|\b(?:someone|somebody|a person)(?: \w+){0,3}? (?:walking around|going around|going about|running around|driving around|working) (?:with|as|under|using) my (?:name|id|identity|social|papers|licen[cs]e|passport|details)\b|\b(?:credit card|loan|account|phone|contract)(?: \w+){0,3}? i never (?:asked for|ordered|wanted)(?: \w+){0,3} (?:opened|taken out|set up)\b/,
  /\b(?:my|our|his|her|son is|daughter is|mother is|father is|wife is|husband is) (?:whole |entire )?(?:identity|id)(?: (?:is|has|was|got|gotten|have|been|being|might|may|could|must|just|recently))+ (?:stolen|compromised|hijacked|cloned|misused|taken|used by|sold|abused)\b/,
  new RegExp(
    `\\b${SOMEONE}${AUX} (?:using|used|uses|use|impersonat\\w+|misus\\w+|abus\\w+|cloned|sold|selling|got hold of|gotten hold of)(?: \\w+){0,2}? (?:my|our) (?:\\w+ )?(?:${PAPERS}|(?<!(?:card|bank|account|login|payment|debit|credit) )(?:name|details|information|info|address)(?! (?:is|tag|badge|for (?:the )?(?:delivery|order)|on the)\\b))\\b(?! (?:please|for me)\\b)(?! to (?:log|sign) in)`,
  ),
  new RegExp(
    `\\b${SOMEONE}${AUX} (?:stole|stolen|stealing|has|have|got|gotten|took|taken|found) (?:\\w+ )?(?:my|our) (?:identity|social security(?: number)?|social(?! media)|ssn|national insurance(?: number)?|tax (?:number|id)|personal (?:details|information|data|info))\\b`,
  ),
  new RegExp(
    `\\b(?:my|our) (?:${PAPERS}|name|details|information|info)(?: \\w+)?(?: (?:is|was|has|have|are|were|being|been|got|getting))+ (?:used|misused|abused|stolen|sold|leaked)(?: \\w+){0,3}? (?:by (?:someone|somebody|another|a|some|scammers?|criminals?)|to (?:open|get|take|apply|rent|buy|claim|file|sign|commit|register|obtain|set)|fraudulently|and (?:someone|somebody|now (?:there|i|someone)|used))\\b`,
  ),
  new RegExp(
    `\\b${DEBT}(?: \\w+){0,3}? (?:keeps?|kept|are|is|were|been|being|started|starting|have|has|i found|just)?(?: (?:been|being|keep|just|suddenly))* ?(?:popping up|pop up|popped up|showing up|show up|showed up|appear(?:ing|ed|s)?|turn(?:ing|ed) up|coming up|taken out|took out|opened|set up|applied for|registered|started)(?: \\w+){0,4}? (?:in|under|on|using|against|with) my (?:name|identity|social|ssn|credit (?:report|file|record|history)|id|information|details)\\b(?! (?:by me|when i|last year when i|and i (?:want|would|need|love)))`,
  ),
  new RegExp(
    `\\b${DEBT}(?: \\w+){0,6}? (?:on|in) my (?:credit (?:report|file|record|history|score)|name)(?: \\w+){0,5}? (?:not mine|is not me|was not me|not me|i (?:never|did not|do not (?:know|recogni[sz]e|remember)|have never|know nothing|have no idea)|without my (?:knowledge|consent|permission))\\b`,
  ),
  /\b(?:loans?|accounts?|credit cards?|mortgages?|phone contracts?|contracts?|line of credit|car finance|payday loans?|overdrafts?|leases?)(?: \w+){0,5}? (?:that |which )?i (?:have |had |swear i )?(?:never|did not|have not|had not)(?: (?:ever|even|actually|have))* (?:opened|open|applied|apply|took|take|taken|signed|sign|requested|authori[sz]ed|set up|asked for)(?: (?:out|for|up))?(?=[ .!?]*$| (?:and|in|with|at|from|so|but|my|myself|that|which|who|because)\b| \.)(?! (?:the )?(?:terms|paper|form|email))/,
  /\bnever (?:took|taken|take) out (?:a|any|that|this|these|the|those|such)(?: \w+){0,2} (?:loans?|credit|mortgage|finance|contract|cards?|policy|overdraft)\b|\bnever (?:applied for|opened|signed up for) (?:an?|any|that|this|these|the|those|such) (?:\w+ ){0,2}(?:loans?|credit|mortgage|finance|account|accounts|phone contract|credit cards?|overdraft)\b(?=.*\b(?:in my name|letter|bill|collect\w*|owe|credit (?:report|file)|says?|someone|they|got|received|but)\b)/,
  /\b(?:collect\w*|chas(?:ing|ed)|bailiffs?|owe|credit (?:report|file)|letters?|demand\w*|creditors?|sued)\b.{0,60}?\b(?:loan|debt|account|mortgage|credit card|phone contract|car)(?: \w+){0,5}? (?:is|was|are|were) not (?:even )?(?:mine|me|my debt)\b/,
  new RegExp(
    `\\b(?:ex|ex (?:husband|wife|boyfriend|girlfriend|partner)|brother|sister|mother|father|mom|mum|dad|cousin|uncle|roommate|flatmate|stepfather|stepmother|nephew|husband|wife|son|daughter|boyfriend|girlfriend|partner|someone|somebody)(?: \\w+){0,3}? (?:open(?:ed|ing|s)?|took out|taken out|taking out|applied for|applying for|got|gotten|signed up for|registered|ran up|run up|put|rented|bought|forged)(?: \\w+){0,5}? (?:in|under|using|with|on) my (?:name|identity|social|ssn|id|details)\\b(?=.{0,60}\\b(?:without|did not know|never (?:agreed|knew|told)|behind my back|no idea|fraud)\\b|(?<=\\bex\\b.*))`,
  ),
  /\b(?:someone|somebody|they|another person|who)(?: \w+){0,3}? (?:already )?filed (?:my|a|for my|for)? ?(?:\w+ )?(?:tax(?:es)?(?: return| refund)?|unemployment|benefits)(?: \w+){0,4}? (?:in my name|under my|using my|with my|before me|instead of me|as me)\b|\b(?:my )?tax(?:es)?(?: return)? (?:was|were|has been|have been|had been) (?:already )?filed (?:already )?(?:by (?:someone|somebody)|in my name|and (?:it was )?not (?:by )?me)\b/,
  /\b(?:pretend(?:s|ed|ing)? to be|pretending they are|posing as|posed as|act(?:ing|ed) as|passing as|passed as|call(?:ing|ed)(?: \w+){0,3} as|identif\w+ (?:him|her|them)sel\w+ as|sign(?:ing|ed) (?:up )?as|claim(?:ing|ed)? to be|says? (?:he|she|they) (?:is|are)|logged in as) me(?=[ .!?]*$| (?:and|on|to|at|with|in|for|from|online|when)\b| \.)|\b(?:stolen|fake) identity\b(?! (?:documents? policy|movie))|\b(?:clone|double|duplicate) of my identity\b|\bmy identity (?:thief|theft)\b/,
);
