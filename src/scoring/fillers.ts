import type { Language } from "./language.ts";
import { englishContraction, withApostrophes } from "./apostrophes.ts";
import { meantWord } from "./misspellings.ts";

type Rewrite = readonly [RegExp, string];

/** What callers say without meaning it, and what recognisers write for it. Only words that carry no request. */
const FILLERS: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:um+|uh+|uhm+|er+m?|ah+|hm+|mm+|mhm|oh|well|okay|ok|so|(?<!would |feel |do not |not )like|you know|i mean|basically|actually|just|kind of|sort of|honestly|really|maybe|right now|i guess)\b,?/g,
  es: /\b(?:eh+|em+|este|pues|bueno|mira|oiga|oye|a ver|es que|o sea|vale|ay)\b,?/g,
  fr: /\b(?:euh+|heu+|ben|bah|alors|voila|hein|bon|ecoutez|enfin|genre|donc|ah)\b,?/g,
  de: /\b(?:ah+m*|eh+m*|oh+|hm+|also|halt|eben|mal|ja nun|na ja|tja|so|einfach|doch|eigentlich|irgendwie)\b,?/g,
  pt: /\b(?:eh+|ah+n*|ahm+|hum+|uh+m*|hm+|mm+|hein|ha(?! (?:alguem|alguma?|algum|um|uma|como|pessoas?|gente|atendentes?|\d|dois|duas|tres|anos|dias|meses|muito|pouco|mais|quanto|outr[oa]|nenhum|ai\b|aqui))|ne|entao|tipo|olha|olhe|bom|bem|ta|assim|la|pois|pronto|digamos|quer dizer|sei la|poxa|sabe)\b,?|(?<=\b(?:quero|queria|preciso|gostaria|com|um|uma|de|para|pra|pro|me|do|da|meu|minha|posso|pode|poderia|falar|conversar|passar)[ ,.]+)e\b,?|(?<=\beu )e(?= (?:quero|queria|preciso|gostaria|so)\b)/g,
  it: /\b(?:eh+m*|ah+|allora|cioe|beh|senta|guardi|insomma|ecco|dunque|diciamo)\b,?/g,
  pl: /\b(?:yyy+|eee+|no|wiec|znaczy|hm+|ech|ee)\b,?/g,
  zh: /[\u554a\u5462\u5440\u5427\u55ef\u54e6]/g,
};

/** Whole English words with a slip, for which nothing around them matters. */
const SLIPS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "do not": "dpnt dontt dnt dotn donot dotn't do't don'tt dn't sont son't odn't ddon't doon't donn't",
    please: "pls plz plse plese pleaes plaese pleease pleasee ples",
    would: "wud woud wuld woudl",
    could: "cud coud culd coudl",
    your: "ur",
    human: "hewman hueman hyuman humman huma humen hooman yuman uman humane",
    agent: "agant agnet aget ajent agents",
    operator: "opperator operater oprator",
    supervisor: "superviser suporvisor",
    someone: "sombody somone sumone summone smone",
    talk: "taok tolk tawk talkk takl tlk tok",
    person: "purson persone preson peson",
    with: "wirh wiht wtih whit",
    assistance: "asistance assitance",
    speak: "speek speack spek spaek sepak",
  }).flatMap(([meant, slips]) => slips.split(" ").map((slip) => [slip, meant] as const)),
);

/** Slips that need a look at their neighbours. */
const ENGLISH: readonly Rewrite[] = [
  [/\bi(?=(?:want|need|dont|cant|have|would|wanna)\b)/g, "i "],
  [/\btheir(?= (?:is|are) (?:an?|any|some|someone)\b)|(?<=\bis )their(?= (?:an?|any|some|someone)\b)/g, "there"],
  [/\bwant a (?=(?:speak|talk|chat)\b)/g, "want to "],
  [/\bpl[eas]{3,6}\b/g, "please"],
  [/\bu\b(?! (?:s|k)\b)/g, "you"],
  [/\bhooman being\b/g, "human being"],
  [/\b(?:costumer|customar|custumer|custmer|cutomer|customers?)\b(?= (?:service|support|care|rep))/g, "customer"],
  [/\brep+r?[eis]+[sz]e?n?t[aeio]+t?[iea]+ve?s?\b/g, "representative"],
  [/\b(?:some one|sum one|some body)\b/g, "someone"],
  [/\b(?:tlak|tak|tallk)(?= (?:to|with)\b)/g, "talk"],
  [/\b(is|to|want)(?=(?:someone|there|contact|talk|speak)\b)|\btoo(?=contact)/g, "$1 "],
  [/\b(?:pair son|per son|purse on)\b/g, "person"],
  [/\b(?:asian|age end|a gent|age int)\b(?=[ .!?]*(?:please|now)?[ .!?]*$)/g, "agent"],
  [/\b(to|with|a|an)(?=(?:someone|somebody|human|agent|person|representative)\b)/g, "$1 "],
  [/\b(human|live|customer)(?=(?:agent|person|service|support)\b)/g, "$1 "],
];
/** Ways to say whom one wants, in the words that the rules know. */
const PEOPLE =
  "(?:guys?|people|lot|team|staff|colleagues?|folks?|employees?|crew|workers?|lads|girls|ladies|personnel|office|gang|bunch)";
const STAFF: readonly Rewrite[] = [
  [
    new RegExp(
      `\\b(?:one|any|some|someone|somebody|anyone|anybody|another) (?:of|from|on|in) (?:your|you|ur) (?:\\w+ )?${PEOPLE}\\b`,
      "g",
    ),
    "one of your agent",
  ],
  [
    new RegExp(
      `\\b(?:an? |another |some )?members? of (?:the |your |ur )?(?:\\w+ )?(?:staff|team|personnel|crew)\\b`,
      "g",
    ),
    "an agent",
  ],
  [
    /\bwho ?ever(?: is|s)? (?:in charge|responsible|running (?:this|that|the (?:place|show))|above you)\b/g,
    "the person in charge",
  ],
  [/\b(to|with) (?:the |your |higher |upper )*management\b/g, "$1 a manager"],
];
/** Something of the kind may be there: most turns have none. */
const STAFF_HINT = /\b(?:of|from|on|in) (?:your|you|ur|the)\b|\bmembers? of\b|\bever\b|\bwhoever|\bmanagement\b/;

const ENGLISH_HINT = new RegExp(ENGLISH.map(([from]) => from.source).join("|"));

/** What an English word was meant to be. */
const meant = (word: string): string => englishContraction(word) ?? SLIPS.get(word) ?? meantWord(word);

function english(plain: string): string {
  let text = plain;
  if (ENGLISH_HINT.test(text)) for (const [from, to] of ENGLISH) text = text.replaceAll(from, to);
  text = withApostrophes(text, "en").replaceAll(/[a-z]{2,16}/g, meant);
  if (STAFF_HINT.test(text)) for (const [from, to] of STAFF) text = text.replaceAll(from, to);
  return text;
}

/** Broken off and begun again: no end of a sentence. */
const BROKEN_OFF = /\.{2,}/g;

/** Marks that end no sentence, and blanks that are not a single one: most blanks are. */
const MARKS_AND_BLANKS = /\s*[,;:"()[\]<>*_~#/\\|-]+\s*|\s{2,}|[^\S ]/g;

/** A turn as it was meant: fillers and stutters gone, common recognition slips put right. Input is `plainText`. */
export function withoutFillers(plain: string, language: Language | undefined): string {
  let text = plain.includes("..") ? plain.replaceAll(BROKEN_OFF, " ") : plain;
  text = language === "en" || language === undefined ? english(text) : withApostrophes(text, language);
  // In an unknown language a filler of one may be a word of another, so nothing is taken out.
  if (language !== undefined) text = text.replaceAll(FILLERS[language], " ");
  return text
    .replaceAll(MARKS_AND_BLANKS, " ")
    .replaceAll(/\b(\w+(?: \w+){0,2})(?: \1\b)+/g, "$1")
    .trim();
}
