// Numbers as people say and recognisers write them: "4111 1111", "four one one one", "double one", "vier eins", "４１１１".

/** A stretch of digits, with whatever may stand between them. Positions count UTF-16 units. */
export type DigitRun = {
  readonly from: number;
  readonly to: number;
  /** Digits it stands for. */
  readonly digits: number;
  /** Of these, digits that were words. */
  readonly spoken: number;
};

const words = (list: string, digits: number): readonly (readonly [string, number])[] =>
  list.split(" ").map((word) => [word, digits] as const);

/** Digits a word stands for; without diacritics. Tens count one, since a unit follows ("forty one"). */
const DIGITS_IN: ReadonlyMap<string, number> = new Map([
  ...words("zero oh o nought one two three four five six seven eight nine", 1),
  ...words("twenty thirty forty fifty sixty seventy eighty ninety", 1),
  ...words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 2),
  ...words("cero uno dos tres cuatro cinco seis siete ocho nueve", 1),
  ...words("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 1),
  ...words("diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve", 2),
  ...words("un deux trois quatre cinq sept huit neuf", 1),
  ...words("vingt trente quarante cinquante soixante", 1),
  ...words("dix onze douze treize quatorze quinze seize", 2),
  ...words("null eins zwei zwo drei vier funf sechs sieben acht neun", 1),
  ...words("zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig", 1),
  ...words("zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn", 2),
  ...words("um uma dois duas quatro meia sete oito nove vinte trinta quarenta cinquenta sessenta setenta oitenta", 1),
  ...words("dez doze treze quatorze dezesseis dezessete dezoito dezenove", 2),
  ...words("due tre quattro cinque sei sette otto venti quaranta cinquanta sessanta settanta ottanta novanta", 1),
  ...words("dieci undici dodici tredici quattordici quindici sedici", 2),
  ...words("jeden dwa trzy cztery piec szesc siedem osiem dziewiec", 1),
]);
/** "einundvierzig" */
const GERMAN_PAIR = /^(?:ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und[a-z]{4,8}zig$/u;
const LONGEST_WORD = 16;
const CHINESE = /^[〇零一二三四五六七八九幺两]$/u;
const REPEATS: ReadonlyMap<string, number> = new Map([
  ...words("double doppel doble doppio duplo", 2),
  ...words("triple dreifach triplo", 3),
]);
/** Said between digits without meaning anything. */
const FILLERS = new Set(
  "uh uhm er eh ah hm and dash hyphen minus space then y e et und dann puis luego poi i".split(" "),
);

/** One digit, one Chinese sign, one word, or other signs. */
const TOKEN = /\p{Nd}|[〇零一二三四五六七八九幺两]|[\p{L}\p{M}]+|[^\p{L}\p{M}\p{Nd}]+/gu;
/** Signs that may stand between the digits of one number. A colon may not: times are no cards. */
const BETWEEN = /^[\s\-.,/_*•·–—()+\p{Cf}]{1,4}$/u;
/** Fillers in a row after which the number is over. */
const FILLERS_MAX = 2;

type Open = { from: number; to: number; digits: number; spoken: number; fillers: number; times: number };

/** All runs of a text, in order; one pass over it, whatever it holds. */
export function digitRuns(text: string): readonly DigitRun[] {
  const runs: DigitRun[] = [];
  let open: Open | undefined;
  const close = (): void => {
    if (open !== undefined && open.digits > 0) {
      runs.push({ from: open.from, to: open.to, digits: open.digits, spoken: open.spoken });
    }
    open = undefined;
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const atom = atomOf(token);
    if (atom === undefined) {
      close();
      continue;
    }
    if (atom.kind !== "between" && atom.kind !== "filler")
      open ??= { from: index, to: index, digits: 0, spoken: 0, fillers: 0, times: 1 };
    if (open === undefined) continue;
    open = step(open, atom, index + token.length);
    if (open.fillers > FILLERS_MAX) close();
  }
  close();
  return runs;
}

type Atom =
  | { readonly kind: "digits"; readonly digits: number; readonly spoken: boolean }
  | { readonly kind: "times"; readonly times: number }
  | { readonly kind: "between" | "filler" };

function atomOf(token: string): Atom | undefined {
  if (/^\p{Nd}$/u.test(token)) return { kind: "digits", digits: 1, spoken: false };
  if (CHINESE.test(token)) return { kind: "digits", digits: 1, spoken: true };
  if (BETWEEN.test(token)) return { kind: "between" };
  if (token.length > LONGEST_WORD) return undefined;
  const word = plain(token);
  const digits = DIGITS_IN.get(word) ?? (GERMAN_PAIR.test(word) ? 2 : undefined);
  if (digits !== undefined) return { kind: "digits", digits, spoken: true };
  const times = REPEATS.get(word);
  if (times !== undefined) return { kind: "times", times };
  return FILLERS.has(word) ? { kind: "filler" } : undefined;
}

/** Lower case without diacritics. */
function plain(token: string): string {
  const lower = token.toLowerCase();
  if (/^[a-z]*$/u.test(lower)) return lower;
  return lower.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss");
}

function step(open: Open, atom: Atom, to: number): Open {
  switch (atom.kind) {
    case "digits": {
      const digits = atom.digits * open.times;
      return {
        ...open,
        to,
        digits: open.digits + digits,
        spoken: open.spoken + (atom.spoken ? digits : 0),
        fillers: 0,
        times: 1,
      };
    }
    case "times":
      return { ...open, times: atom.times };
    case "between":
      return open;
    case "filler":
      return { ...open, fillers: open.fillers + 1 };
    default:
      return atom satisfies never;
  }
}
