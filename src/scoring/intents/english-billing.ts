import { oneOf, oneOfHinted } from "../clauses/clauses.ts";
import type { IntentRule } from "./intent-rules.ts";

// Words that fingers and recognisers get wrong most often in these turns.
const PAYMENT = "(?:pay ?ments?|p[aoyui]{1,3}[mn]{1,2}e{0,2}[mn]?[tn]{0,2}s?|paym\\w{2,4}|payemn\\w*|transactions?)";
const BILL = "(?:bills?|billing|invoices?|statements?)";
const TROUBLE =
  "(?:pr?r?o?ble?r?ms?|probelms?|porblems?|proble[mn]s?|is+ue+s?|isseus?|er+o+r+s?|eorrs?|trouble?s?|mistakes?|inconvenien\\w+|difficult\\w+|discrepanc\\w+|complications?)";
const BETWEEN =
  "(?: (?:with|when|while|in|on|about|trying|to|making|make|doing|do|regarding|of|my|the|an?|i|am|try|have|had|has|for|online|during|attempting|attempt|this|our|last|first|your|some))*";

const ONE = "(?:an?|one|1|extra|an extra|the)";
const COIN = "(?:pounds?|dollars?|euros?|quid|bucks?|l\\b)";
const SIGN = "(?:£|\\$|€)";
/** The one unit that shops and hotels set aside to try a card, and that callers ask about. */
const ONE_COIN = `(?:${SIGN} ?1(?:[.,]0+)?(?![\\d.,]*\\d)|\\b1(?:[.,]0+)? ?(?:${SIGN}|${COIN})|\\b${ONE} ?${COIN})`;

const CHARGE = "(?:charges?|fees?|payments?|transactions?|debits?|amounts?|bills?|billing|deductions?)";
const CHARGED =
  "(?:charg(?:ed|ing)|bill(?:ed|ing)|debited|paid|paying|deducted|taken|took|withdrawn|posted|listed|made|put|show\\w*|appear\\w*|went|going|gone|there|processed|invoiced|ran|run|hit|came out)";
const TWICE =
  "(?:twice|two times|2 times|2x|double|doubly|three times|3 times|thrice|several times|multiple times|many times|more than once|again and again|over and over|over again|repeatedly)";

const REFUND = "(?:refund(?:s|ed)?|reimburse(?:d|ments?)?|money back|chargeback)";
const ABSENT = "(?:not|never|yet|still|nowhere|no where|missing|nothing|delayed|overdue|stuck|lost|late)";

const SHORT =
  "(?:wrong|incorrect|inaccurate|mistaken|less|more|different|short|too (?:little|much|few)|not (?:the )?(?:right|correct|full|all|whole|same))";
const SUM = `(?:${SIGN}? ?\\d+(?:[.,]\\d+)?)`;

/** What a fee is called by those who do not know what it is for. */
const ODD =
  "(?:extra|additional|hidden|unexpected|unexplained|another|new|small|weird|strange|odd|random|mystery|mysterious|unknown|surprise|bogus|unwarranted|unfair|incorrect|wrong|erroneous|some|this|that)";
const SOMEWHERE = "(?:my|the|this) (?:\\w+ )?(?:statements?|account|bill|app|invoice|history|card|transactions?)";

/** A question before anything was charged. */
const ASKED_BEFORE =
  "\\b(?:will|would|do|does|are there|is there|can|could|should|any|if|how much)(?: (?:i|you|we|it|there|be|get|they|have|to|pay|charge|charged|an?|any|the|cost|incur|a|me))* (?:extra|additional|hidden|other|another) (?:fees?|charges?|costs?)\\b";
/** What a fee is for: these have a price list, and asking about it disputes nothing. */
const CAUSE =
  "(?:atm|cash ?(?:machine|point)|withdr\\w+|transfer\\w*|top\\w*[ -]?up\\w*|exchang\\w+|currenc\\w+|conversion|convert\\w*|foreign|abroad|overseas|international\\w*|overdraft|direct debit|(?:us(?:e|ed|ing)|paid|pay|paying|payment|payments) (?:with |by |for |in )?(?:my |a |the )?(?:\\w+ )?card|card payments?|late)";
const FEE = "(?:extra|fees?|charges?|charged)";

/** Words without one of which nothing below can match. */
const HINT =
  "charg|bill|fee|p[aoyui]{1,3}[mn]|refund|reimburs|money|cash|amount|withdr|statement|invoice|pay|transaction|tran\\w+tion|paym|debit|deduct|pound|dollar|euro|quid|buck|£|\\$|€|twice|times|2x|double|doubly|thrice|once|over|repeat|duplicat|instead|atm|machine|cash ?point|it |short|not get all|rather than|only|just|identical|same|return|sent back|brought back|gave back|1 ?l\\b|one l\\b|number|figures|total|balance|purchase|price";

/** How people tell of a bill that is not what they were promised, or of charges for what is over or paid. */
const TOLD = oneOfHinted(
  "charg|bill|invoice|owe|discount|quoted|agreed|money back|late fee|pay",
  "\\b(?:i|we) (?:do not|never) (?:\\w+ )?(?:owe|owed) (?:you |them )?(?:that|this|any|anything|it|a)\\b",
  "\\b(?:cancell?ed|closed|ended|left|switched|terminated)\\b.{0,60}\\b(?:still|keep|keeps|kept|continue) (?:\\w+ ){0,2}(?:charging|billing|charged|billed|taking (?:money|payments?)|get(?:ting)? (?:charged|billed|bills))\\b",
  "\\b(?:charged|billed|late)(?: \\w+){0,3} (?:fees?|penalty|interest|charge)\\b.{0,40}\\bpaid (?:\\w+ ){0,3}(?:on time|early|in time|before the due)\\b",
  "\\bnot what (?:i|we) (?:was |were |had been )?(?:quoted|promised)\\b|\\b(?:bill|charged?|pay|paying|price|invoice)\\b.{0,40}\\bnot what (?:i|we) agreed\\b",
  "\\b(?:bill|charged|billed|invoice)\\b.{0,40}\\b(?:i|we) (?:was|were|had been) (?:promised|quoted)\\b",
  "\\b(?:billed|charged|charging|billing)(?: me| us)? (?:for|on|at) (?:the|a) wrong (?:plan|rate|tariff|package|price|amount|item|room|service|thing)\\b",
  "\\bdiscount\\b.{0,40}\\bnot (?:\\w+ ){0,3}(?:on (?:the|my)|in (?:the|my)|applied|there)\\b",
  "\\b(?:charged|billed|charging|billing)\\b.{0,50}\\b(?:supposed|meant|said) to (?:be|have been) (?:included|free|covered)\\b",
  "\\bwhy (?:did|has|have|is|does) my (?:\\w+ )?(?:bill|invoice)(?: \\w+)? (?:go|gone|going|went|jumped|doubled)\\b",
  "\\b(?:bill|billed|charged)\\b.{0,40}\\bestimated read",
  "\\b(?:i|we) (?:\\w+ )?(?:want|demand|need|would like) (?:my|our) money back (?:for|on) (?:that|this|the) (?:\\w+ )?(?:charge|fee|bill|payment)\\b",
);

/**
 * A bill, fee or payment that is wrong, a refund that has not come, or cash that came out short. What nobody recognises is fraud; what
 * a service costs, or how to ask for a refund, is a question.
 */
export const billingDispute: IntentRule = {
  surely: oneOf(
    TOLD,
    oneOf(
      `\\b(?:report|notify|notifying|reporting|inform|informing|solve|solving|fix|have|having|has|experienc\\w+|face|facing|got|get|encounter\\w*|are|about|an|is|some|a|ha)(?: (?:of|about|you|an?|some|the|my|any|fucking|goddamn|with|on))* ?${TROUBLE}${BETWEEN} (?:${PAYMENT}|pay(?!\\w| by)|paying|p[oa]+ying|${BILL})\\b`,
      `\\b(?:payment|billing|paying|bill|invoice) ${TROUBLE}\\b`,
      `\\b(?:charged|billed|debited|invoiced) (?:me |us |my \\w+ )?${TWICE}\\b|\\bdouble[ -]?(?:charged|billed|billing|debited)\\b`,
      `\\b${TROUBLE} (?:paying|making (?:an? |the |my )?(?:online )?payments?)\\b`,
    ),
  ),
  says: oneOfHinted(
    HINT,
    // Twice
    `\\b${CHARGED}(?: \\w+){0,4} ${TWICE}\\b`,
    `\\b${TWICE} (?:\\w+ ){0,2}?${CHARGE}\\b|\\bdouble[ -]?(?:charged?|billed|payments?|transactions?)\\b`,
    "\\b(?:duplicated?|two of the same|two identical|two equal|identical)(?: \\w+)? (?:charges?|payments?|transactions?|tran\\w+tions?|fees?|bill|amounts?|purchases?|debits?)\\b(?<!duplicate bill)|\\brepeat(?:ed|ing)? (?:charge|transaction|tran\\w+tion|payment)s?\\b|\\bsame (?:\\w+ )?(?:charge|payment|transaction|purchase|debit|amount|bill)s?(?: \\w+){0,5} (?:again|more than once|times|over and over|twice|multiple|double)\\b|\\b(?:two|2|multiple|several) (?:of the )?(?:charges|payments|transactions|debits)(?: \\w+){0,3} (?:for|of) (?:the same|one|a single|just one)\\b",
    `\\b(?:charge|payment|transaction|amount|bill)s? (?:was |were |been |is |has been |got |put through |went through )+(?:\\w+ ){0,2}?(?:doubled|duplicated|repeated|two times?|twice)\\b`,
    "\\b(?:charged|billed|debited)(?: me| us)? (?:again|a second time)\\b|\\bsecond (?:charge|bill|debit)\\b|\\bpaid (?:for )?(?:\\w+ ){0,4}(?:twice|two times?|already)(?: \\w+){0,6} (?:charged|billed|invoice)",
    // A fee or charge that nobody explained
    `\\b${ODD} (?:\\w+ )?(?:fees?)\\b(?=.*\\b(?:on|in|to|added|appear\\w*|show\\w*|placed|statement|account|bill|app|pending)\\b)|\\b(?:hidden|unexplained|bogus|unfair|extra|unexpected|erroneous|incorrect|additional|added|unwarranted|mystery) (?:\\w+ )?(?:fees?|charges?|charge)\\b`,
    `\\bfees? (?:that |which |is |was |has been |been )*(?:on|in|to|added to|placed on|put on|applied to|showing (?:on|up on)|appear\\w* (?:on|in)|assessed (?:on|to)|charged to) ${SOMEWHERE}`,
    `\\b(?:why|what|explain)(?: \\w+){0,6} (?:fee|charge|charged)(?: \\w+){0,4} (?:extra|${COIN}|on my (?:statement|bill)|for no reason)`,
    `\\b(?:charged|billed|paid|took|taken|deducted|debited)(?: \\w+){0,3} (?:extra|(?<!t[ao]k\\w+ )(?<!took )too much|more than (?:i|it|the|we|what|once|usual|agreed|expected|quoted)|a higher (?:price|amount|rate)|the wrong (?:amount|price)|incorrectly|wrongly|by mistake|in error|by accident|mistakenly|erroneously|for no reason|for nothing)\\b`,
    "\\b(?:incorrectly|wrongly|wrongfully|mistakenly|erroneously|unfairly) (?:been )?(?:charged|billed|debited)\\b|\\bover ?(?:charg|bill)\\w+",
    `\\b(?:charged|billed|billing|charging|charge|paying)(?: \\w+){0,2} for (?:\\w+ ){0,4}?(?:i|we) (?:already |have |had |did |do )*(?:cancell?ed|return\\w*|not (?:order|use|buy|receive|get|ask|want|sign|have)\\w*|never (?:order|use|buy|receiv|got|ask|want|sign|had|agree|bought)\\w*)\\b`,
    `\\b(?:still|keep|keeps|kept|continue|continues|why) (?:\\w+ ){0,2}(?:being |getting |be )?(?:charged|billed|charging|billing)\\b(?=.*\\b(?:cancell?ed|closed|returned|paid off|stopped|ended|terminated|after|again)\\b)`,
    `${SIGN} ?1(?:[.,]0+)?(?![\\d.,]*\\d).{0,40}(?:fee|charge|statement|pending|transaction)|\\b(?:fee|charge|charged|pending|statement)\\b.{0,40}${SIGN} ?1(?:[.,]0+)?(?![\\d.,]*\\d)|\\b${ONE} ?${COIN}\\b(?: \\w+){0,8} (?:charged?|pending|fee|statement|transaction)\\b|\\b(?:charged?|pending|fee)(?: \\w+){0,5} ${ONE} ?${COIN}\\b`,
    `${ONE_COIN}.{0,60}\\b(?:pending|statement|no idea|what is|revert\\w*|returned|reversed|explain)\\b`,
    `\\b(?:pay|paid|charged|cost)(?: \\w+){0,4} (?:more|higher) than (?:the |what )?(?:set|listed|advertised|actual|stated|agreed|shown|normal|usual|real|original|price|it (?:said|says|costs?))\\b|\\b(?:additional|extra|another) (?:pound|dollar|euro)\\b(?! (?:to|for|in))`,
    // The bill
    `\\b(?:bill|invoice|statement|amount|charge|balance|total|withdrawal|numbers|figures)\\b(?: \\w+){0,6} (?:not|never) (?:match|correspond|agree|add up|tally)\\w*`,
    `\\b(?:dispute|disputing|contest|question|query|challenge) (?:an?|the|my|this|that|these|some|a few)(?: \\w+){0,2} (?:charges?|bills?|invoice|payments?|transactions?|fees?|purchase|amount)\\b`,
    `\\b(?:${BILL}|payment)(?: (?:i|we) (?:got|received|have))?(?: (?:is|was|has|have|are|seems|looks|appears|to be|being|completely|totally|all|way|much|an?|doubled and is))* (?:wrong|incorrect|${TROUBLE}|dispute|too high|higher|not right|not correct|inaccurate|off|messed up|doubled|went up|gone up|increased|jumped)\\b`,
    `\\b(?:wrong|incorrect|inaccurate|erroneous|high|higher|crazy|ridiculous|huge|outrageous) (?:bill|invoice|billing)\\b|\\bsomething (?:\\w+ )?(?:weird|wrong|strange|odd|off|not right|funny|fishy|going on)(?: \\w+)? (?:with|on|about|in) my (?:\\w+ )?(?:bill|billing|invoice|statement)\\b`,
    `\\b${TROUBLE}${BETWEEN} (?:pay|paying|${PAYMENT}|${BILL}|charges?)\\b`,
    `\\b(?:take|taken|taking|get|want) (?:this|that|the|these|those) (?:\\w+ )?(?:charge|fee)s? (?:taken |removed )?(?:off|removed|reversed|back)\\b`,
    `\\b(?:remove|reverse|waive|take off|drop|credit back|cancel|get rid of|refund|correct|fix) (?:me )?(?:this|that|the|these|those|my) (?:\\w+ )?(?:charges?|fees?|late fee|bill|invoice)\\b`,
    `\\b(?:charge|fee|bill)s? (?:should|must|can) (?:not|never) (?:be|have been)\\b|\\bshould(?: not| never) (?:have )?(?:be |been )(?:charged|billed|added to)\\b`,
    `\\b(?:quoted|agreed|promised|told me|advertised|said)(?: \\w+){0,5} ${SUM}.{0,40}\\b(?:charged|billed|bill|invoice|took)\\b|\\b(?:charged|billed)(?: me)? ${SUM}.{0,20}(?:instead of|rather than|not) ${SUM}`,
    // A refund that has not come
    `\\brefund(?:s|ed)?(?: \\w+){0,8}? ${ABSENT}(?: \\w+){0,3} ?(?:show\\w*|appear\\w*|arriv\\w*|received|come|came|credited|there|in my|been|processed|on my|see|seen|got|back|have)?`,
    `\\b(?:where is|still waiting (?:for|on)|have not (?:\\w+ )?(?:received|gotten|got|had|seen)|did not (?:\\w+ )?(?:receive|get)|never (?:received|got)|when (?:will|do|can|should)(?: \\w+){1,5}|can not (?:see|find|view)|do not (?:see|have)|not (?:see(?:ing)?|show(?:ing)?|got|had|receive|issued?)|missing|what happened (?:to|with)|why(?: \\w+){0,4}(?: not)?|expecting|yet to (?:see|get|receive)|supposed? to (?:\\w+ )?(?:get\\w*|receiv\\w*|have))(?: \\w+){0,3} (?:${REFUND})\\b(?! polic)`,
    `\\b(?:asked|requested|promised|owed|due|applied) (?:\\w+ ){0,4}?(?:${REFUND})\\b.{0,140}\\b(?:${ABSENT}|no (?:sign|response|refund|money))\\b`,
    `\\b(?:waiting|wait|waited) (?:on|for) (?:a|the|my|our) (?:\\w+ )?refund\\b|\\brefund (?:is |was )?(?:taking|took) (?:too |so )?long\\b|\\bwhat is taking (?:so|too)? ?long with my refund\\b|\\bhow long (?:does|will|do|should)(?: \\w+){0,5} refund\\b(?! polic)`,
    `\\b(?:returned|return|sent back|brought back|gave back)(?: \\w+){0,3} (?:item|items|product|order|purchase|something|clothes|shoes|goods|it|dress|transaction|package)\\b.{0,120}\\b(?:do not see|not (?:\\w+ )?(?:show\\w*|appear\\w*|credited|receiv\\w*|refund\\w*|see|back|got)|still|never|yet)\\b`,
    `\\b(?:seller|merchant|shop|store|retailer|company|vendor|they|he)\\b.{0,60}\\b(?:refus\\w+|will not|would not|not respond\\w*|ignor\\w+|not answer\\w*)\\b.{0,60}\\brefund\\b|\\brefund\\b.{0,60}\\b(?:seller|merchant|shop|store|retailer|vendor)(?: \\w+){0,2} (?:refus\\w+|will not|would not|ignor\\w+|not respond\\w*)`,
    // Cash that came out short
    `\\b${SHORT}(?: \\w+){0,3} (?:cash|amount|money|with ?drawal)\\b`,
    `\\b(?:cash|amount|money|with ?drawal)(?: \\w+){0,6} (?:is|was|were|be|are|came (?:up|out)|seems?|has been) (?:\\w+ )?(?:wrong|incorrect|not (?:right|correct|all there|there|enough|what)|short|missing|less|different|inaccurate)\\b`,
    "\\b(?:atm|machine|it|cash ?(?:machine|point))(?: \\w+){0,4} (?:did not give|gave me|gave|shorted|dispensed|only gave)(?: \\w+){0,5}(?: cash| money| amount| \\d+)|\\bshort(?:ed|changed) me\\b",
    "\\b(?:not|never)(?: \\w+){0,2} (?:get|got|receive[d]?|give|gave|given|dispense[d]?)(?: \\w+){0,3} (?:all|full|correct|right|rest|whole|entire|any|my|the)(?: \\w+){0,3} (?:cash|amount|with ?drawal)\\b|\\bnot (?:get|give|receive|given|got)(?: \\w+)? (?:all|full|the (?:full|right|correct|whole|rest))(?: \\w+){0,3} (?:money|funds)\\b",
    "\\b(?:only (?:got|gave|get|received|came)|got only)(?: \\w+){0,4} (?:\\d+|cash|money)\\b|\\b(?:cash|money)(?: \\w+){0,5} (?:did not come out|came up short|not all there)\\b",
    `\\b(?:got|gave me|came out|received|given|dispensed|paid out)(?: \\w+)? (?:only )?${SUM}(?: \\w+){0,3} (?:instead of|but i asked|rather than|not) ${SUM}|${SUM} (?:came out )?instead of ${SUM}|\\b(?:only|just) (?:given|gave me|got|received) ${SUM}|\\b(?:asked for|requested|wanted|withdrew|tried (?:to get|for)) ${SUM}(?: \\w+){0,3} (?:but |and |it )?(?:only |just )?(?:got|received|gave|given|came)`,
    `\\b(?:atm|machine|cash|cash ?point)\\b.{0,50}\\bnot\\b.{0,30}\\bwhat i (?:\\w+ )?(?:asked|wanted|requested|entered|needed|selected)|\\bcash (?:i (?:asked|requested|wanted|withdrew)\\w*(?: for)? )?(?:\\w+ ){0,3}not (?:been )?(?:received|showing|come|come out|dispensed|there)\\b`,
    "\\brest of my (?:cash|money)\\b|\\bwithdrew more than i (?:did|asked|requested)\\b|\\bdid not get all (?:of )?(?:it|my|the)\\b|\\b(?:not|no)(?: \\w+){0,2} (?:cash|money)(?: \\w+){0,3} but (?:\\w+ ){0,3}charged\\b",
  ),
  aside: oneOf(
    "\\b(?:wrong|incorrect) exchange\\b|\\bpayment methods?\\b",
    // Paid to the wrong account: the caller's own slip, to be undone.
    "^.*\\b(?:wrong|incorrect|right|correct) account\\b.*$",
    ASKED_BEFORE,
    // A fee with its cause
    `^(?!.*\\b(?:${TWICE}|refund|statement|pending|paid (?:\\w+ ){0,2}on time|cancell?ed|(?:supposed|meant) to (?:be|have been)|promised|quoted)\\b)(?=.*\\b${FEE}\\b)(?=.*\\b${CAUSE}).*$`,
    // Rates, and what the other side of a transfer got
    `^(?!.*\\b(?:${TWICE}|refund)\\b)(?=.*\\b(?:exchange|rates?|currency|conversion|convert\\w*)\\b).*$`,
    "^(?!.*\\b(?:atm|cash|twice|double)\\b)(?=.*\\b(?:transfer\\w*|recipient|receiver|sent)\\b)(?=.*\\bamount\\b).*$",
    "\\b(?:send|put|spend|use|add|transfer|deposit|need|borrow|lend|get)(?: \\w+){0,3} more (?:money|cash)\\b|\\bmore money than\\b",
    "\\b(?:spend|spent|spending|earn|pay)(?: \\w+){0,3} less than\\b",
    "\\brefund polic\\w+|\\b(?:billing|payment) (?:frequency|cycle|date|address|methods?|options?|plans?)\\b",
  ),
};
