// Which kinds of words stand in a turn, and beside which others: what the models of policy intents read beside the words
// themselves. A caller says the same in many words ("billed twice", "the payment was taken two times"); the classes are few
// enough for a model to have seen each pair of them. Training (scripts/train) and scoring share this file, so a change here
// needs new weights.

/** English words of one kind each, in the forms they are said in; a word counts for the first class that names it. */
const CLASSES: readonly string[] = [
  // Who and what belongs to whom
  "account accounts profile",
  "me my i we our us mine",
  "you your they he she company bank",
  "someone somebody anyone anybody else another other",
  "who whose",
  // Questions and wishes
  "how",
  "why reason explain explanation",
  "what which",
  "when",
  "where",
  "can could would may should",
  "do does is are will did was were",
  "want need wish like love request requested requesting asked demand",
  "help please assist",
  "for",
  // Money that goes
  "charge charges charged charging billed debited deducted deduction deductions invoiced",
  "fee fees surcharge surcharges commission commissions cost costs",
  "bill bills billing invoice invoices",
  "statement statements history app",
  "pay paid paying payment payments transaction transactions",
  "coin £1 $1 €1 pound dollar euro quid 1 £ $ €",
  "price quoted agreed advertised",
  "amount amounts sum total value number figure",
  "balance balances",
  "purchase purchased purchases buy bought buying item items product goods package clothes shoes dress",
  "order orders booking reservation flight ticket appointment",
  "merchant merchants shop store seller retailer vendor restaurant hotel supermarket",
  "debit",
  // Money that comes back
  "refund refunds refunded refunding reimburse reimbursed reimbursement chargeback repaid",
  "back returned reverted reversed revert reverse credited",
  "arrive arrived reached landed",
  "show showing shown shows appear appeared appearing appears see seeing visible listed find",
  "receive received receiving get got getting gotten gave give given dispensed dispense came come",
  // What is wrong with it
  "twice double doubled doubly duplicate duplicated duplicates multiple times again repeated repeat repeatedly thrice second 2x two identical same",
  "extra additional hidden unexpected unexplained added more overcharged overcharge higher",
  "wrong incorrect incorrectly wrongly mistake mistakes mistaken error errors erroneous erroneously inaccurate off correct right",
  "problem problems issue issues trouble broken glitch bug discrepancy",
  "less short fewer different instead only rather shorted full all whole entire rest",
  "not never no cannot none without nothing",
  "still yet nowhere delayed late waiting wait awaiting waited overdue stuck long",
  "pending progress processing processed process hold held",
  "declined decline rejected failed fail refused blocked denied failing unsuccessful",
  "dispute disputing contest query challenge complain complaint",
  "remove removed waive drop",
  "recognise recognize recognised recognized unfamiliar unknown unauthorised unauthorized strange weird odd unrecognized unrecognised familiar",
  "made make did authorise authorize authorised authorized approve approved",
  "stolen stole steal theft thief robbed lost taken missing",
  "hack hacked hacker hackers compromised breached phishing scam scammed scammer fraud fraudulent fraudster",
  "identity impersonating name ssn social",
  // Where it happens
  "cash notes",
  "money funds fund",
  "atm atms machine machines cashpoint",
  "withdraw withdrew withdrawal withdrawals withdrawing withdrawn",
  "transfer transfers transferred transferring wire wired wiring send sent sending recipient beneficiary receiver",
  "topup topped topping top-up topups top",
  "exchange exchanged exchanging exchanges rate rates currency currencies conversion convert converted",
  "abroad foreign overseas international country internationally travelling traveling holiday",
  "card cards",
  "deposit deposited deposits cheque cheques check checks",
  "loan mortgage interest overdraft apr credit limit",
  "insurance insured premium premiums claim claims cover coverage policy",
  "phone mobile website online",
  "pin password passcode code login",
  // How it ends
  "subscription subscriptions membership plan contract service",
  "cancel cancelled canceled cancelling canceling terminate end stop stopped unsubscribe cancellation",
  "close closed closing delete deactivate shut leave leaving",
];

const CLASS_OF = new Map<string, number>();
for (const [kind, words] of CLASSES.entries())
  for (const word of words.split(" ")) if (!CLASS_OF.has(word)) CLASS_OF.set(word, kind);

/** An amount or another number. */
const NUMBER = CLASSES.length;
/** Stands before the first word: what a turn opens with tells a question from a report. */
const OPENING = CLASSES.length + 1;
const KINDS = CLASSES.length + 2;

/** Every pair of classes in a turn, and every two that follow each other. */
export const CLASS_FEATURES = 2 * KINDS * KINDS;

/** Of a turn with more classes than this the pairs of the first are taken: it bounds the work of one turn. */
const MOST_PAIRED = 16;

/** Features of a turn as rules read it (`Reading.spoken`), each below `CLASS_FEATURES`; those of neighbours repeat. */
export function classFeatures(spoken: string): readonly number[] {
  const sequence: number[] = [];
  for (const word of spoken.match(/[a-z0-9£$€-]+/g) ?? []) {
    const kind = CLASS_OF.get(word) ?? (/^[£$€]?\d/.test(word) ? NUMBER : undefined);
    if (kind !== undefined) sequence.push(kind);
  }
  const found: number[] = [];
  if (sequence.length === 0) return found;
  const present = [...new Set(sequence)].slice(0, MOST_PAIRED).toSorted((a, b) => a - b);
  for (const [i, kind] of present.entries())
    for (let other = i; other < present.length; other++) found.push(kind * KINDS + (present[other] ?? 0));
  let before = OPENING;
  for (const kind of sequence) {
    found.push(KINDS * KINDS + before * KINDS + kind);
    before = kind;
  }
  return found;
}
