// Did a turn get the caller further? Short fixed phrases, per language, on plain text (lower case, no diacritics).
import { clauseIndex, type Look } from "./clauses/clause-lookup.ts";
import { type Clauses, oneOf } from "./clauses/clauses.ts";
import { type Language, languageOf, LANGUAGES } from "./language.ts";
import { languagesHeard } from "./languages-heard.ts";

type Rules = Readonly<Record<Language, RegExp>>;

const REJECTS: Rules = {
  en: /\b(?:that(?: is|'s|s) (?:not|wrong|incorrect)|not what i (?:asked|said|meant|want)|(?:no|nope),? (?:that|it|this)(?: is|'s)? ?(?:not|n't|isn't|wrong|doesn't|didn't)|that (?:did ?n't|does ?n't|doesn't|didn't) (?:help|work|answer)|you(?: are|'re)? (?:not (?:listening|understanding|hearing)|don't (?:understand|get))|i (?:already|just) (?:told|said|gave|tried|did)|(?:still|again) (?:not working|doesn't work|wrong|nothing)|makes no sense)\b/,
  es: /\b(?:eso no es|no es eso|no es lo que|no me (?:entiende|entiendes|escucha|ayuda|sirve)|ya (?:le|te|se lo|lo) (?:dije|he dicho|di)|sigue sin|no funciona)\b/,
  fr: /\b(?:ce n'est pas (?:ca|ce que|bon|correct)|c'est pas (?:ca|ce que|bon)|vous ne (?:comprenez|m'ecoutez)|je (?:vous )?(?:l'ai|ai) deja|ca ne (?:marche|fonctionne|m'aide)|toujours pas)\b/,
  de: /\b(?:das ist (?:nicht|falsch)|nicht das was|das stimmt nicht|sie verstehen (?:mich )?nicht|(?:habe ich|ich habe) (?:doch )?(?:schon|bereits|gerade)|(?:geht|funktioniert|hilft) (?:immer noch |mir )?nicht|immer noch nicht)\b/,
  pt: /\b(?:nao e isso|isso nao|nao foi (?:isso|o que)|(?:voce )?nao (?:me )?(?:entende|entendeu|ajuda|escuta)|ja (?:disse|falei|dei|te disse)|continua sem|nao funciona)\b/,
  it: /\b(?:non e (?:questo|quello|corretto)|non (?:mi )?(?:capisce|ascolta|aiuta|serve|funziona)|(?:gliel'|l')?ho gia|ancora (?:non|niente))\b/,
  pl: /\b(?:to nie (?:to|jest)|nie o to|nie rozumiesz|juz (?:mowilem|mowilam|podalem|podalam)|nadal nie|nie dziala)\b/,
  zh: /不是这个|不对|我已经说|我说过|听不懂|没用|还是不行/,
};

const CONTENT: Rules = {
  en: /\b(?:thank(?:s| you)|perfect|great|awesome|wonderful|excellent|that (?:works|helps|helped)|sounds good|that's (?:it|all|right|correct|great|perfect)|all set)\b/,
  es: /\b(?:gracias|perfecto|genial|estupendo|excelente|muy bien|eso es)\b/,
  fr: /\b(?:merci|parfait|super|genial|tres bien|c'est (?:ca|bon|parfait))\b/,
  de: /\b(?:danke|perfekt|super|prima|wunderbar|sehr gut|genau|das passt|stimmt so)\b/,
  pt: /\b(?:obrigad[oa]|perfeito|otimo|excelente|muito bem|isso mesmo)\b/,
  it: /\b(?:grazie|perfetto|ottimo|benissimo|va bene cosi|esatto)\b/,
  pl: /\b(?:dziekuje|dzieki|super|swietnie|doskonale|zgadza sie)\b/,
  zh: /谢谢|太好了|很好|没错/,
};

const GAVE_UP: Rules = {
  en: /\b(?:(?:did ?n't|did not|could ?n't|could not|don't|do not) (?:quite )?(?:understand|catch|get that|hear)|(?:can ?n't|cannot|can not|not able to|unable to) (?:help|assist|answer|do that|find|access|complete|process)|i(?:'m| am) not sure (?:i|how|what)|rephrase|could you repeat|say that again|out of (?:my )?scope|(?:don't|do not) have (?:that|any|the|this|access)\b|no results|(?:there (?:is|are)|i (?:found|see)) no \w+(?: \w+){0,4} (?:match\w*|available|found)|nothing (?:matches|found|available))\b/,
  es: /\b(?:no (?:le |te )?(?:entend|entiend|comprend|oi|escuch)\w*|no (?:puedo|pude|logro) (?:ayudar|encontrar|acceder|hacer|responder)\w*|puede(?:s)? repetir|reformul\w*|no tengo (?:esa|esta|la) informacion|no (?:hay|encuentro|existe) \w+ (?:que coincid\w+|disponible\w*))\b/,
  fr: /\b(?:(?:pas|mal) (?:compris|entendu|saisi)|ne (?:peux|parviens|arrive) pas (?:a )?(?:vous )?(?:aider|trouver|acceder|repondre|faire)|pouvez-vous (?:repeter|reformuler)|repeter|reformuler|n'ai pas (?:cette|l'|d') ?information|aucun\w* \w+ (?:ne )?correspond\w*)\b/,
  de: /\b(?:nicht (?:ganz )?(?:verstanden|gehort|mitbekommen)|(?:kann|konnte) (?:ich )?(?:ihnen )?(?:das |dabei |da )?(?:leider )?nicht (?:helfen|finden|beantworten|machen|zugreifen)|(?:noch einmal|nochmal) (?:sagen|wiederholen)|anders formulieren|habe (?:ich )?(?:diese|dazu keine|keine) information\w*|keine? \w+ (?:gefunden|verfugbar))\b/,
  pt: /\b(?:nao (?:o |a )?(?:entendi|compreendi|percebi|ouvi)|nao (?:consigo|posso|consegui) (?:ajudar|encontrar|aceder|acessar|responder|fazer)|pode repetir|reformular|nao tenho (?:essa|esta|a) informacao|nao ha \w+ (?:disponive\w+|que correspond\w+))\b/,
  it: /\b(?:non (?:ho|la|l'ho) (?:ho )?(?:capit|sentit|compres)\w*|non (?:posso|riesco a|sono in grado di) (?:aiutar|trovar|acceder|risponder|far)\w*|puo ripetere|riformulare|non ho (?:questa|l') ?informazione|non (?:c'e|ci sono) \w+ (?:disponibil\w+|che corrispond\w+))\b/,
  pl: /\b(?:nie (?:zrozumialem|zrozumialam|rozumiem|uslyszalem)|nie (?:moge|potrafie) (?:pomoc|znalezc|zrobic)|(?:prosze )?powtorzyc)\b/,
  zh: /没有?听懂|没听清|不明白|无法(?:帮助|找到|回答)|再说一遍/,
};

/** By language, as clauses. */
type Sayings = Readonly<Record<Language, Clauses>>;

const sayings = (rules: Rules): Sayings => ({
  en: oneOf(rules.en),
  es: oneOf(rules.es),
  fr: oneOf(rules.fr),
  de: oneOf(rules.de),
  pt: oneOf(rules.pt),
  it: oneOf(rules.it),
  pl: oneOf(rules.pl),
  zh: oneOf(rules.zh),
});

const SAYS_REJECTS = sayings(REJECTS);
const SAYS_CONTENT = sayings(CONTENT);
const SAYS_GAVE_UP = sayings(GAVE_UP);
const BY_CALLER = clauseIndex([SAYS_REJECTS, SAYS_CONTENT].flatMap((all) => Object.values(all)));
const BY_ASSISTANT = clauseIndex(Object.values(SAYS_GAVE_UP));

/** In the languages a turn is in; most turns match in none. */
const matches = (all: Sayings, { text, has }: Look, tag: string): boolean =>
  LANGUAGES.some((language) => has(all[language])) &&
  languagesHeard(text, languageOf(tag)).some((language) => has(all[language]));

export type CallerOutcome = {
  /** The caller says that the last answer was no answer ("no, that's not it", "I already told you"). */
  readonly rejects: boolean;
  /** The caller is served ("perfect, thank you"). Counts as progress. */
  readonly content: boolean;
};

/** What a caller turn (`plainText`) says of the answer before it. `language` as declared for the call (BCP 47). */
export function callerOutcome(plain: string, language: string): CallerOutcome {
  const look = BY_CALLER.look(plain);
  return { rejects: matches(SAYS_REJECTS, look, language), content: matches(SAYS_CONTENT, look, language) };
}

/** The assistant did not understand or says that it cannot help. */
export const assistantGaveUp = (plain: string, language: string): boolean =>
  matches(SAYS_GAVE_UP, BY_ASSISTANT.look(plain), language);
