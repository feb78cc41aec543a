// Contractions as they are said in full. Recognisers and hurried fingers leave the apostrophe out, or a blank in its place.
import type { Language } from "./language.ts";

type Rewrite = readonly [RegExp, string];

/** Whole English words for which nothing around them matters. */
const ENGLISH_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "can't": "can not",
    cannot: "can not",
    cant: "can not",
    "won't": "will not",
    wont: "will not",
    "ain't": "is not",
    aint: "is not",
    "i'm": "i am",
    im: "i am",
    "let's": "let us",
    ive: "i have",
    youve: "you have",
    weve: "we have",
    theyve: "they have",
    youre: "you are",
    theyre: "they are",
    hes: "he is",
    shes: "she is",
    thats: "that is",
    whats: "what is",
    wheres: "where is",
    whos: "who is",
    theres: "there is",
    heres: "here is",
    itll: "it will",
    youll: "you will",
    theyll: "they will",
    youd: "you would",
    theyd: "they would",
    couldve: "could have",
    shouldve: "should have",
    wouldve: "would have",
    wanna: "want to",
    gonna: "going to",
    gotta: "have to",
    gimme: "give me",
    lemme: "let me",
    thru: "through",
  }),
);

const VERB =
  "(?:be|been|like|love|rather|prefer|want|need|appreciate|have|take|get|go|do|call|talk|speak|tell|say|see|pay|try|wait|kill|hurt|end|die|sue|report|file|cancel|contact|never|not|just|also|still|really)";

/** English that needs a look at its neighbours. The blank first, so that what it stood for is spelled out like the rest. */
const ENGLISH_BLANKS: readonly Rewrite[] = [
  [/\b(do|did|does|is|are|was|were|could|would|should|have|has|had)(?:n t|nt)\b/g, "$1 not"],
  [/\bcan t\b/g, "can not"],
  [/\bwon t\b/g, "will not"],
  [/\bi m\b/g, "i am"],
  [/\b(i|you|we|they) ve\b/g, "$1 have"],
  [/\b(i|you|we|they|it|that) ll\b/g, "$1 will"],
  [/\b(you|we|they) re\b/g, "$1 are"],
  [/\b(it|that|he|she|what|there|where|who) s\b/g, "$1 is"],
  [new RegExp(`\\bi ?d(?= ${VERB}\\b)`, "g"), "i would"],
  [new RegExp(`\\bill(?= ${VERB}\\b)`, "g"), "i will"],
  [/\bits(?= (?:an?|the|not|been|my|your|all|just|still|so|too|very|about|urgent)\b)/g, "it is"],
];
const ENGLISH_APOSTROPHES: readonly Rewrite[] = [
  [/n't\b/g, " not"],
  [/'d\b/g, " would"],
  [/'ll\b/g, " will"],
  [/'ve\b/g, " have"],
  [/'re\b/g, " are"],
  [/'m\b/g, " am"],
  [/'s\b/g, " is"],
];
/** Something of the kind may be there. */
const ENGLISH_HINT = /n ?t\b| (?:ve|ll|re|d|s|m)\b|\b(?:id|ill|its)\b/;

const VOWEL = "(?=[aeiouyh]\\w)";

/** Elisions whose full word keeps its apostrophe in the rules: "j'ai", "l'agent". */
const FRENCH: readonly Rewrite[] = [
  [new RegExp(`\\b(j|l|d|c|n|s|m|qu|jusqu|lorsqu|puisqu) ${VOWEL}`, "g"), "$1'"],
  [/\bt (?=(?:ai|as|es|aime|avais|etais|appelle|en)\b)/g, "t'"],
  [
    /\b(j)(?=(?:ai|aimerais|avais|aurais|en|y|etais|attends|attend|appelle|exige|arrive|habite|ecoute|entends|essaie|insiste|hesite|ignore|irai|espere)\b)/g,
    "$1'",
  ],
  [/\bj(?=(?:veux|voudrais|peux|suis|souhaite|prefere|sais|dois|vais|parle|te|vous)\b)/g, "je "],
  [/\b([clmnst])(?=(?:est|etait)\b)/g, "$1'"],
  [/\b(n)(?=(?:ai|as|a|avez|avons|ont|avait|avais|arrive|en|y|aime|es|etes|importe)\b)(?!nai\b)/g, "$1'"],
  [/\b([ml])(?=(?:ont|avez|avait|aider|aide|appelle|appeler|ecoute|ecoutez|entendez|entend|en|ai)\b)/g, "$1'"],
  [/\b(qu)(?=(?:un|une|on|il|ils|elles|avec|en|est|avez|a)\b)/g, "$1'"],
  [
    /\b([ld])(?=(?:humain|humains|agent|agents|operateur|operatrice|assistant|assistante|assistance|aide|accueil|equipe|etre|autre|autres|employe|interlocuteur|interlocutrice|argent|appel|abonnement|assurance|avocat|expert|adresse)\b)/g,
    "$1'",
  ],
  [/\b(d)(?=(?:un|une|accord|abord|avoir|urgence)\b)/g, "$1'"],
  [/\bsil(?= (?:vous|te|y|faut)\b)/g, "s'il"],
  [/\bquelqu ?une?\b|\bqu?elqu ?un\b/g, "quelqu'un"],
  [/\baujourd ?hui\b/g, "aujourd'hui"],
];
const ITALIAN: readonly Rewrite[] = [
  [new RegExp(`\\b(l|d|c|m|t|s|v|n|dell|all|nell|dall|sull|quest|quell|un(?= altra\\b)) ${VOWEL}`, "g"), "$1'"],
  [
    /\b((?:de|a|ne|da|su)?l{1,2}|d)(?=(?:operatore|operatori|operatrice|assistenza|assistente|addetto|addetta|agente|umano|essere|ufficio|incaricato|impiegato|altro|altra|account|abbonamento|assicurazione|avvocato|addebito|acquisto|identita|aiuto|accordo)\b)/g,
    "$1'",
  ],
  [/\bunaltr([oa])\b/g, "un altr$1"],
  [/\bun(?=(?:operatore|operatrice|umano|essere|addetto|agente|assistente|incaricato)\b)/g, "un "],
  [/\bc[e'] ?(?=(?:qualcuno|nessuno|un|una|qualche|modo)\b)/g, "c'e "],
  [/\b([ml])(?=(?:ho|hai|ha|hanno|avete|avevo|avevano)\b)/g, "$1'"],
];

const apply = (text: string, rewrites: readonly Rewrite[]): string => {
  let put = text;
  for (const [from, to] of rewrites) put = put.replaceAll(from, to);
  return put;
};

/** What an English word stands for; undefined when it is a word of its own. */
export const englishContraction = (word: string): string | undefined => ENGLISH_WORDS.get(word);

/** A plain text with its contractions spelled out (English), or its elisions with their apostrophe (French, Italian). */
export function withApostrophes(plain: string, language: Language | undefined): string {
  switch (language) {
    case "en":
    case undefined: {
      const words = ENGLISH_HINT.test(plain) ? apply(plain, ENGLISH_BLANKS) : plain;
      return words.includes("'") ? apply(words.replaceAll(CONTRACTED, spelledOut), ENGLISH_APOSTROPHES) : words;
    }
    case "fr":
      return apply(plain, FRENCH);
    case "it":
      return apply(plain, ITALIAN);
    default:
      return plain;
  }
}

/** Before the general rules: "can't" is no "ca not". */
const CONTRACTED = /\b[a-z]+'[a-z]+\b/g;
const spelledOut = (word: string): string => ENGLISH_WORDS.get(word) ?? word;
