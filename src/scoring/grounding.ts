// Are the amounts an assistant names in what it looked up? In the process, in microseconds, and only where the answer can
// be checked: amounts and shares, once a tool has answered with figures. Words are the deep path's to judge.

/** Figures the assistant may name. A plain value; the numbers are a caller's, so it stays with the call. */
export type KnownFigures = {
  /** A tool has answered with figures: before that nothing is judged, since the assistant may know from elsewhere. */
  readonly looked: boolean;
  readonly values: readonly number[];
};

export const NO_FIGURES: KnownFigures = { looked: false, values: [] };

/** Figures kept, newest last: more than a long list of transactions. */
const MOST_VALUES = 200;
/** Of so many the sums and differences of two are derived; beyond it two of them make nearly any number. */
const MOST_IN_PAIRS = 40;
/** Of a long text only the beginning is read. */
const EXAMINED = 8_000;

const NUMBER =
  /(?<![\p{L}\d.,])\d{1,3}(?:[.,' \u00a0]\d{3})+(?:[.,]\d{1,2})?(?!\d)|(?<![\p{L}\d])\d{1,9}(?:[.,]\d{1,2})?(?!\d)/gu;
const MONEY =
  /^\s?(?:%|percent\b|per ?cent\b|prozent\b|pour ?cent\b|por ?ciento\b|por ?cento\b|per ?cento\b|[$€£]|(?:us )?dollars?\b|euros?\b|pounds?\b|francs?\b|franken\b|reais\b|pesos?\b|usd\b|eur\b|gbp\b|chf\b)/iu;
const MONEY_BEFORE = /(?:[$€£]|\b(?:usd|eur|gbp|chf|r\$))\s?$/iu;

/** "1,234.50" and "1.234,50" are both 1234.5. */
function valueOf(written: string): number {
  const decimals = /[.,](\d{1,2})$/u.exec(written);
  const whole = decimals === null ? written : written.slice(0, decimals.index);
  return Number(`${whole.replaceAll(/\D/gu, "")}.${decimals?.[1] ?? "0"}`);
}

/** All numbers in a text, whatever they count. */
function numbersIn(text: string): readonly number[] {
  return [...text.slice(0, EXAMINED).matchAll(NUMBER)].map(([written]) => valueOf(written));
}

/** Amounts of money and shares in an answer: numbers with a currency or a percent sign at either side. */
export function amountsIn(text: string): readonly number[] {
  const examined = text.slice(0, EXAMINED);
  return [...examined.matchAll(NUMBER)]
    .filter(
      ({ 0: written, index }) =>
        MONEY.test(examined.slice(index + written.length)) || MONEY_BEFORE.test(examined.slice(0, index)),
    )
    .map(([written]) => valueOf(written));
}

const withValues = (known: KnownFigures, values: readonly number[]): readonly number[] =>
  [...known.values, ...values].slice(-MOST_VALUES);

/** A tool answered. */
export function afterLookUp(known: KnownFigures, result: string): KnownFigures {
  const values = numbersIn(result);
  return { looked: known.looked || values.length > 0, values: withValues(known, values) };
}

/** Said by the caller, or told to the assistant before the call: it may be repeated, but nothing is judged by it alone. */
export const afterHearing = (known: KnownFigures, text: string): KnownFigures => ({
  ...known,
  values: withValues(known, numbersIn(text)),
});

/** The amounts of an answer that are in nothing the assistant looked up or was told, and do not follow from it. */
export function ungroundedAmounts(answer: string, known: KnownFigures): readonly number[] {
  if (!known.looked) return [];
  return amountsIn(answer).filter((amount) => amount > 0 && !follows(amount, known.values));
}

const CENT = 0.005;
const same = (a: number, b: number): boolean => Math.abs(a - b) < CENT;
/** Instalments and months: a known amount so many times, or that share of it. */
const MOST_TIMES = 12;

/** Named as it is, rounded, in cents, as instalments or several months, or as the sum or difference of two. */
function follows(amount: number, values: readonly number[]): boolean {
  if (values.some((value) => isForm(amount, value))) return true;
  const few = values.slice(-MOST_IN_PAIRS).flatMap((value) => (inCents(value) ? [value, value / 100] : [value]));
  return few.some((a, i) => few.some((b, j) => j > i && (same(amount, a + b) || same(amount, Math.abs(a - b)))));
}

const inCents = (value: number): boolean => value >= LEAST_CENTS && Number.isInteger(value);

function isForm(amount: number, value: number): boolean {
  if (same(amount, value) || (inCents(value) && same(amount, value / 100))) return true;
  // "About 42 dollars" of 41.87; "nearly 1,200" of 1,187.
  if (value >= 1 && Number.isInteger(amount) && Math.abs(amount - value) / value <= ROUNDED) return true;
  // Days and months of dates are no amounts, and with their multiples nearly everything would follow.
  if (value <= LARGEST_OF_A_DATE) return false;
  for (let times = 2; times <= MOST_TIMES; times++)
    if (same(amount, value * times) || same(amount, value / times)) return true;
  return false;
}

const ROUNDED = 0.03;
const LARGEST_OF_A_DATE = 31;
const LEAST_CENTS = 100;
