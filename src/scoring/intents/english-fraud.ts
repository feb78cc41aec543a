import { oneOf } from "../clauses/clauses.ts";
import { THIEF } from "./english-words.ts";
import { fraudTold } from "./english-fraud-told.ts";
import { type IntentRule } from "./intent-rules.ts";

const MONEY =
  "(?:payments?|charges?|transactions?|purchases?|with ?draw\\w*|witdhraw\\w*|debits?|direct debits?|transfers?|activit(?:y|ies)|deposits?|bills?|orders?|fees?|inquir(?:y|ies)|items?)";

/** Who abuses what is not theirs; "they" and "he" are too often somebody else. */
const STRANGER =
  "(?:someone|somebody|some one|some (?:guy|person|man|woman|criminal|thief|stranger|scammer|hacker)|an? (?:\\w+ )?(?:thief|hacker|criminal|scammer|stranger|fraudster|crook|con ?(?:man|artist)|pickpocket|burglar)|the (?:thief|hacker|criminal|scammer|fraudster|crook)|thieves|hackers|criminals|scammers|fraudsters|crooks|strangers|another person|people i do not know)";

const KEY =
  "(?:cards?|accounts?|phone|wallet|purse|login|log ?in|password|pin|money|savings|details|data|numbers?|information|info|bank|checkbook|cheque ?book|online banking|credentials|email)";

export const fraud: IntentRule = {
  surely: oneOf(
    ...fraudTold,
    oneOf(
      // Taken or copied, and used: a card that was only stolen is lost, not yet abused.
      `\\b${STRANGER}(?: \\w+){0,3}? (?:stole|stolen|took|taken|got(?: \\w+)? hold of|has|have|found|cloned|copied|skimmed|intercepted)(?: \\w+){0,2}? (?:my|our|the)(?: \\w+){0,3}? ${KEY}(?: \\w+){0,3}?(?: and| to| who| then| they| he| she| that)(?: \\w+){0,4}? (?:us(?:e|ed|ing)|buy(?:ing)?|bought|charg(?:e|ed|ing)|spen(?:d|t|ding)|shop\\w*|withdr[ae]w\\w*|purchas\\w*|order\\w*|pay(?:ing)?|paid|mak(?:e|ing)|made|transfer\\w*|emptied|drain\\w*)\\b`,
      `\\b${STRANGER}(?: \\w+){0,3}? (?:cloned|skimmed|hacked|hacking|broke into|broken into|emptied|drained|cleaned out|wiped out|gained access to|took over|taken over|hijacked)(?: \\w+){0,2}? (?:my|our|the)(?: \\w+){0,3}? ${KEY}\\b`,
      `\\b${STRANGER}(?: \\w+){0,4}? (?:using|used|uses|buying|bought|charging|charged|spending|spent|shopping|paying|paid|withdrew|withdrawing|withdrawn|order\\w*|purchas\\w+|(?:made|making|makes) (?:\\w+ )?(?:purchases?|charges?|payments?|withdrawals?))(?: (?!in the (?:past|same))\\w+){0,5}? (?:with|on|from|using|off|to)? ?(?:my|our) (?:\\w+ ){0,3}?(?:cards?|credit card|debit card|account|bank account|card (?:number|details|data)|login|money|savings)\\b(?! (?:please|for me|because i (?:asked|let)))`,
      `\\b(?:my|our) (?:\\w+ ){0,3}?${KEY} (?:was|were|has been|have been|got|is|been)(?: \\w+)? (?:stolen|taken|cloned|copied|hacked|skimmed|compromised|intercepted)(?: \\w+){0,2} and (?:\\w+ ){0,4}?(?:used|using|charged|bought|buying|spent|spending|emptied|drained|withdrew|charges|purchases)\\b`,
      `\\b(?:my|our) (?:\\w+ ){0,3}?(?:cards?|accounts?)(?: (?:data|details|info|information|numbers?))? (?:was|were|has been|have been|got|is|been)(?: \\w+)? (?:cloned|hacked|skimmed|emptied|drained|cleaned out|leaked|exposed|breached)\\b`,
      `\\b(?:stole|stolen|took|robbed|lost)(?: \\w+){0,4} (?:wallet|purse|cards?|phone|bag)\\b.{0,60}\\b(?:withdrawals?|charges?|purchases?|transactions?|payments?)(?: \\w+)? (?:made|on it|appear\\w*|coming|going|not mine|i did not)\\b`,
    ),
  ),
  says: oneOf(
    "\\b(?:report|reporting|file|filing|submit|commit\\w*|suspect|about|victim of|case of|is|it is|this is|possible|credit card|bank|for|some|had|been|think)(?: \\w+){0,3} (?:fraud|fraudulent|fraudster)",
    "\\bfraudulent(?:ly)?\\b|\\bdefraud\\w*|\\bfraud\\w* (?:on|charge|activity|transaction|claim|report)",
    `\\b(?:un+a?u?th?ori[sz]ed|unapproved|unrecogni[sz]ed|suspicious|fishy|bogus|fake|false|illegal|illegitimate|unfamiliar|unusual|shady|questionable) (?:\\w+ ){0,2}?${MONEY}`,
    `\\bi (?:did not|never|have not|had not)(?: \\w+)? (?:make|made|authori[sz]e[d]?|approve[d]?|do|did|initiate[d]?|set ?up|sign up for|recogni[sz]e|buy|bought|purchase[d]?|withdraw|withdrew|withdrawn|take out|took|sign|order)\\b(?: \\w+){0,4}? (?:${MONEY}|cash|money|it)\\b`,
    `\\b${MONEY}(?: (?:\\w+|[$£€]? ?[\\d.]+)){0,6}? (?:(?:that )?(?:i|was|were|is|are|which i)(?: \\w+){0,3}? (?:did not|do not|never|not|not me|not mine)(?: \\w+)? ?(?:make|made|authori[sz]e|authori[sz]ed|approve|recogni[sz]e|do|did|set ?up|mine|me|remember|sign|know)?)\\b`,
    `\\b(?:do not|not|did not|can not) (?:recogni[sz](?:e|ing)|reconi[sz]e|recongi[sz]e|remember|recall|identify)(?: \\w+){0,6}? ${MONEY}`,
    `\\b${THIEF}(?: \\w+){0,3}? (?:stole|took|taken|transferred|withdrew|withdrawn|hacked|charging|charged|spent|stealing|taking|withdrawing|emptied|made|ordered|bought)(?: \\w+){0,4}? (?:money|account|accounts|funds|dollars?|\\$ ?\\d+|\\d{2,}|credits?|cash|information|purchases?|payments?|with ?draw\\w*|transaction|charges?|with my card|on my card)\\b`,
    `\\b${THIEF}(?: \\w+){0,3}? (?:hacked|used|using|charging|accessed|got into|broke into|cloned|copied|skimmed|got hold of|logged in(?: to|to))(?: \\w+){0,4}? (?:account|accounts|cards?|money|information|details|profile)\\b`,
    "\\b(?:someone|somebody|anyone|anybody|person) (?:else|besides me|other than me)(?: \\w+){0,3} (?:used|using|ordered|bought|charged|made|withdrew|took)\\b",
    "\\b(?:card|account|bank|login|password)(?: (?:data|details|info|information|number))? (?:was|were|has been|have been|is|are|got|been)(?: \\w+)? (?:exposed|leaked|compromised|hacked|cloned|skimmed|copied)\\b",
    "\\b(?:dispute|disputing|contest|contesting|challenge) (?:an?|the|my|this|that|these|some|a few|one of (?:my|the))(?: \\w+){0,2} (?:charges?|payments?|bills?|invoices?|transactions?|debits?|purchases?|with ?drawals?)\\b",
    "\\b(?:strange|odd|weird|unknown|uknown|unknow|mysterious|random) (?:(?:debit|card|cash|direct debit) )?(?:payments?|transactions?|purchases?|with ?drawals?|debits?)\\b(?!.{0,20}(?:£|\\$|€) ?1\\b)|\\b(?:unknown|uknown|strange) (?:\\w+ )?charges?\\b(?!.{0,20}(?:£|\\$|€) ?1\\b)",
    "\\b(?:payment|charge|transaction|withdrawal|cash|debit|purchase)s? (?:that |which )?(?:does|do|did) not (?:belong to me|come from me)\\b|\\b(?:do not|not sure|no idea|do not know)(?: \\w+){0,3} (?:where|who)(?: \\w+){0,3} (?:payment|charge|transaction|withdrawal|debit)\\b",
    "\\b(?:merchant|company|store|seller|shop|place|person|business|payee|name) (?:that |which )?i (?:do not|did not|have never|never)(?: \\w+)? (?:recogni[sz]ed?|remember|know|heard|bought|used|shopped)\\b",
    "\\bsomething (?:\\w+ )?(?:fishy|suspicious|shady|not right)(?: \\w+){0,2} (?:on|with|in) my (?:\\w+ )?(?:card|account|statement)\\b|\\bsuspicious (?:of|about) my card",
    "\\b(?:card|account) was used in (?:a|another|some)(?: \\w+){1,5} (?:i|we) (?:have |had )?never\\b|\\b(?:card|wallet|phone) (?:was|got|has been|is) (?:stolen|lost) and (?:\\w+ )?used\\b",
    "\\b(?:hacked|compromised|cloned|skimmed|phish\\w+|scammed|swindled|conned|ripped off)\\b",
    "\\b(?:money|funds|cash|dollars)(?: \\w+){0,4}? (?:stolen|missing (?:from|in) my|taken (?:from|out of) my|disappeared from|withdrawn without|gone from my)",
    "(?:£|\\$|€) ?\\d[\\d.,]*(?: \\w+){0,3} (?:missing|stolen|gone|vanished)\\b|\\b(?:money|cash|funds|dollars|pounds|savings)(?: \\w+){0,4}? (?:missing|gone|vanished|disappeared|stolen|drained)(?: \\w+){0,2} (?:from|out of|in) my (?:\\w+ ){0,2}accounts?\\b|\\bmissing (?:funds|money|cash) (?:from|in|out of) my\\b",
    "(?:£|\\$|€) ?\\d[\\d.,]*(?: \\w+){0,2} (?:taken|withdrawn|removed|stolen|debited)(?: out)? (?:from|of) my (?:\\w+ ){0,2}accounts?\\b",
    "\\b(?:someone|somebody|they|thief)(?: \\w+){0,2} (?:been )?using (?:it|them)(?: to| and| at| for| without|[ .!?]*$)",
    "\\b(?:payment|charge|withdrawal|transaction|debit|purchase)\\b.{0,60}\\b(?:even though|although|but) i (?:have |had |did )?(?:not|never)(?: \\w+)? (?:use|used|using|go|been|shop\\w*|touched|spen[dt])\\b",
    "\\b(?:lost|stolen|missing)(?: \\w+){0,3} (?:card|wallet|purse|phone)\\b.{0,60}\\b(?:funds|money|cash|withdr\\w+|charges?|purchases?|transactions?|spent)\\b",
    "\\b(?:scam|scammer|scammers|fraudster)\\b(?! alert)",
    `\\b(?:card|account)(?: \\w+){0,3} (?:being used|was used|has been used|been used|used)(?: \\w+){0,6} (?:not me|without|by someone|never|fraud|stolen|is not me|was not me)`,
    `\\b(?:without my (?:permission|consent|authori[sz]ation|knowledge|approval))\\b`,
  ),
  aside: oneOf(
    "(?<!\\bfrom (?:your|the|my|our|their|a|his|her) )\\b(?:fraud|scam|phishing|hack\\w*) (?:alerts?|departments?|protection|prevention|detection|polic(?:y|ies)|guarantees?|awareness|training|insurance|cover|coverage|news|warnings?)\\b",
    "\\b(?:prevent|avoid|protect\\w*|detect|guard|recogni[sz]e|spot|cover\\w*|secure|safe|insured)(?: (?!it (?:is|was)\\b)(?!this\\b|i\\b|we\\b)\\w+){0,6}? (?:fraud\\w*|scam\\w*|phish\\w*|hack\\w*|cloned|conned|identity theft)\\b",
    // Who disputes a charge or a bill may know very well whose it is.
    "\\b(?:dispute|disputing|contest|contesting|challenge)(?= (?:an?|the|my|this|that|these|some|a few|one of (?:my|the))(?: (?!debit|direct|cash)\\w+){0,2} (?:charges?|bills?|invoices?|fees?)\\b)",
    // What is denied, or not done yet.
    "\\b(?:not|never|no|nothing|without|is not|was not)(?: (?:a|an|any|even|really|about|been|being|get|got|getting|related|to|actually|saying|think|it|is|was|calling|of|case|kind|real|reporting|report|talking|this))* (?:fraud\\w*|scam\\w*|phish\\w*|hack\\w*|conned|defrauded|compromised|suspicious|stolen)\\b(?! me\\b)",
    "\\b(?:i|we) (?:did not|have not|had not|never)(?: \\w+)? (?:make|made|do|done|send|sent|set ?up|placed?)(?: (?:the|my|our|a|an|any|this|that))?(?: \\w+)? (?:payments?|transfers?|deposits?|purchases?|orders?) (?:yet|this month|on time|last month|because|so far|until)\\b",
    // What has not happened: "how do I stop someone from using my card".
    `\\b(?:stop|prevent|preventing|block|keep|avoid|before|in case|so that no one|worried that|afraid that) ${STRANGER}(?: (?:else|from|to|is|has|could|can|might|with))*`,
    "\\b(?:identity|id) fraud\\b",
    // What the caller did themselves and now waits for.
    `\\b${MONEY} (?:that |which )?i (?:have |had |just |already )*(?:made|sent|paid|did|ordered)(?: that)?\\b(?! (?:not|no|a fraud))`,
    "\\bdo not (?:know|understand|remember) (?:how|where|what|why) (?:to|my|the) (?:pin|password)",
  ),
};
