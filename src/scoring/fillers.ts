import type { Language } from "./language.ts";
import { meantWord } from "./misspellings.ts";

type Rewrite = readonly [RegExp, string];

/** What callers say without meaning it, and what recognisers write for it. Only words that carry no request. */
const FILLERS: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:um+|uh+|uhm+|er+m?|ah+|hm+|mm+|mhm|oh|well|okay|ok|so|(?<!would |feel |do not |not )like|you know|i mean|basically|actually|just|kind of|sort of|honestly|really|maybe|right now|i guess)\b,?/g,
  es: /\b(?:eh+|em+|este|pues|bueno|mira|oiga|oye|a ver|es que|o sea|vale|ay)\b,?/g,
  fr: /\b(?:euh+|heu+|ben|bah|alors|voila|hein|bon|ecoutez|enfin|genre|donc|ah)\b,?/g,
  de: /\b(?:ah+m*|eh+m*|oh+|hm+|also|halt|eben|mal|ja nun|na ja|tja|so|einfach|doch|eigentlich|irgendwie)\b,?/g,
  pt: /\b(?:eh+|ah+|ne|entao|tipo|olha|bom|hum+|ta|assim|la)\b,?/g,
  it: /\b(?:eh+m*|ah+|allora|cioe|beh|senta|guardi|insomma|ecco|dunque|diciamo)\b,?/g,
  pl: /\b(?:yyy+|eee+|no|wiec|znaczy|hm+|ech|ee)\b,?/g,
  zh: /[\u554a\u5462\u5440\u5427\u55ef\u54e6]/g,
};

const ENGLISH: readonly Rewrite[] = [
  [/\bi(?=(?:want|need|dont|cant|have|would|wanna)\b)/g, "i "],
  [/\b(?:dpnt|dontt|dnt|dotn|donot|dotn't|do't|don'tt|dn't|sont|son't|odn't|ddon't|doon't|donn't)\b/g, "do not"],
  [/\bcan't\b|\bcannot\b|\bcan not\b/g, "can not"],
  [/\bwon't\b/g, "will not"],
  [/n't\b/g, " not"],
  [/\b(do|does|did|is|are|was|were|would|could|should)nt\b/g, "$1 not"],
  [/\bcant\b/g, "can not"],
  [/\bwont\b/g, "will not"],
  [/\btheir(?= (?:is|are) (?:an?|any|some|someone)\b)|(?<=\bis )their(?= (?:an?|any|some|someone)\b)/g, "there"],
  [/\bi ?'d\b|\bid(?= (?:like|love|rather|prefer))/g, "i would"],
  [/'d\b/g, " would"],
  [/'ll\b/g, " will"],
  [/'ve\b/g, " have"],
  [/'re\b/g, " are"],
  [/\bi'?m\b/g, "i am"],
  [/\blet's\b/g, "let us"],
  [/'s\b/g, " is"],
  [/\bwanna\b|\bwant a (?=(?:speak|talk|chat)\b)/g, "want to "],
  [/\bgonna\b/g, "going to"],
  [/\bgotta\b/g, "have to"],
  [/\bgimme\b/g, "give me"],
  [/\bthru\b/g, "through"],
  [/\blemme\b/g, "let me"],
  [/\b(?:pls|plz|plse|plese|pleaes|plaese|pleease|pleasee|ples|pl[eas]{3,6})\b/g, "please"],
  [/\b(?:wud|woud|wuld|woudl)\b/g, "would"],
  [/\b(?:cud|coud|culd|coudl)\b/g, "could"],
  [/\bu\b(?! (?:s|k)\b)/g, "you"],
  [/\bur\b/g, "your"],
  [/\b(?:hewman|hueman|hooman being|hyuman|humman|huma|humen|hooman|yuman|uman|humane)\b/g, "human"],
  [/\b(?:costumer|customar|custumer|custmer|cutomer|customers?)\b(?= (?:service|support|care|rep))/g, "customer"],
  [/\brep+r?[eis]+[sz]e?n?t[aeio]+t?[iea]+ve?s?\b/g, "representative"],
  [/\b(?:agant|agnet|aget|ajent|agents)\b/g, "agent"],
  [/\b(?:opperator|operater|oprator)\b/g, "operator"],
  [/\b(?:superviser|suporvisor)\b/g, "supervisor"],
  [/\b(?:some one|sombody|somone|sum one|sumone|summone|smone|some body)\b/g, "someone"],
  [/\b(?:tlak|tak|tallk|takl)(?= (?:to|with)\b)/g, "talk"],
  [/\b(is|to|want)(?=(?:someone|there|contact|talk|speak)\b)|\btoo(?=contact)/g, "$1 "],
  [/\b(?:taok|tolk|tawk|talkk|takl|tlk|tok)\b/g, "talk"],
  [/\b(?:pair son|per son|purse on|purson|persone|preson|peson)\b/g, "person"],
  [/\b(?:asian|age end|a gent|age int)\b(?=[ .!?]*(?:please|now)?[ .!?]*$)/g, "agent"],
  [/\b(?:wirh|wiht|wtih|whit)\b/g, "with"],
  [/\bassi?tance\b|\basistance\b/g, "assistance"],
  [/\b(to|with|a|an)(?=(?:someone|somebody|human|agent|person|representative)\b)/g, "$1 "],
  [/\b(human|live|customer)(?=(?:agent|person|service|support)\b)/g, "$1 "],
  [/\b(?:speek|speack|spek|spaek|sepak|spaek)\b/g, "speak"],
];

/** A turn as it was meant: fillers and stutters gone, common recognition slips put right. Input is `plainText`. */
export function withoutFillers(plain: string, language: Language | undefined): string {
  let text = plain;
  if (language === "en" || language === undefined) for (const [from, to] of ENGLISH) text = text.replaceAll(from, to);
  if (language === "en") text = text.replaceAll(/[a-z]{4,16}/g, meantWord);
  // In an unknown language a filler of one may be a word of another, so nothing is taken out.
  if (language !== undefined) text = text.replaceAll(FILLERS[language], " ");
  return text
    .replaceAll(/(?:\s*[,;:"()[\]<>*_~#/\\|-]+\s*|\s+)/g, " ")
    .replaceAll(/\b(\w+(?: \w+){0,2})(?: \1\b)+/g, "$1")
    .trim();
}
