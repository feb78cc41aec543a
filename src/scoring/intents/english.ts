import { everywhere, oneOf, oneOfHinted } from "../requests/request-rules.ts";
import { billingDispute } from "./english-billing.ts";
import type { IntentRules } from "./intent-rules.ts";

const MINE =
  "(?:(?:my|our|the|this|that|an?|these|those|his|her|all|any|fucking|damn|bloody|online|goddamn|entire|whole)\\s)*";
const ACCOUNT = "(?:(?:\\w+ ){0,3}?(?:accounts?|profiles?|acc?ount|acct|membership))";
const SERVICE =
  "(?:(?:\\w+ ){0,4}?(?:subscription|plan|policy|policies|membership|contract|service|reservations?|bookings?|orders?|purchase|transfers?|payments?|transactions?|checks?|cheques?|direct debits?|standing orders?|automatic (?:billing|payments?|renewal)|auto ?pay|billing|cards?|loans?|mortgage|overdraft|insurance|table|appointment|coverage|trial|renewal|ticket|flight|ride|trip)\\b)";
const MONEY =
  "(?:payments?|charges?|transactions?|purchases?|with ?draw\\w*|witdhraw\\w*|debits?|direct debits?|transfers?|activit(?:y|ies)|deposits?|bills?|orders?|fees?|inquir(?:y|ies)|items?)";
const THIEF =
  "(?:someone|somebody|some one|a thief|thieves|hackers?|a hacker|criminals?|scammers?|a scammer|people|another person|someone else|somebody else|they|some guy|he|she)";

/** Who abuses what is not theirs; "they" and "he" are too often somebody else. */
const STRANGER =
  "(?:someone|somebody|some one|some (?:guy|person|man|woman|criminal|thief|stranger|scammer|hacker)|an? (?:\\w+ )?(?:thief|hacker|criminal|scammer|stranger|fraudster|crook|con ?(?:man|artist)|pickpocket|burglar)|the (?:thief|hacker|criminal|scammer|fraudster|crook)|thieves|hackers|criminals|scammers|fraudsters|crooks|strangers|another person|people i do not know)";
const KEY =
  "(?:cards?|accounts?|phone|wallet|purse|login|log ?in|password|pin|money|savings|details|data|numbers?|information|info|bank|checkbook|cheque ?book|online banking|credentials|email)";

/** An order, booking or contract by name; a transfer or card may be cancelled for many reasons. */
const KEPT =
  "(?:(?:\\w+ ){0,3}?(?:subscription|plan|policy|policies|membership|contract|reservations?|bookings?|orders?|ordr|oder|purchases?|purhase|direct debits?|standing orders?|checks?|cheques?|auto ?pay|transfers?|insurance|appointment)\\b)";
const MEMBERSHIP =
  "(?:(?:\\w+ ){0,3}?(?:acc?ou?n?t?s?|acc?ount|acocunt|accuont|cacount|accounmt|accout|acct|profiles?|profle|profil|memberships?)\\b)";

/** Words without one of which no rule of hardship can match. */
const HARDSHIP_HINT =
  "job|income|employ|business|home|house|work|laid off|furlough|redundant|let go|evict|unemploy|afford|pay|bill|rent|mortgage|loan|instal|fees?|premium|ends meet|keep up|manage|financ|money|economic|hardship|struggl|hard time|trouble|difficult|behind|bankrupt|foreclos|savings|feed|food|benefits|disability|social security|welfare|medical|fixed|getting by|surviving|making it|scraping|relief|forbearance|defer|hours|wages|salary|debt|broke|nothing left|hungry|reposses|bailiff|collector|notice|letter|order|times|tight|strapped|short|pension|treatment|cover|meet|make|assistance|support|help|option|program";

export const englishIntents: IntentRules = {
  cancellation: {
    surely: oneOf(
      `\\b(?:cancel\\w*|cancle|canel|cacnel|cnacel|cancell?ing) ${MINE}(?:${KEPT}|${MEMBERSHIP})`,
      `\\b(?:close|closing|delete|deleting|delet|dleete|edlete|remove|removing|terminate|terminating|deactivate|deactivating|eliminate|discontinue|shut down|get rid of) ${MINE}${MEMBERSHIP}(?! (?:from|off) my)`,
      "\\b(?:order|account|profile|reservation|booking|subscription|purchase) (?:cancell?ations?|cancelation|closures?|deletions?|terminations?|removals?)\\b(?! (?:fee|polic|charge|penalt))",
      "\\b(?:cancell?ation|cancelation|closure|deletion|termination|removal) of (?:my|an?|the|our|this)? ?(?:\\w+ ){0,2}(?:order|account|profile|reservation|booking|subscription|policy|purchase)",
      "\\b(?:do not|no longer|never) (?:want|need|use|want to pay for)(?: (?:my|this|the|an?|that))?(?: (?!to )\\w+){0,3}? (?:orders?|accounts?|profile|purchase|membership|subscription)\\b",
      "\\b(?:can not|can no longer|no longer) (?:afford|pay for)(?: (?:my|this|the|an?|that))?(?: \\w+){0,2}? (?:orders?|purchase)\\b",
      "\\bcancel\\w* ?(?:order|purchase)? ?(?:number )?\\d{5,}",
      "\\b(?:do not|no longer) (?:want|need) (?:my|this|the|your|an?) (?:\\w+ )?(?:account|profile)\\b.{0,40}\\b(?:remove|delete|close|cancel|eliminate|it)\\b",
    ),
    says: oneOf(
      `\\bcancel(?:l?ing|l?ed|s)? ${MINE}(?:${SERVICE}|${ACCOUNT})`,
      `\\b(?:close|closing|delete|deleting|remove|removing|terminate|terminating|deactivate|deactivating|discontinue|discontinuing|eliminate|invalidate|kill|shut down|erase|get rid of|shutting down|dispose of|disable|end|ending|cancel\\w*) (?:down )?${MINE}${ACCOUNT}`,
      `\\b(?:terminate|terminating|discontinue|discontinuing|end|ending|stop|stopping|revoke|undo|reverse|revert|get rid of|scrap|drop|withdraw from|opt out of|unsubscribe from|call off) ${MINE}(?:subscription|plan|policy|membership|contract|service|reservation|booking|order|transfer|transaction|direct debits?|standing orders?|automatic (?:billing|payments?)|auto ?pay|auto ?renew\\w*|renewal|check|cheque)`,
      `\\b(?:remove|terminate|stop|cancel|close) ${MINE}(?:direct debits?|standing orders?|(?:savings|checking|current|business) account)`,
      `\\b(?:close|pay off and close) ${MINE}(?:\\w+ )?(?:loan|mortgage|credit card|card|overdraft|policy)`,
      `\\b(?:order|account|profile|reservation|booking|subscription|transfer|payment|policy|plan|service|membership) (?:cancell?ations?|closures?|deletions?|terminations?|removals?)\\b(?! (?:fee|polic|charge|penalt))`,
      "\\b(?:cancell?ation|closure|deletion|termination|removal) of (?:my|an?|the|our|this) (?!fee)",
      "\\b(?:transfer|transaction|payment|order|account|subscription|policy|plan|booking|reservation|debit|check|transferred|paid|sent)\\b.{0,70}?\\b(?:cancel|stop|reverse|revert|undo|terminate|close|remove|delete|get rid of) (?:it|that|this|them|said|one)\\b",
      "\\b(?:transfer|transaction|payment|order|account|subscription|policy|plan|booking|reservation)s?(?: \\w+){0,4} (?:be |to be |has to be |needs? to be |needs? )?(?:cancell?ed|terminated|reversed|deleted|undone|stopped|removed)\\b",
      "\\b(?:wrong|incorrect) account\\b(?! balance)",
      "\\b(?:no longer|do not) (?:want|need) (?:my|this|the|your|an?) (?:online |user )?(?:account|subscription|service|policy|membership|reservation|booking|table|order|profile)\\b",
      "\\b(?:do not|no longer|not) want to (?:be (?:a |your )?(?:customer|member|client)|continue with (?:you|your))",
      "\\b(?:leave|leaving|switch|switching|move|moving) (?:to )?(?:your bank|your company|another (?:bank|provider|company|insurer)|a different (?:bank|provider))\\b",
    ),
    aside: everywhere(
      "\\bcancell?ation (?:fees?|polic\\w+|charges?|penalt\\w+|terms)",
      "\\b(?:do|did|would|will|does|should) not (?:want to |wish to |need to |intend to )?(?:cancel|close|delete)\\b(?! my mind)",
      "\\bwhy(?: \\w+){0,6} (?:cancel\\w*|reverted|reversed|closed)",
      "\\b(?:i|we)(?: have| had)? cancell?ed (?:my|the|our) (?:card )?payment",
      "\\b(?:was|were|been|got|is|gets) (?:cancel\\w+|closed|terminated|declined|reversed|reverted)",
      "\\b(?:they|you|bank|he|she|company|airline|atm|app|merchant|seller) (?:have |has |had )?(?:cancel\\w+|closed|deactivated|shut down|terminated)",
      "\\bbefore i could cancel\\b",
      "^.*\\b(?:e?ne?ws? ?l?ett?ers?|newsleters?|enwsletters?)\\b.*$",
    ),
  },
  fraud: {
    surely: oneOf(
      // Taken or copied, and used: a card that was only stolen is lost, not yet abused.
      `\\b${STRANGER}(?: \\w+){0,3}? (?:stole|stolen|took|taken|got(?: \\w+)? hold of|has|have|found|cloned|copied|skimmed|intercepted)(?: \\w+){0,2}? (?:my|our|the)(?: \\w+){0,3}? ${KEY}(?: \\w+){0,3}?(?: and| to| who| then| they| he| she| that)(?: \\w+){0,4}? (?:us(?:e|ed|ing)|buy(?:ing)?|bought|charg(?:e|ed|ing)|spen(?:d|t|ding)|shop\\w*|withdr[ae]w\\w*|purchas\\w*|order\\w*|pay(?:ing)?|paid|mak(?:e|ing)|made|transfer\\w*|emptied|drain\\w*)\\b`,
      `\\b${STRANGER}(?: \\w+){0,3}? (?:cloned|skimmed|hacked|hacking|broke into|broken into|emptied|drained|cleaned out|wiped out|gained access to|took over|taken over|hijacked)(?: \\w+){0,2}? (?:my|our|the)(?: \\w+){0,3}? ${KEY}\\b`,
      `\\b${STRANGER}(?: \\w+){0,4}? (?:using|used|uses|buying|bought|charging|charged|spending|spent|shopping|paying|paid|withdrew|withdrawing|withdrawn|order\\w*|purchas\\w+|(?:made|making|makes) (?:\\w+ )?(?:purchases?|charges?|payments?|withdrawals?))(?: (?!in the (?:past|same))\\w+){0,5}? (?:with|on|from|using|off|to)? ?(?:my|our) (?:\\w+ ){0,3}?(?:cards?|credit card|debit card|account|bank account|card (?:number|details|data)|login|money|savings)\\b(?! (?:please|for me|because i (?:asked|let)))`,
      `\\b(?:my|our) (?:\\w+ ){0,3}?${KEY} (?:was|were|has been|have been|got|is|been)(?: \\w+)? (?:stolen|taken|cloned|copied|hacked|skimmed|compromised|intercepted)(?: \\w+){0,2} and (?:\\w+ ){0,4}?(?:used|using|charged|bought|buying|spent|spending|emptied|drained|withdrew|charges|purchases)\\b`,
      `\\b(?:my|our) (?:\\w+ ){0,3}?(?:cards?|accounts?)(?: (?:data|details|info|information|numbers?))? (?:was|were|has been|have been|got|is|been)(?: \\w+)? (?:cloned|hacked|skimmed|emptied|drained|cleaned out|leaked|exposed|breached)\\b`,
      `\\b(?:stole|stolen|took|robbed|lost)(?: \\w+){0,4} (?:wallet|purse|cards?|phone|bag)\\b.{0,60}\\b(?:withdrawals?|charges?|purchases?|transactions?|payments?)(?: \\w+)? (?:made|on it|appear\\w*|coming|going|not mine|i did not)\\b`,
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
      "\\b(?:dispute|disputing|contest|contesting|challenge) (?:an?|the|my|this|that|these|some|a few|one of (?:my|the))(?: \\w+){0,2} (?:charges?|payments?|transactions?|debits?|purchases?|with ?drawals?)\\b(?!.*\\b(?:bill|invoice|fees?)\\b)",
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
    aside: everywhere(
      "\\b(?:fraud|scam) (?:alert|department|protection|prevention|detection)s?\\b",
      // What has not happened: "how do I stop someone from using my card".
      `\\b(?:stop|prevent|preventing|block|keep|avoid|before|in case|so that no one|worried that|afraid that) ${STRANGER}(?: (?:else|from|to|is|has|could|can|might|with))*`,
      "\\b(?:identity|id) fraud\\b",
      // What the caller did themselves and now waits for.
      `\\b${MONEY} (?:that |which )?i (?:have |had |just |already )*(?:made|sent|paid|did|ordered)(?: that)?\\b(?! (?:not|no|a fraud))`,
      "\\bdo not (?:know|understand|remember) (?:how|where|what|why) (?:to|my|the) (?:pin|password)",
    ),
  },
  "identity-theft": {
    says: oneOf(
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
    aside: everywhere(
      "\\b(?:identity|id) theft (?:protection|insurance|monitoring|coverage|shield|plan|service|alerts?|reports? are|report\\.)|\\benablement of identity fraud\\b",
      // The caller's own doing, done or wished for.
      "\\b(?:i|we|want|like|need|please|how to|me|you|wife|husband|son|daughter|mother|father|parents)(?: (?:have|had|to|can|could|would|already|recently|you|me|do|did|am|was|trying|once|first|help|and|just|also|who))* (?:open|opened|opening|applied|apply|applying|take out|took out|taking out|signed up|sign up|register|registered|got|get|obtained|rented|bought)(?: (?!someone|somebody|they|he|she|saying|letters?|notices?|bills?|calls?|alerts?|that|which|found|was|were|has|been|never|not|fraud\\w*|opened|taken)\\S+){0,6} (?:in|under|using|with|on) (?:my|our) (?:own )?(?:name|information|social|ssn|identity|credentials)",
    ),
  },
  hardship: {
    says: oneOfHinted(
      HARDSHIP_HINT,
      "\\b(?:i|we|he|she|husband|wife|partner)(?: (?!use\\b)\\w+){0,2}? not (?:been )?(?:able to )?work(?:ed|ing)?\\b(?=.*\\b(?:since|for \\w+ (?:weeks?|months?|years?)|owe|behind|help|bills?|payments?|rent)\\b)|\\b(?:accident|hospital|surgery|stroke|cancer|illness|covid|pandemic|injur\\w+)\\b.{0,40}\\bnot (?:been )?(?:able to )?work\\b(?=.*\\b(?:owe|behind|bills?|payments?|rent)\\b)",
      "\\b(?:cut|reduced|lost|slashed) (?:my|our|his|her) (?:hours|wages|pay|salary|income|shifts)\\b|\\b(?:on|been on) (?:unpaid|sick) leave (?:without|with no|and (?:not|no)) |\\bunpaid leave\\b|\\bnot (?:had|got|gotten|received|seen)(?: \\w+){0,2} (?:pay ?checks?|wages|salary|income)\\b(?=.*\\b(?:months?|weeks?|since)\\b)|\\b(?:my |the )?(?:unemployment|benefits|disability|welfare|social security)(?: \\w+){0,2} (?:ran out|run out|ended|stopped|cut off|were cut|was cut|denied)\\b",
      "\\b(?:drowning|sinking|buried|up to my (?:neck|ears)|deep|deeper|over my head) in(?:to)? (?:\\w+ )?(?:debt|bills)\\b|\\b(?:am|are|being|completely|totally|flat|dead|stone|we are|i am|so) (?:flat |completely |totally |dead |stone )?broke\\b(?=.*\\b(?:can not|bills?|rent|payments?|owe|afford)\\b)(?! (?:up|down|into|my|the|in))|\\bnothing left (?:to (?:pay|live|eat)|(?:in|on) (?:my|the|our) (?:account|bank|savings)|this month)\\b|\\bgot nothing left(?=[ .!?]*$)",
      "\\b(?:food ?bank|food stamps|soup kitchen)\\b(?=.*)(?<=\\b(?:go|went|going|been|from|to|use|using|on|at|rely on|relying on)(?: \\w+){0,3} (?:food ?bank|food stamps|soup kitchen))|\\b(?:choose|choosing|decide|deciding|choice) between (?:\\w+ ){0,2}(?:food|eating|heating|rent|medicine|medication|groceries|bills)\\b|\\b(?:i|we|kids|children|family)(?: \\w+)? (?:going|go|went) hungry\\b",
      "\\b(?:got|get|getting|received|served|facing|have|given|sent me) (?:an |my |with an |the |a )?(?:eviction|foreclosure|final disconnection|shut ?off) (?:notice|letter|order)\\b|\\b(?:reposses\\w+|foreclos\\w+) (?:on )?(?:my|our) (?:\\w+ )?(?:car|house|home|truck|van)\\b|\\b(?:car|house|home|truck) (?:is|was|will|got|gets|being|been|to)(?: \\w+)? (?:be |being )?(?:repossessed|foreclosed)\\b|\\b(?:bailiffs?|debt collectors?)(?: \\w+){0,3} (?:my|our) (?:door|house|home)\\b",
      "\\b(?:fallen|fell|falling|going through|hit|facing|having) (?:on )?(?:very |some |really )?(?:hard times|a rough patch financially|tough times financially|financial trouble)\\b|\\b(?:strapped|short|tight) (?:for|on) (?:cash|money)\\b(?=.*\\b(?:pay|bill|month|rent|payment|right now)\\b)|\\bmoney (?:is|has been|gets|got) (?:really |very |so |a bit |pretty )?tight\\b",
      "\\b(?:pension|salary|income|wage|wages|pay ?check|benefits|social security)(?: \\w+){0,2} (?:not|no longer|barely|hardly) (?:\\w+ )?(?:cover|enough|stretch|pay for)\\b(?! (?:by|under))|\\b(?:treatment|illness|surgery|hospital|medical bills|funeral|divorce|accident|cancer)\\b(?: \\w+){0,3} (?:took|ate|cost|used up|wiped out|drained)(?: \\w+){0,3} (?:savings|money|everything)\\b",
      "\\bcan not (?:even )?(?:cover|make|meet|afford|manage|pay) (?:the|my|our|this|that|any|it)?(?: \\w+)? ?(?:payments?|bills?|rent|mortgage|increase|premiums?|month|instal+ments?|right now|this month|anymore|any more)\\b|\\b(?:i|we)(?: just| simply)? can not (?:afford|pay) (?:this|that|it|them) (?:any ?more|any longer|right now|at the moment|this month|now)\\b",
      "\\b(?:single (?:mother|mom|mum|father|dad|parent)|unemployed|disabled|retired|pensioner|widow(?:er)?|disability|fixed income|student)\\b.{0,60}\\b(?:can not|could not|unable to|struggl\\w+ to) (?:afford|pay|make|keep up|cover)\\b(?! (?:online|with))|\\b(?:laid off|lost my job|out of work|no job|no work|no income|in debt|into debt|broke|divorce|widow\\w*|passed away|died|sick|hospital|accident|ill)\\b.{0,60}\\bcan not pay\\b(?! (?:online|with|by))",
      "\\b(?:help|assistance|support|relief|options?|programs?)(?: \\w+){0,2} (?:for|if)(?: \\w+){0,3}? (?:who|that|i|you|we|people|customers)(?: \\w+){0,2} (?:can not|unable to|struggl\\w+ to) (?:afford|pay|make)\\b",
      "\\b(?:lost|losing|lose) (?:my|his|her|our) (?:job|jobs|income|business|employment|home|house)\\b(?! (?:cards?|keys?|phone|account|debit|credit|check\\w*|number|insurance|address|internet|equity|page|license|deed|documents?|papers?|plan|email|laptop|wifi|offer|application))|\\bloss of (?:my |our )?(?:job|income|employment)\\b",
      "\\b(?:been |was |got |am |being |is |were )(?:laid off|furloughed|unemployed|jobless|let go from (?:my|work)|made redundant|evicted|homeless)\\b|\\b(?:been|was|got|am|were|is|just|recently) (?:laid off|made redundant)\\b|\\b(?:am|is|been|was|currently|are|still) out of (?:work|a job)\\b(?! (?:early|at|by|until))|\\bunemployment (?:benefits|check|money)",
      "\\b(?:i|we|husband|wife|partner)(?: have| has| am| are| had| is| was)* (?:not been|not|no longer|not able to|unable to) (?:been )?(?:work|working)\\b(?: \\w+){0,3} (?:for \\w+ (?:weeks?|months?|years?)|since|anymore|due to|because)|\\b(?:without|do not have) (?:a job|any (?:job|work|income)|an income|income|(?<=without )work)\\b(?! (?:you|title|number|phone|email|verification|statements?|tomorrow|today|until|on|address|history|limit|requirements?))",
      "\\b(?:can|could|will|am) (?:not|no longer|barely|hardly)(?: \\w+)? (?:afford|able to (?:afford|pay|make)|manage(?! (?:my|the|this|our|an?) (?:\\w+ )?account)|keep up with|make (?:my|our|the|ends))(?: \\w+){0,3} (?:payments?|bills?|rent|mortgage|loan|installments?|fees?|premiums?|ends meet|(?<=afford(?: \\w+){0,3} )(?:account|insurance|what i have))\\b",
      "\\b(?:can|could) (?:not|no longer|barely|hardly)(?: \\w+)? (?:afford|pay) (?:to pay|to live|to eat|food|it (?:anymore|any more|any longer|this month|right now|at the moment|now|at all)|my|our|the (?:bill|rent|fee|payment|mortgage|premium|monthly)|this (?:bill|month|payment))\\b",
      "\\b(?:unable|not able) to (?:pay|afford|make)(?: \\w+){0,2} (?:payments?|bills?|rent|mortgage|loan|debt|installments?)\\b",
      "\\b(?:simply|no longer|really|just) can not afford\\b(?! (?:this |the )?(?:order|purchase))|\\b(?:we|i) (?:simply |just |really )?can not afford (?:it|this|that|them)\\b(?=.*\\b(?:month|fee|savings?|income|job|difficult|hard|struggl\\w+|family|kids|bills?)\\b)|\\b(?:month|fee|savings?|income|job|difficult|hard|struggl\\w+|family|kids|bills?)\\b.*\\b(?:we|i) (?:simply |just |really )?can not afford (?:it|this|that|them)\\b",
      "\\b(?:financial|money|financially) (?:hardships?|difficult\\w*|troubles?|struggl\\w+|problems?|crisis|strain|distress|burden|situation is)\\b|\\b(?:problems?|trouble|difficult\\w*|hard time|tough|rough)(?: \\w+){0,2} financially\\b|\\beconomic hardships?\\b",
      "\\b(?:struggling|struggle|hard time|trouble|difficult(?:y|ies)?) (?:to (?:pay|make|keep|afford|survive|get by|buy)|(?:paying|making) (?:my|our|the|ends) (?:\\w+ )?(?:bills?|rent|mortgage|loan|ends|meet|living)|financially|with (?:my )?(?:money|bills|debt|rent|finances))\\b|\\bstruggling with (?:my |the |our )?(?:\\w+ )?payments\\b",
      "\\b(?:am|are|is|was|were|got|get|fell|falling|fallen|have been|been) (?:\\w+ )?behind (?:on|with|in) (?:my|our|the) (?:\\w+ )?(?:payments?|rent|bills?|mortgage|loan)\\b|\\b(?:falling|fallen|fell) behind\\b(?= (?:on|with|in))",
      "\\b(?:filed? (?:for )?|filing (?:for )?|facing |going |declare |declared |chapter \\d+ )bankrupt\\w*|\\bfacing (?:homelessness|foreclosure|eviction)\\b|\\b(?:foreclos(?:e|ing|ed) on|evict\\w* (?:me|us))\\b|\\bfacing(?: \\w+){1,5} foreclosure",
      "\\b(?:have|got|with|had) no (?:money|income|savings)(?: (?:left|coming in|for (?:food|rent|bills)|to (?:pay|live|eat|buy)))\\b|\\b(?:ran|run|running) out of money\\b|\\b(?:can not|barely|hardly|struggl\\w+ to|trying to|how (?:will|do|can|am) i(?: going to)?|money to|able to|need to) (?:feed|support) my (?:kids|children|family)\\b|\\bno food for my (?:kids|children|family)\\b|\\bput food on (?:the|my) table\\b",
      "\\b(?:living|live|lives) (?:from )?pay ?check to pay ?check\\b|\\bmake ends meet\\b|\\bmedical bills\\b.{0,40}\\b(?:pay|afford|owe)|\\bon a fixed income\\b|\\bliving (?:on|off) (?:disability|benefits|social security|welfare|my savings)\\b|\\bbarely (?:getting by|surviving|making it|scraping by)\\b",
      "\\b(?:hardship|payment relief|forbearance|deferment)(?: \\w+)? (?:program|plan|request|assistance|letter|option|department|application)s?\\b|\\b(?:due to|because of|a|my|our|financial) hardships?\\b|\\bdefer (?:my|the) (?:payment|loan|mortgage)",
      "\\b(?:my|our|husband is|wife is) (?:work |working )?(?:hours|wages|pay|salary|income) (?:was|were|got|have been|has been|is being|has) (?:cut|reduced|dropped|gone down)\\b|\\btook a pay cut\\b",
    ),
    aside: everywhere(
      "\\bcan not afford to (?:wait|miss|lose (?:any )?(?:more )?time|be late|spend (?:any )?(?:more )?time)\\b|\\b(?:phone|screen|car|card|it|computer|washing machine|tv|laptop|machine|that) (?:is|are) (?:completely |totally )?broke\\b",
      // What keeps them from paying is a site or a card, not money.
      "\\b(?:can|could|am|was|were|unable|will)\\b(?: not| no longer| never)?(?: \\w+)? ?(?:able |unable )?(?:to )?\\b(?:pay|make|manage)\\b(?: \\w+){0,6}? (?:online|on (?:the|your|my) (?:\\w+ )?(?:app|website|site|phone|page|portal|computer|account)|by (?:phone|card|check|paypal|mail)|with (?:my|an?|the|your) (?:\\w+ ){0,2}(?:card|check|account|wallet|phone|app)|in (?:the|your) (?:app|store|branch)|through (?:the|your)|using (?:my|the)|via)\\b",
      "\\b(?:website|site|portal|page|link|log ?in|error|app|server)\\b.{0,60}\\b(?:can not|could not|unable to|not able to|not let me)(?: \\w+)? (?:pay|make)(?: \\w+){0,4}",
      "\\b(?:never|not|have not|has not|did not) (?:been |ever )?(?:filed?|file|filing|declared?)(?: for)? bankrupt\\w*",
      "\\b(?:they|you|he|she|him|her|company|customer|tenant|buyer|neighbou?r|bank|store|shop|airline|merchant|seller|employer)(?: (?!i\\b|we\\b)\\w+){0,3} (?:file|filed|declared|went|is|was|are|going|goes|has gone)(?: \\w+)? (?:for )?(?:bankrupt\\w*|homeless|unemployed)",
      "\\b(?:tell|told|said|claim\\w*|stat\\w+|report\\w*|say\\w*|show\\w*|inform\\w*)(?: (?:me|us|them))?(?: that)? (?:i|we) (?:am|was|were|are) (?:\\w+ )?behind\\b",
    ),
  },
  "legal-threat": {
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
  },
  regulator: {
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
  },
  "self-harm": {
    says: oneOf(
      "\\b(?:kill|killing|killed|hang|hanging|shoot|shooting|drown|drowning|poison|offing|unalive|end|ending|harm|harming|hurt|hurting|cut|cutting|burn|burning|starve|starving|choke|stab|strangle|punish) (?:my ?self|ourselves|myslef)\\b",
      // Not "turn it off myself".
      "\\b(?:to|will|might|should|could|would|going to) off my ?self\\b",
      "\\b(?:end|ending|take|taking|took|finish|throw away|lose) (?:my (?:own )?life|my existence)\\b(?! (?:story|time|seriously|savings|insurance|assurance|cover|policy|jacket|vest|annuity))|\\b(?:end|ending) it all\\b|\\bend my (?:suffering|pain|misery)\\b",
      "\\bsuicid\\w*|\\bself[ -]?harm\\w*|\\bself[ -]?injur\\w*|\\b(?:to|gonna|will|should|might) kms\\b",
      "\\b(?:want|wanna|wish|wishing|going|ready|rather|better|deserve|need|try|trying|prefer|hope|hoping|feel like|about|prepared|plan|planning|decided)(?: (?:to|i|could|would|just|be|was|were|that))* (?:die|dying|dead|not exist|disappear forever|never wake up|not wake up|not be alive|stop existing|cease to exist)\\b",
      "\\b(?:wish|wished) (?:that )?i (?:was|were|had|would|could)(?: \\w+){0,2} (?:dead|not born|never (?:been )?born|not (?:alive|exist|here|wake up)|die|died|gone)\\b|\\bwish i (?:did not exist|could (?:disappear|vanish)|never (?:existed|woke up))\\b",
      "\\b(?:do not|no longer|not|never) (?:want|wish|wanna|care)(?: \\w+){0,2} (?:to )?(?:live(?! (?:in(?! (?:this world|pain|fear))|near|anywhere|next|far|there|close|on|by|at|chat|agent|support|with(?! (?:this|it|myself))))\\b|be alive|be here (?:anymore|any more|any longer)|exist|wake up(?: anymore| again)?|go on(?: (?:living|(?:like )?this(?: way)?|anymore|any ?more|any longer)\\b|[ .!?]*$)|keep living|be on this (?:earth|planet))\\b",
      "\\b(?:no|any|see no|not a|what is the|what)(?: (?:more|longer|real|good))? (?:reason|point|purpose|sense|will|desire)(?: \\w+){0,2} (?:live(?! (?:in|near|at|there|with|chat|on))|living(?! (?:in|near|at|there|room))|going on(?! (?:vacation|holiday|a|an|the|your|my|with|hold))|to life(?! (?:insurance|assurance|cover))|being alive|exist(?:ing)?|staying alive|in life(?! insurance)|keep going(?! (?:with|to|on|through))|waking up|(?:of|in) (?:it all|anything|everything)(?! (?:you|your|we|they)))\\b",
      "\\bwhy bother (?:living|going on|being alive|waking up|with (?:life|living|anything))\\b|\\b(?:nothing|no one|nobody) (?:left )?(?:to live for|worth living for)\\b|\\b(?:lost|losing|lose|do not have) (?:the|my|all|any) will to (?:live|go on)\\b",
      // "I just want it all to end", "make the pain stop".
      "\\b(?:want|wish|need|like|hope|wanted|make|ready for)(?: (?:for|i|could|just))* (?:(?:it|this) all|everything|the pain|the suffering|my (?:pain|suffering|life)|life)(?: (?:to|would|could))? (?:end|stop|be over|go away)\\b(?! (?:on|in|by|from|at) (?:my|the|your) (?:account|card|bill|phone|contract))",
      "\\b(?:be|was|were|is|are) better off (?:dead|without me|if i (?:died|was|were|am|did not))|\\bbetter off dead\\b|\\b(?:everyone|everybody|world|family|kids|children|people|they|all|wife|husband)(?: \\w+){0,3} better (?:off )?(?:without me|if i (?:died|was dead|were dead|was gone|were gone|was not|were not|did not))",
      "\\b(?:nobody|no one|not anyone|who)(?: \\w+)? (?:miss me|notice if i|care if i)(?: (?:when i am|if i am|was|were|am))*(?: (?:died|dead|gone|disappeared|killed myself|alive|vanished))?\\b(?! (?:(?:if|when) i )?(?:leave|left|cancel\\w*|switch\\w*|call\\w*|pay|paid))|\\ba burden (?:to|on|for) (?:everyone|everybody|my|the people|others|them)\\b",
      "\\b(?<!battery |half |shelf |sex |social |love |night )(?:my life|life|living)(?! (?:insurance|assurance|cover|policy|plan|time|jacket))(?: (?:is|was|has|seems|feels|just|simply|really|it|here|this|like this))* (?:not (?:worth|worth it)|pointless|meaningless|hopeless|worthless|no (?:meaning|purpose|point)|over(?=[ .!?]*$| (?:i|and i|now|nothing)))\\b|\\bnot worth living\\b|\\btired of (?:living|being alive|life|existing)\\b(?! insurance)|\\b(?:give|giving|given|gave) up on (?:life|living)\\b(?! insurance)|\\bhate being alive\\b|\\bdone with (?:life|living)\\b(?! insurance)",
      "\\b(?:thoughts?|thinking|thought|think|idea|urges?|dream\\w*|fantasi\\w+)(?: \\w+){0,2} (?:of|about|to|on)(?: \\w+){0,2} (?:dying(?! (?:my|his|her|the) )|ending (?:it all|my (?:own )?(?:life|pain|suffering|misery)|everything|it(?=[ .!?]*$| (?:tonight|today|now)))|killing(?=[ .!?]*$)|(?:killing|harming|hurting|cutting) my ?self|cutting my (?:wrists?|arms?|legs?)|death(?= (?:a lot|all|every|constantly|again|lately|often))|jumping (?:off|in front)|(?:taking|swallowing) (?:all )?(?:my|the|these|some) (?:pills|tablets|medication|meds))",
      "\\b(?:slit|cut|slash|slitting|cutting) my (?:wrists?|throat|arms?|veins?)\\b|\\boverdos\\w+|\\b(?:take|taking|took|taken|swallow\\w*)(?: (?:of|a|an|my|the|these|whole|entire|all|too many|lots of|bunch|handful|bottle|sleeping|full|everything))*(?: (?:all|whole|too many|lots of|bunch|handful|bottle|entire))(?: (?:of|my|the|these|a|sleeping|whole|entire|full|bottle))* (?:pills?|tablets?|meds|medications?|paracetamol|tylenol|aspirin)\\b|\\bswallow(?:ed)? (?:all|a (?:whole )?bottle)\\b",
      "\\b(?:jump|jumping|throw myself|throwing myself|step|walk)(?: \\w+)? (?:off|from|in front of|under) (?:a |the |that |my )?(?:bridge|building|roof|train|balcony|window|bus|truck|cliff|tracks)\\b|\\b(?:gun|knife|rope|noose|pills|tablets|razor|blade)(?: \\w+){0,4} (?:end it|kill|do it|in my hand|in front of me|next to me)\\b|\\bgun (?:to|in|against) my (?:head|mouth)\\b",
      "\\bdo something (?:to|stupid to) myself\\b|\\b(?:might|may|going to|will|could|before i|afraid i) do something stupid\\b|\\b(?:let me|i should|might as well|i will|i could|i may|gonna|i am going to) (?:just )?(?:die|be dead)\\b(?! (?:of|for|laughing|if|happy|on hold|in line|waiting))",
      "\\b(?:can not|can no longer|could not|do not know how to) go on(?= (?:(?:like )?this(?: way)?(?: any ?more| any longer| i\\b| and\\b|[ .!?]*$)|like this|any ?more|any longer|living|with (?:life|my life|living|it all)|and|because|everything|nothing)\\b|[ .!?]*$| \\.)|\\bcan not (?:live (?:like )?this(?: way)?(?= any|[ .!?]*$| i )|go on living|keep living|cope (?:with (?:life|living)|anymore|any more|any longer)|(?:do|take|handle|bear|stand) (?:life|living|being alive|the pain))\\b",
      "\\b(?:sleep|fall asleep|go to bed|sleeping|close my eyes)(?: \\w+){0,2} (?:(?:and|or)(?: \\w+)? )?(?:never|not|do not)(?: \\w+)? wake up\\b|\\bsleep forever\\b|\\bnever wake up(?: again)?\\b|\\bnot (?:be|going to be) (?:alive|around (?:much longer|anymore|any more))\\b|\\b(?:join|be with)(?: \\w+){1,4} in heaven\\b|\\b(?:no|not see a|not see any|not have a|not have any) (?:other )?(?:way out(?! of)|future(?= (?:for me|anymore|any more)|[ .!?]*$))",
      "\\b(?:see|seeing) (?:the|a|any) point(?: in (?:anything|it all))? any ?more\\b|\\bi (?:want|wish|would like|need|could)(?: to)? disappear(?=[ .!?]*$| (?:forever|and never|from this))|\\bif i (?:was|were) dead\\b|\\b(?:goodbye|suicide|farewell) (?:note|letter)\\b",
      "\\bdead inside\\b|\\b(?:do not|not) (?:really )?care (?:if|whether) i (?:live|die|wake up|am alive|live or die)\\b|\\bwould not mind (?:dying|not waking up|being dead|if i died)\\b",
    ),
    aside: everywhere(
      // Others, denials and idioms. A denial beside a wish stays: only the denying words go.
      "\\b(?:he|she|they|him|her|who|friend|friends|brother|sister|son|daughter|mother|mom|father|dad|husband|wife|boyfriend|girlfriend|ex|cousin|uncle|aunt|people|someone|somebody|partner|kid|child|man|woman|guy)(?:'s| is| was| has| had| who| wants?| wanted| keeps?| tried| threatened| threatens| attempted)*(?: (?!i\\b|me\\b|my\\b)\\w+){0,6}? (?:suicid\\w*|self[ -]?harm\\w*|overdos\\w+|to die|want(?:s|ed)? to die|kill(?:ing|ed)? (?:him|her|them)sel\\w+)(?: and (?:self[ -]?harming|suicidal))?",
      "\\b(?:not|never|no longer)(?: (?:feeling|really|even|being|saying|i|am|actually|thinking|of|about|considering|planning|contemplating|talking|going|to|commit|a|any|having|been|feel|at all|here|want|in any way|trying))* (?:suicid\\w*|self[ -]?harm\\w*|kill myself|hurt myself|harm myself)",
      "\\b(?:do|did|does|would|will|am|are) not (?:want|wish|intend|plan|going|planning|trying) to (?:die|kill myself|hurt myself|harm myself|be dead)",
      "\\b(?:die|dying|died)(?: \\w+)? (?:laughing|of (?:laughter|boredom|hunger|embarrassment|thirst|curiosity|shame|heat|cold)|for(?! (?:real|good|my|them|everyone))|to (?:see|know|try|eat|get|watch|hear|meet|find|go|have|use|buy|play|read|visit|talk|tell))",
      "\\brather die than (?:wait|call|talk|speak|use|pay|deal|do business|go through|give|stay with|be a customer|sit|listen|eat|hold|fly|shop|buy|work with|switch)\\b",
      "\\b(?:phone|battery|cell|laptop|tablet|computer|car|line|connection|engine|device|headset|charger|wifi|plants?|flowers?|tree|fish|dog|cat|it|we|we are|all|everyone|everybody)(?: (?:is|are|was|just|all|almost|at|\\d+|percent|keeps|again))* (?:about|going|ready|trying|gonna)(?: (?:to|be))* (?:die|dead)\\b",
      "\\b(?:cut|hurt|burn|burnt|hurting|cutting|choke|choked|poison\\w*) myself (?:shaving|while (?!i am)|cooking|at (?:work|the (?:gym|store|hotel|office)|home)|on (?:an?|the|my|your)|playing|lifting|falling|slipping|skiing|running|when i (?:fell|slipped|tripped)|in (?:the|an?|my|your) (?:kitchen|fall|accident|car|hotel|store|shower|game)|by accident|accidentally|some slack|off|out of|short|a (?:check|cheque|break|slice|deal))",
      "\\bshoot(?:ing)? myself (?:an?|in the foot)\\b|\\bkilling (?:myself|ourselves) (?:trying|working|over (?:this|here)|with (?:this|all this) (?:work|paperwork))|\\bdrown(?:ing)? (?:myself|ourselves) in (?:debt|bills|work|paperwork|coffee|emails?)|\\bstarv\\w+ myself (?:all day|for (?:this|the|lunch|dinner))",
      "\\b(?:contract|subscription|plan|membership|lease|policy|service|agreement|call|chat|trial|session)\\b.{0,60}\\bending it\\b(?! all)",
      "\\b(?:lost|losing|lose) (?:the|my) will to live (?:waiting|on hold|on this|with (?:this|your|you)|dealing|trying|listening|here)",
      "\\b(?:you|they|he|she|go|can|bot|machine|robot)(?: (?:can|could|should|all|go|may|just))* (?:go )?jump (?:off|in|from|under) (?:a |the )?(?:\\w+)",
      "\\b(?:you|you are|they are|customers?)(?: \\w+)? better off without me (?:as|being) (?:a|your)",
      "\\b(?:take|taking|pack) all (?:of )?my (?:pills|medications?|meds|tablets)(?= (?:on|in|with|through|to) )",
      "\\b(?:kill|killing|hang|shoot|kick\\w*|hate) (?:him|her|them|it|you|me)\\b|\\bsuicide (?:squad|mission|attack\\w*|bomb\\w*|doors?|hotline number for)",
    ),
  },
  "billing-dispute": billingDispute,
};
