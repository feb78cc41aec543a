import { type Language, LANGUAGES } from "./language.ts";
import { languagesHeard } from "./languages-heard.ts";
import { plainText, type Reading } from "./read-text.ts";

/** The assistant offers a person: a question or condition, then the person. */
const OFFERS: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:would you like|do you want|shall i|should i|can i|may i|could i|if you(?:'d| would)? (?:like|want|prefer)|would you prefer)\b.{0,60}\b(?:person|human|agent|representative|someone|somebody|colleague|specialist|advis[eo]r|supervisor|manager|team|operator|transfer you|connect you|put you through)\b/,
  es: /(?:¿|\b(?:quiere|quieres|desea|desea|le gustaria|prefiere|si quiere|puedo)\b).{0,60}\b(?:persona|humano|agente|representante|alguien|companer[oa]|especialista|asesora?|supervisora?|operadora?|transfiera|pase|comunique)\b/,
  fr: /\b(?:voulez|souhaitez|preferez|desirez|puis[- ]je|dois[- ]je|si vous (?:voulez|souhaitez)|est[- ]ce que)\b.{0,60}\b(?:personne|humain|agent|conseillere?|quelqu'un|collegue|specialiste|responsable|transfere\w*|passe\w*)\b/,
  de: /\b(?:mochten sie|wollen sie|soll ich|darf ich|kann ich sie|wenn sie (?:mochten|wollen)|wurden sie)\b.{0,60}\b(?:menschen?|person|mitarbeiter\w*|kolleg\w+|jemand\w*|berater\w*|verbinde\w*|weiterleite\w*|durchstelle\w*)\b/,
  pt: /\b(?:gostaria|quer|deseja|prefere|posso|se quiser)\b.{0,60}\b(?:pessoa|humano|agente|atendente|alguem|colega|especialista|supervisora?|operadora?|transf\w+|passe)\b/,
  it: /\b(?:vuole|desidera|preferisce|vorrebbe|posso|devo|se vuole)\b.{0,60}\b(?:persona|umano|agente|operat\w+|qualcuno|collega|specialista|responsabile|consulente|trasfer\w+|passi)\b/,
  pl: /\b(?:czy chce|czy chcesz|czy mam|moze)\b.{0,60}\b(?:konsultant\w*|czlowiek\w*|pracowni\w+|osob\w+|polaczy\w*|przelaczy\w*)\b/,
  zh: /(?:要|需要|想|可以|是否).{0,12}(?:人工|真人|客服|转接)/,
};

/** Names the way to a person; with a question mark at the end it is an offer too ("I can transfer you. Shall I?"). */
const TRANSFER: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:transfer|connect|hand|pass|put) you\b|\b(?:human|live) (?:agent|person)|\b(?:speak|talk) (?:to|with) (?:an?|one of|someone|somebody)\b/,
  es: /\b(?:transferir|pasar|comunicar|conectar|poner)(?:le|te|lo|la)\b|\bagente humano|\bhablar con (?:un|una|alguien)\b/,
  fr: /\bvous (?:transferer|passer|mettre en relation|connecter)\b|\bagent humain|\bparler (?:a|avec) (?:un|une|quelqu'un)/,
  de: /\bsie (?:\w+ ){0,5}(?:verbinden|weiterleiten|durchstellen)\b|\bmit (?:einem|einer|jemandem) (?:\w+ ){0,2}(?:sprechen|verbinden)/,
  pt: /\b(?:transferir|passar|encaminhar|conectar)(?:-?l[oa]| voce)?\b|\batendente humano|\bfalar com (?:um|uma|alguem)\b/,
  it: /\b(?:trasferir|passar|metter|collegar)(?:la|ti)\b|\boperatore umano|\bparlare con (?:un|una|qualcuno)/,
  pl: /\b(?:polaczyc|przelaczyc)\b|\bkonsultant/,
  zh: /转接|人工|真人/,
};

const YES: Readonly<Record<Language, RegExp>> = {
  en: /^(?:um |uh |oh |well )*(?:yes|yeah|yep|yup|sure|ok|okay|please|of course|absolutely|definitely|certainly|alright|all right|fine|go ahead|do (?:it|that)|sounds good|that would be|that'd be|that (?:works|helps)|please do|i(?:'d| would) (?:like|love|appreciate)|i (?:would|do)|that's (?:fine|ok|okay|good))\b(?!.*\b(?:but|not|don't|no)\b)/,
  es: /^(?:si|claro|vale|de acuerdo|por supuesto|por favor|perfecto|ok|adelante)\b(?!.*\b(?:pero|no)\b)/,
  fr: /^(?:oui|ouais|d'accord|ok|bien sur|volontiers|s'il vous plait|avec plaisir|allez-y)\b(?!.*\b(?:mais|pas|non)\b)/,
  de: /^(?:ja|gern|gerne|okay|ok|bitte|klar|naturlich|in ordnung|das ware)\b(?!.*\b(?:aber|nicht|nein)\b)/,
  pt: /^(?:sim|claro|pode|ok|por favor|com certeza|quero|gostaria|esta bem)\b(?!.*\b(?:mas|nao)\b)/,
  it: /^(?:si|certo|va bene|d'accordo|ok|volentieri|per favore|magari)\b(?!.*\b(?:ma|no|non)\b)/,
  pl: /^(?:tak|prosze|dobrze|ok|jasne|oczywiscie)\b(?!.*\b(?:ale|nie)\b)/,
  zh: /^(?:好|是|可以|要|行|对|嗯)(?!.*不)/,
};

/** A long first sentence is about something else. */
const MOST_WORDS = 10;

/** Did the caller just say yes to the assistant's offer of a person? In whatever language either of them spoke. */
export function acceptsPerson(reading: Reading, lastAssistantText: string): boolean {
  const [answer = ""] = reading.plain.split(/[.!?;。！？]/);
  if (answer.split(" ").length > MOST_WORDS || !languagesOf(reading).some((one) => YES[one].test(answer))) return false;
  const offer = plainText(lastAssistantText);
  const asks = /[?？]\s*$/.test(offer);
  const offering = languagesHeard(offer, reading.language);
  return offering.some((one) => OFFERS[one].test(offer) || (asks && TRANSFER[one].test(offer)));
}

const languagesOf = (reading: Reading): readonly Language[] =>
  reading.language === undefined ? LANGUAGES : [reading.language, ...reading.also.map((one) => one.language)];
