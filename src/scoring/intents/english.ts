import { everywhere, oneOf } from "../requests/request-rules.ts";
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

/** An order, booking or contract by name; a transfer or card may be cancelled for many reasons. */
const KEPT =
  "(?:(?:\\w+ ){0,3}?(?:subscription|plan|policy|policies|membership|contract|reservations?|bookings?|orders?|ordr|oder|purchases?|purhase|direct debits?|standing orders?|checks?|cheques?|auto ?pay|transfers?|insurance|appointment)\\b)";
const MEMBERSHIP =
  "(?:(?:\\w+ ){0,3}?(?:acc?ou?n?t?s?|acc?ount|acocunt|accuont|cacount|accounmt|accout|acct|profiles?|profle|profil|memberships?)\\b)";

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
    says: oneOf(
      "\\b(?:report|reporting|file|filing|submit|commit\\w*|suspect|about|victim of|case of|is|it is|this is|possible|credit card|bank|for|some|had|been|think)(?: \\w+){0,3} (?:fraud|fraudulent|fraudster)",
      "\\bfraudulent(?:ly)?\\b|\\bdefraud\\w*|\\bfraud\\w* (?:on|charge|activity|transaction|claim|report)",
      `\\b(?:un+a?u?th?ori[sz]ed|unapproved|unrecogni[sz]ed|suspicious|fishy|bogus|fake|false|illegal|illegitimate|unfamiliar|unusual|shady|questionable) (?:\\w+ ){0,2}?${MONEY}`,
      `\\bi (?:did not|never|have not|had not)(?: \\w+)? (?:make|made|authori[sz]e[d]?|approve[d]?|do|did|initiate[d]?|set ?up|sign up for|recogni[sz]e|buy|bought|purchase[d]?|withdraw|withdrew|withdrawn|take out|took|sign|order)\\b(?: \\w+){0,4}? (?:${MONEY}|cash|money|it)\\b`,
      `\\b${MONEY}(?: \\w+){0,6}? (?:(?:that )?(?:i|was|were|is|are|which i)(?: \\w+){0,3}? (?:did not|do not|never|not|not me|not mine)(?: \\w+)? ?(?:make|made|authori[sz]e|authori[sz]ed|approve|recogni[sz]e|do|did|set ?up|mine|me|remember|sign|know)?)\\b`,
      `\\b(?:do not|not|did not|can not) (?:recogni[sz](?:e|ing)|reconi[sz]e|recongi[sz]e|remember|recall|identify)(?: \\w+){0,6}? ${MONEY}`,
      `\\b${THIEF}(?: \\w+){0,3}? (?:stole|took|taken|transferred|withdrew|withdrawn|hacked|charging|charged|spent|stealing|taking|withdrawing|emptied|made|ordered|bought)(?: \\w+){0,4}? (?:money|account|accounts|funds|dollars?|\\$ ?\\d+|\\d{2,}|credits?|cash|information|purchases?|payments?|with ?draw\\w*|transaction|charges?|with my card|on my card)\\b`,
      `\\b${THIEF}(?: \\w+){0,3}? (?:hacked|used|using|charging|accessed|got into|broke into|cloned|copied|skimmed|got hold of|logged in(?: to|to))(?: \\w+){0,4}? (?:account|accounts|cards?|money|information|details|profile)\\b`,
      "\\b(?:someone|somebody|anyone|anybody|person) (?:else|besides me|other than me)(?: \\w+){0,3} (?:used|using|ordered|bought|charged|made|withdrew|took)\\b",
      "\\b(?:card|account|bank|login|password)(?: (?:data|details|info|information|number))? (?:was|were|has been|have been|is|are|got|been)(?: \\w+)? (?:exposed|leaked|compromised|hacked|cloned|skimmed|copied)\\b",
      "\\bsomething (?:\\w+ )?(?:fishy|suspicious|shady|not right)(?: \\w+){0,2} (?:on|with|in) my (?:\\w+ )?(?:card|account|statement)\\b|\\bsuspicious (?:of|about) my card",
      "\\b(?:card|account) was used in (?:a|another|some)(?: \\w+){1,5} (?:i|we) (?:have |had )?never\\b|\\b(?:card|wallet|phone) (?:was|got|has been|is) (?:stolen|lost) and (?:\\w+ )?used\\b",
      "\\b(?:hacked|compromised|cloned|skimmed|phish\\w+|scammed|swindled|conned|ripped off)\\b",
      "\\b(?:money|funds|cash|dollars)(?: \\w+){0,4}? (?:stolen|missing (?:from|in) my|taken (?:from|out of) my|disappeared from|withdrawn without|gone from my)",
      "\\b(?:scam|scammer|scammers|fraudster)\\b(?! alert)",
      `\\b(?:card|account)(?: \\w+){0,3} (?:being used|was used|has been used|been used|used)(?: \\w+){0,6} (?:not me|without|by someone|never|fraud|stolen|is not me|was not me)`,
      `\\b(?:without my (?:permission|consent|authori[sz]ation|knowledge|approval))\\b`,
    ),
    aside: everywhere(
      "\\b(?:fraud|scam) (?:alert|department|protection|prevention|detection)s?\\b",
      "\\b(?:identity|id) fraud\\b",
      // What the caller did themselves and now waits for.
      `\\b${MONEY} (?:that |which )?i (?:have |had |just |already )*(?:made|sent|paid|did|ordered)(?: that)?\\b(?! (?:not|no|a fraud))`,
      "\\bdo not (?:know|understand|remember) (?:how|where|what|why) (?:to|my|the) (?:pin|password)",
    ),
  },
  "identity-theft": {
    says: oneOf(
      "\\b(?:identity|id) (?:theft|thief|thieves|fraud|was stolen|has been stolen|is stolen|got stolen|stolen)\\b",
      "\\b(?:stole|stolen|stealing|steal|theft of|taken over|hijacked)(?: \\w+)? (?:my|her|his|our) (?:identity|social security|ssn|personal (?:information|details|data))\\b",
      "\\b(?:opened|open|opening|applied for|applying for|took out|taken out|taking out|applied|got|signed up for|registered|obtained)(?: \\S+){0,8} (?:in|under|using|with|on) (?:my|our) (?:name|identity|information|social|ssn|details|credentials)\\b",
      "\\b(?:someone|somebody|people|they|a person)(?: \\w+){0,3} (?:using|used|has|have|uses|impersonat\\w+|stole)(?: \\w+){0,2} my (?:identity|social security|ssn|personal information)\\b",
      "\\b(?:pretending|pretended|claiming|claimed|posing|posed|acting) (?:to be|as) me\\b|\\bimpersonat(?:ed|ing|es) me\\b",
      "\\b(?:loans?|accounts?|credit cards?|debts?)(?: \\w+){0,4} (?:i never|i did not)(?: \\w+)? (?:open|opened|apply|applied|take out|took out|sign\\w*)\\b",
      "\\bnever opened (?:an?|this|that|any|these|those) (?:\\w+ ){0,2}account",
    ),
    aside: everywhere("\\bidentity theft (?:protection|insurance|monitoring|coverage)\\b"),
  },
  hardship: {
    says: oneOf(
      "\\b(?:lost|losing|lose) (?:my|his|her|our) (?:job|jobs|income|business|employment|home|house)\\b|\\bloss of (?:my |our )?(?:job|income|employment)\\b",
      "\\b(?:been |was |got |am |being |is |were )(?:laid off|furloughed|unemployed|jobless|let go from (?:my|work)|made redundant|evicted|homeless)\\b|\\b(?:been|was|got|am|were|is|just|recently) (?:laid off|made redundant)\\b|\\b(?:am|is|been|was|currently|are|still) out of (?:work|a job)\\b(?! (?:early|at|by|until))|\\bunemployment (?:benefits|check|money)",
      "\\b(?:i|we|husband|wife|partner)(?: have| has| am| are| had| is| was)* (?:not been|not|no longer|not able to|unable to) (?:been )?(?:work|working)\\b(?: \\w+){0,3} (?:for \\w+ (?:weeks?|months?|years?)|since|anymore|due to|because)|\\b(?:without|do not have) (?:a )?(?:job|work|income)\\b",
      "\\b(?:can|could|will|am) (?:not|no longer|barely|hardly)(?: \\w+)? (?:afford|able to (?:afford|pay|make)|manage|keep up with|make (?:my|our|the|ends))(?: \\w+){0,3} (?:payments?|bills?|rent|mortgage|loan|installments?|fees?|premiums?|ends meet|account|insurance|what i have)\\b",
      "\\b(?:can|could) (?:not|no longer|barely|hardly)(?: \\w+)? (?:afford|pay) (?:to pay|to live|to eat|food|it (?:anymore|any more|any longer|this month|right now|at the moment|now|at all)|my|our|the (?:bill|rent|fee|payment|mortgage|premium|monthly)|this (?:bill|month|payment))\\b",
      "\\b(?:unable|not able) to (?:pay|afford|make)(?: \\w+){0,2} (?:payments?|bills?|rent|mortgage|loan|debt|installments?)\\b",
      "\\b(?:simply|no longer|really|just) can not afford\\b(?! (?:this |the )?(?:order|purchase))|\\b(?:we|i) (?:simply |just |really )?can not afford (?:it|this|that|them)\\b(?=.*\\b(?:month|fee|savings?|income|job|difficult|hard|struggl\\w+|family|kids|bills?)\\b)|\\b(?:month|fee|savings?|income|job|difficult|hard|struggl\\w+|family|kids|bills?)\\b.*\\b(?:we|i) (?:simply |just |really )?can not afford (?:it|this|that|them)\\b",
      "\\b(?:financial|money|financially) (?:hardships?|difficult\\w*|troubles?|struggl\\w+|problems?|crisis|strain|distress|burden|situation is)\\b|\\b(?:problems?|trouble|difficult\\w*|hard time|tough|rough)(?: \\w+){0,2} financially\\b|\\beconomic hardships?\\b",
      "\\b(?:struggling|struggle|hard time|trouble|difficult(?:y|ies)?) (?:to (?:pay|make|keep|afford|survive|get by|buy)|(?:paying|making) (?:my|our|the|ends) (?:\\w+ )?(?:bills?|rent|mortgage|loan|ends|meet|living)|financially|with (?:my )?(?:money|bills|debt|rent|finances))\\b|\\bstruggling with (?:my |the |our )?(?:\\w+ )?payments\\b",
      "\\b(?:am|are|is|was|were|got|get|fell|falling|fallen|have been|been) (?:\\w+ )?behind (?:on|with|in) (?:my|our|the) (?:\\w+ )?(?:payments?|rent|bills?|mortgage|loan)\\b|\\b(?:falling|fallen|fell) behind\\b(?= (?:on|with|in))",
      "\\b(?:filed? (?:for )?|filing (?:for )?|facing |going |declare |declared |chapter \\d+ )bankrupt\\w*|\\bfacing (?:homelessness|foreclosure|eviction)\\b|\\b(?:foreclos(?:e|ing|ed) on|evict\\w* (?:me|us))\\b|\\bfacing(?: \\w+){1,5} foreclosure",
      "\\b(?:have|got|with|had) no (?:money|income|savings)(?: (?:left|coming in|for (?:food|rent|bills)|to (?:pay|live|eat|buy)))\\b|\\b(?:ran|run|running) out of money\\b|\\b(?:feed|food for|support) my (?:kids|children|family)\\b|\\bput food on (?:the|my) table\\b",
      "\\b(?:living|live|lives) (?:from )?pay ?check to pay ?check\\b|\\bmake ends meet\\b|\\bmedical bills\\b.{0,40}\\b(?:pay|afford|owe)|\\bon a fixed income\\b|\\bliving (?:on|off) (?:disability|benefits|social security|welfare|my savings)\\b|\\bbarely (?:getting by|surviving|making it|scraping by)\\b",
      "\\b(?:hardship|payment relief|forbearance|deferment)(?: \\w+)? (?:program|plan|request|assistance|letter|option|department|application)s?\\b|\\b(?:due to|because of|a|my|our|financial) hardships?\\b|\\bdefer (?:my|the) (?:payment|loan|mortgage)",
      "\\b(?:hours|wages|pay|salary|income) (?:was|were|got|have been|has been|is being|has) (?:cut|reduced|dropped|gone down)\\b|\\btook a pay cut\\b",
    ),
    aside: everywhere(
      "\\blost my (?:job|home) (?:card|key|phone)\\b",
      "\\b(?:never|not|have not|has not|did not) (?:been |ever )?(?:filed?|file|filing|declared?)(?: for)? bankrupt\\w*",
      "\\b(?:they|he|she|company|customer|tenant|buyer|neighbou?r)(?: \\w+)? (?:filed|declared|went|is|was|are)(?: \\w+)? (?:for )?(?:bankrupt\\w*|homeless|unemployed)",
      "\\b(?:tell|told|said|claim\\w*|stat\\w+|report\\w*|say\\w*|show\\w*|inform\\w*)(?: (?:me|us|them))?(?: that)? (?:i|we) (?:am|was|were|are) (?:\\w+ )?behind\\b",
    ),
  },
  "legal-threat": {
    says: oneOf(
      "\\b(?:take|taking|pursue|pursuing|seek|seeking|start|starting|consider|considering|initiate|explore|exploring|research|researching|prepared for|begin|file|threaten|further|additional|through|warrants?|bring|face|forced)(?: \\w+){0,4} legal (?:action|remed\\w+|recourse|proceedings|counsel|options|avenues|matters|steps|advice)\\b",
      "\\b(?:i|we)(?: am| are| will| would| can| could| may| might| shall| have| had|'ll)?(?: \\w+){0,4} (?:sue|suing|litigate)\\b",
      "\\b(?:sue|suing) (?:you|your|them|this|the (?:bank|company)|for|their)\\b",
      "\\b(?:file|filing|filed|pursue|pursuing|bring|start)(?: \\w+){0,3} (?:lawsuit|law suit|litigation|suit|court case|claim in court)\\b|\\bclass action\\b|\\bin litigation\\b",
      "\\b(?:call|contact|contacting|hire|hired|hiring|consult|consulting|informed|inform|involve|involving|retain|retained|get|getting|seek|have|warrants?|need|forward\\w*|letter from|from|through|notify|advis\\w+ by)(?: \\w+){0,2} (?:a|an|my|our) (?:lawyer|attorney|solicitor|legal team|barrister|legal counsel)\\b|\\bwarrants a lawyer\\b",
      "\\b(?:my|our) (?:lawyers?|attorneys?|solicitors?|legal team|legal counsel)(?: \\w+)? (?:will|is|has|says|said|and|are|would|have|to)\\b",
      "\\b(?:see|meet) you in court\\b|\\btake (?:you|this|them|your \\w+)(?: \\w+)? to (?:small claims )?court\\b|\\bsmall claims\\b|\\bin a court of law\\b|\\bpress charges\\b|\\bhear from my (?:lawyer|attorney|solicitor)",
      "\\bcompensated for (?:the|my) (?:inconvenience|damages)|\\b(?:seek|demand|claim)(?:ing)? damages\\b",
      "\\b(?:be|get|getting|going) (?:a )?lawyers? (?:involved|up)\\b",
      "\\blegal action\\b(?: against| if| will)",
    ),
    aside: everywhere(
      "\\b(?:sued|suing) (?:him|her|by|each)\\b|\\b(?:divorce|custody|marriage|family) (?:lawyer|attorney)\\b",
    ),
  },
  regulator: {
    says: oneOf(
      "\\bcfpb\\b|\\bconsumer financial protection\\b|\\bfederal trade commission\\b|\\bftc\\b|\\bombuds\\w*|\\bfinancial conduct authority\\b|\\b(?:the|to|with|contact) fca\\b|\\battorney general\\b|\\bbetter business bureau\\b|\\bbbb\\b|\\b(?:the|to|with) occ\\b|\\bcomptroller of the currency\\b|\\bfederal communications commission\\b|\\b(?:the|to|with|by) fcc\\b|\\btrading standards\\b|\\bconsumer protection (?:agency|authority|office|bureau|board)\\b|\\binsurance commissioner\\b|\\bstate (?:insurance )?(?:regulator|commissioner|banking)\\b|\\bfederal reserve\\b(?= complaint)|\\bfinra\\b",
      "\\b(?:report|complain|complaint|file|contact|write|go|notify|escalate|take)\\w*(?: \\w+){0,6} (?:regulators?|regulatory (?:body|agency|authority)|watchdog|government agency|consumer (?:affairs|council))\\b",
      "\\breport (?:you|your (?:company|bank)|this (?:company|bank))(?: \\w+)? to (?:the )?(?:authorities|government|regulator\\w*|commission)\\b",
      "\\b(?:bafin|gdpr complaint|data protection (?:authority|officer|commissioner))\\b",
    ),
  },
  "self-harm": {
    says: oneOf(
      "\\b(?:kill|killing|killed|hang|hanging|shoot|shooting|drown|drowning|poison|off|offing|unalive|end|ending|harm|harming|hurt|hurting|cut|cutting|burn|burning|starve|starving|choke|stab|strangle|punish) (?:my ?self|ourselves|myslef)\\b",
      "\\b(?:end|ending|take|taking|took|finish|throw away|lose) (?:my (?:own )?life|my existence)\\b(?! (?:story|time|seriously|savings))|\\b(?:end|ending) it all\\b",
      "\\bsuicid\\w*|\\bself[ -]?harm\\w*|\\bself[ -]?injur\\w*",
      "\\b(?:want|wanna|wish|wishing|going|ready|rather|better|deserve|need|try|trying|prefer|hope|hoping|feel like|about|prepared|plan|planning|decided)(?: (?:to|i|could|would|just|be|was|were|that))* (?:die|dying|dead|not exist|disappear forever|never wake up|not wake up|not be alive)\\b",
      "\\b(?:wish|wished) (?:that )?i (?:was|were|had|would|could)(?: \\w+){0,2} (?:dead|not born|never (?:been )?born|not (?:alive|exist|here|wake up)|die|died|gone)\\b",
      "\\b(?:do not|no longer|not|never) (?:want|wish|wanna|care)(?: \\w+){0,2} (?:to )?(?:live(?! (?:in|near|anywhere|next|far|there|close|on|by|at|with(?! (?:this|it|myself))))\\b|be alive|be here (?:anymore|any more)|exist|wake up(?: anymore| again)?|go on (?:living|like this|anymore)|keep living|be on this (?:earth|planet))\\b",
      "\\b(?:no|any|see no|not a) (?:reason|point|purpose|sense|will|desire)(?: \\w+){0,2} (?:live|living|going on|to life|being alive|exist(?:ing)?|staying alive|in life|keep going)\\b",
      "\\b(?:better off|everyone would be better) (?:dead|without me|if i (?:was|were) (?:dead|gone|not here))\\b",
      "\\b(?:life|living)(?: \\w+){0,2} not (?:worth|worth it)|\\bnot worth living\\b|\\btired of (?:living|being alive|life)\\b|\\bgive up on (?:life|living)\\b|\\bhate being alive\\b|\\bdone with (?:life|living)\\b",
      "\\b(?:thoughts?|thinking|thought|idea|urges?|dream\\w*|fantasi\\w+)(?: \\w+){0,2} (?:of|about|to|on)(?: \\w+){0,2} (?:dying|ending (?:it|my)|killing|harming|hurting my|cutting my|jumping (?:off|in front))\\b",
      "\\b(?:slit|cut|slash|slitting) my (?:wrists?|throat|arms?|veins?)\\b|\\b(?:overdos\\w+|take all (?:my|the|these) pills|swallow(?:ed)? (?:all|a bottle))\\b|\\bjump(?:ing)? (?:off|from|in front of) (?:a |the )?(?:bridge|building|roof|train|balcony)\\b|\\b(?:gun|knife|rope|pills)(?: \\w+){0,4} (?:end it|kill|do it)\\b",
      "\\bdo something (?:to|stupid to) myself\\b|\\b(?:let me|i should|might as well|i will|i could|i may|gonna|i am going to) (?:just )?die\\b(?! (?:of|for|laughing|if))|\\bi can not (?:live like this|go on living|go on)\\b",
    ),
    aside: everywhere(
      // Others, denials and idioms. A denial beside a wish stays: only the denying words go.
      "\\b(?:he|she|they|him|her|who|friend|friends|brother|sister|son|daughter|mother|mom|father|dad|husband|wife|boyfriend|girlfriend|ex|cousin|uncle|aunt|people|someone|somebody|partner|kid|child|man|woman|guy)(?:'s| is| was| has| had| who| wants?| wanted| keeps?| tried| threatened| threatens| attempted)*(?: (?!i\\b|me\\b|my\\b)\\w+){0,6}? (?:suicid\\w*|self[ -]?harm\\w*|overdos\\w+|to die|want(?:s|ed)? to die|kill(?:ing|ed)? (?:him|her|them)sel\\w+)(?: and (?:self[ -]?harming|suicidal))?",
      "\\b(?:not|never|am not|no longer|was not|not really)(?: (?!help)\\w+){0,2} (?:suicid\\w*|self[ -]?harm\\w*|want to die|going to (?:kill|hurt|harm) myself|wish to die)",
      "\\b(?:do|did|does|would|will) not (?:want|wish|intend|plan) to (?:die|kill myself|hurt myself|harm myself|be dead)",
      "\\b(?:die|dying|died)(?: \\w+)? (?:laughing|of (?:laughter|boredom|hunger|embarrassment|thirst|curiosity)|for|to (?:see|know|try|eat|get|watch|hear|meet))",
      "\\b(?:cut|hurt|burn|burnt|hurting|cutting|choke|choked|poison\\w*) myself (?:shaving|while (?!i am)|cooking|at (?:work|the gym)|on (?:a|the|my)|playing|lifting|in (?:the|a) (?:kitchen|fall|accident)|by accident|accidentally|some slack|off from|out of|short)",
      "\\b(?:kill|killing|hang|shoot|kick\\w*|hate) (?:him|her|them|it|you|me)\\b|\\bsuicide (?:squad|mission|attack\\w*|bomb\\w*|hotline number for)",
    ),
  },
  "billing-dispute": {
    surely: oneOf(
      "\\b(?:report|notify|notifying|reporting|inform|informing|solve|solving|fix|have|having|has|experienc\\w+|face|facing|got|encounter\\w*|are|about)(?: (?:of|about|you|an?|some|the|my|any|fucking|goddamn|with|on))* (?:problems?|issues?|errors?|trouble|troubles|inconveniences?)(?: (?:with|when|while|in|on|about|trying|to|making|make|doing|do|regarding|of|my|the|a|an|i|am|try|have|for|online|during|attempting))* (?:payments?|paying|pay(?! by)|billing|bills?|invoice|online payments?)\\b",
      "\\b(?:payment|billing|paying) (?:problems?|issues?|errors?|troubles?|inconveniences?)\\b",
      "\\b(?:charged|billed|debited) (?:me |us )?(?:twice|double|two times|2 times|more than once|three times)\\b|\\bdouble[ -]?(?:charged|billed|billing)\\b",
      "\\b(?:problems?|issues?|errors?|trouble) (?:paying|making (?:an? |the |my )?(?:online )?payments?)\\b",
    ),
    says: oneOf(
      "\\b(?:charged|billed|debited|paid|deducted|taken)(?: \\w+){0,3} (?:twice|double|two times|2 times|more than once|three times|multiple times|again|extra|too much|more than)\\b|\\bdouble[ -]?(?:charged?|billed|payments?)\\b|\\bover ?(?:charg|bill)\\w+",
      "\\b(?:duplicated?|double|two of the same|repeated|multiple|extra|second|wrong|incorrect|additional|hidden|erroneous|strange|odd|weird|unexpected|unknown|mystery) (?:\\w+ )?(?:charges?|payments?|transactions?|fees?|bills?|amounts?|bill|pounds?|dollars?)\\b",
      "\\b(?:dispute|disputing|contest|question|query|challenge) (?:an?|the|my|this|that|these|some|a few)(?: \\w+){0,2} (?:charges?|bills?|invoice|payments?|transactions?|fees?|purchase|amount)\\b",
      "\\b(?:bill|billing|invoice|statement|payment)s? (?:is |was |has |have |are )?(?:an? )?(?:wrong|incorrect|issue|problem|error|mistake|dispute|too high|higher|issues|problems|errors|not right|off)\\b",
      "\\b(?:problems?|issues?|errors?|trouble|mistakes?|inconvenien\\w+|difficult\\w+)(?: (?:with|when|while|in|on|about|trying|to|making|doing|regarding|of|my|the|a|an|i|am|try|have|had|for|online|during))* (?:pay|paying|payments?|bills?|billing|invoice|charges?)\\b",
      "\\b(?:wrong|incorrect|less|more|different|short|not (?:the )?(?:right|correct|full|all))(?: \\w+){0,3} (?:cash|amount|money)\\b|\\b(?:atm|machine|it|cash ?machine)(?: \\w+){0,4} (?:did not give|gave me|gave|shorted|dispensed|only gave)(?: \\w+){0,5}(?: cash| money| amount| \\d+)?|\\bshorted me\\b",
      "\\brefund(?:s|ed)?(?: \\w+){0,8}? (?:not|missing|never|yet|still|where|nowhere|has not|is not)(?: \\w+){0,3} ?(?:show\\w*|appear\\w*|arriv\\w*|received|come|came|credited|there|in my|been|processed|on my)?|\\b(?:where is|still waiting (?:for|on)|have not (?:received|gotten|got)|did not (?:receive|get)|when will i (?:get|receive|see)|can not see|not see(?:ing)?|missing)(?: \\w+){0,3} refund\\b",
      "\\b(?:why|what)(?: \\w+){0,6} (?:charged|charge|fee)(?: \\w+){0,4} (?:extra|\\d+|pound|dollar|euro|on my (?:statement|account|bill))",
      "\\b(?:show\\w*|appear\\w*|made|charged|posted|listed|there|went|going|put)(?: \\w+){0,3} (?:twice|two times?|2 times|double|several times|multiple times|again and again|over and over)\\b|\\b(?:payments?|charges?|transactions?|bill) (?:was|were|been|is|has been) doubled\\b",
      "\\b(?:not|never)(?: \\w+){0,2} (?:get|got|receive[d]?|give|gave|given|dispense[d]?)(?: \\w+){0,3} (?:all|full|correct|right|rest|whole|entire)(?: \\w+){0,3} (?:cash|money|amount|funds|with ?drawal)\\b",
      "\\b(?:only (?:got|gave|get|received|came)|got only|less than)(?: \\w+){0,4} (?:\\d+|cash|money)\\b|\\b(?:cash|money)(?: \\w+){0,5} (?:did not come out|came up short|not all there)\\b",
      "\\b(?:added|another|extra|hidden|new|small|unexplained) (?:fees?|pound|dollar|euro)\\b|\\bfees? (?:on|in|added to|placed on) my (?:statement|account|bill)\\b|\\bsomething (?:weird|wrong|strange|odd|off|not right) (?:with|on|about) my (?:bill|invoice|statement)\\b",
      "(?:£|\\$|€) ?1\\b.{0,30}(?:fee|charge|statement)|\\b(?:fee|charge)\\b.{0,20}(?:£|\\$|€) ?1\\b",
    ),
    aside: everywhere("\\b(?:wrong|incorrect) exchange\\b|\\bpayment methods?\\b"),
  },
};
