import { oneOf } from "../clauses/clauses.ts";
import { cancellationTold } from "./english-cancellation-told.ts";
import { type IntentRule } from "./intent-rules.ts";

const MINE =
  "(?:(?:my|our|the|this|that|an?|these|those|his|her|all|any|fucking|damn|bloody|online|goddamn|entire|whole)\\s)*";

const SERVICE =
  "(?:(?:\\w+ ){0,4}?(?:subscription|plan|policy|policies|membership|contract|service|reservations?|bookings?|orders?|purchase|transfers?|payments?|transactions?|checks?|cheques?|direct debits?|standing orders?|automatic (?:billing|payments?|renewal)|auto ?pay|billing|cards?|loans?|mortgage|overdraft|insurance|table|appointment|coverage|trial|renewal|ticket|flight|ride|trip)\\b)";

/** An order, booking or contract by name; a transfer or card may be cancelled for many reasons. */
const KEPT =
  "(?:(?:\\w+ ){0,3}?(?:subscription|plan|policy|policies|membership|contract|reservations?|bookings?|orders?|ordr|oder|purchases?|purhase|direct debits?|standing orders?|checks?|cheques?|auto ?pay|transfers?|insurance|appointment)\\b)";

const MEMBERSHIP =
  "(?:(?:\\w+ ){0,3}?(?:acc?ou?n?t?s?|acc?ount|acocunt|accuont|cacount|accounmt|accout|acct|profiles?|profle|profil|memberships?)\\b)";

const ACCOUNT = "(?:(?:\\w+ ){0,3}?(?:accounts?|profiles?|acc?ount|acct|membership))";

export const cancellation: IntentRule = {
  surely: oneOf(
    cancellationTold,
    oneOf(
      `\\b(?:cancel\\w*|cancle|canel|cacnel|cnacel|cancell?ing) ${MINE}(?:${KEPT}|${MEMBERSHIP})`,
      `\\b(?:close|closing|delete|deleting|delet|dleete|edlete|remove|removing|terminate|terminating|deactivate|deactivating|eliminate|discontinue|shut down|get rid of) ${MINE}${MEMBERSHIP}(?! (?:from|off) my)`,
      "\\b(?:order|account|profile|reservation|booking|subscription|purchase) (?:cancell?ations?|cancelation|closures?|deletions?|terminations?|removals?)\\b(?! (?:fee|polic|charge|penalt))",
      "\\b(?:cancell?ation|cancelation|closure|deletion|termination|removal) of (?:my|an?|the|our|this)? ?(?:\\w+ ){0,2}(?:order|account|profile|reservation|booking|subscription|policy|purchase)",
      "\\b(?:do not|no longer|never) (?:want|need|use|want to pay for)(?: (?:my|this|the|an?|that))?(?: (?!to )\\w+){0,3}? (?:orders?|accounts?|profile|purchase|membership|subscription)\\b",
      "\\b(?:can not|can no longer|no longer) (?:afford|pay for)(?: (?:my|this|the|an?|that))?(?: \\w+){0,2}? (?:orders?|purchase)\\b",
      "\\bcancel\\w* ?(?:order|purchase)? ?(?:number )?\\d{5,}",
      "\\b(?:do not|no longer) (?:want|need) (?:my|this|the|your|an?) (?:\\w+ )?(?:account|profile)\\b.{0,40}\\b(?:remove|delete|close|cancel|eliminate|it)\\b",
    ),
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
  aside: oneOf(
    "\\bcancell?ation (?:fees?|polic\\w+|charges?|penalt\\w+|terms|insurance|cover|coverage|protection|number|code|email|e ?mail|confirmation|window|rate|rates|deadline|period|clause|rules?|notice|option|conditions?|waiver)s?",
    "\\b(?:did|have|has|had|why would|why did) (?:you|they|someone|anyone|somebody|it)(?: \\w+)? cancel\\w*",
    "\\bnoise cancel\\w*|\\bcancel (?:culture|button|key)|\\btrip cancell?ation\\b",
    "\\b(?:doctor|dentist|clinic|surgery|hospital|seller|store|shop|restaurant|hotel|host|driver|landlord|boss|partner|friend|organi[sz]er|band|venue|school|supplier|system|website|your \\w+|someone|somebody|nobody)(?: (?:have|has|had|just|also|then|who|suddenly|already|is|was))* (?:cancell?ed|cancels|cancell?ing|closed|terminated)",
    "\\bcancel\\w* by (?:you|the|them|your|him|her|an?|my (?:bank|doctor|dentist))\\b|\\bcancell?ed (?:on me|without|last minute)\\b",
    "\\b(?:do|did|would|will|does|should) not (?:want to |wish to |need to |intend to )?(?:cancel|close|delete)\\b(?! my mind)",
    "\\bwhy(?: \\w+){0,6} (?:cancel\\w*|reverted|reversed|closed)",
    "\\b(?:i|we)(?: have| had)? cancell?ed (?:my|the|our) (?:card )?payment",
    "\\b(?:was|were|been|got|is|gets) (?:cancel\\w+|closed|terminated|declined|reversed|reverted)",
    "\\b(?:they|you|bank|he|she|company|airline|atm|app|merchant|seller) (?:have |has |had )?(?:cancel\\w+|closed|deactivated|shut down|terminated)",
    "\\bbefore i could cancel\\b",
    "^.*\\b(?:e?ne?ws? ?l?ett?ers?|newsleters?|enwsletters?)\\b.*$",
  ),
};
