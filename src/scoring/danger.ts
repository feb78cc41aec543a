import { everywhere, oneOfHinted } from "./requests/request-rules.ts";
import type { Language } from "./language.ts";
import type { Reading } from "./read-text.ts";

/** How one language says that somebody's life is in danger now, on `spoken` text. */
type DangerRule = {
  readonly says: RegExp;
  /** Said so, and meant lightly or of another time; taken out first. */
  readonly aside?: RegExp;
};

const SOMEBODY =
  "(?:he|she|they|someone|somebody|people|this (?:man|guy|woman)|(?:my|the|an|her|his) (?:\\w+ )?(?:husband|wife|boyfriend|girlfriend|partner|ex|father|dad|mother|brother|son|stepfather|stepdad|uncle|roommate|neighbou?r|boss|man|guy|stalker|burglar|intruder))";
const ABOUT_TO =
  "(?:is|are|am|was)? ?(?:going to|about to|gonna|trying to|want(?:s|ing)? to|will|coming to|threatening to|tried to)";
/** Who can be hurt; a credit score and an account cannot. */
const HURT =
  "(?:me|us|him|her|them|the kids?|the children|(?:my|his|her) (?:mother|mom|mum|sister|brother|son|daughter|kids?|child|children|baby|wife|husband|girlfriend|boyfriend|dad|father|partner))";
const NOW =
  "(?:right now|now|here|inside|outside|at my door|in (?:my|the|our) (?:house|home|room|apartment|flat|kitchen|garden))";

const RULES: Readonly<Partial<Record<Language, DangerRule>>> = {
  en: {
    says: oneOfHinted(
      "kill|murder|shoot|stab|strangl|chok|gun|knife|weapon|machete|attack|hit|beat|punch|kick|hurting|breaking in|broke in|break in|breath|bleed|heart attack|stroke|unconscious|wake up|overdos|collaps|drown|trapped|life|in my house|in my home|in our house",
      `\\b${SOMEBODY} ${ABOUT_TO} (?:kill|murder|shoot|stab|strangle|choke) (?:me|us|him|her|them|my \\w+)\\b`,
      `\\b${SOMEBODY} (?:has|have|is holding|got|is pointing|pulled|came with|is coming with) (?:\\w+ )?(?:gun|knife|weapon|rifle)\\b(?=.*\\b(?:me|my|us|i|${NOW})\\b)`,
      `\\b${SOMEBODY} (?:is|are) (?:\\w+ )?(?:strangling|choking|stabbing|shooting at|attacking|beating) (?:me|us|him|her|my \\w+)\\b`,
      `\\b${SOMEBODY} (?:(?:is|are|keeps?|started|starts) (?:\\w+ )?(?:hitting|beating|punching|kicking|hurting)|hits|beats|punches|kicks) (?:up )?${HURT}\\b`,
      "\\bthere (?:is|are) (?:an? |some |two |someone |somebody )(?:\\w+ ){0,2}with (?:an? |the )?(?:\\w+ )?(?:knife|gun|weapon|machete)\\b",
      `\\b${SOMEBODY} (?:is|are) (?:\\w+ )?(?:breaking in|in(?:side)? (?:my|our|the) (?:house|home|apartment|flat))\\b`,
      "\\bthere (?:is|are) (?:a|an|some|two|strange) (?:\\w+ )?(?:man|men|guys?|strangers?|intruders?|burglars?|people|someone) in(?:side)? (?:my|our) (?:house|home|apartment|flat)\\b",
      `\\b(?:someone|somebody|a man|a burglar|an intruder) (?:just |has |have )*(?:broke|broken) in(?:to)? (?:\\w+ )?(?:\\w+ )?(?:and )?(?:is |are )?${NOW}`,
      "\\bi am being (?:attacked|strangled|stabbed|shot at|beaten)\\b|\\b(?:fear|afraid|scared|fearing) for (?:my|our) (?:life|lives)\\b",
      "\\b(?:i|he|she|baby|child|son|daughter|husband|wife|mother|father|mom|mum|dad)(?: \\w+)? (?:can not|could not|is not|are not|am not|not) (?:breathe|breathing)\\b|\\b(?:he|she|baby|child|son|daughter|husband|wife|mother|father|mom|mum|dad)(?: \\w+)? (?:is|will|are) not (?:waking|wake) up\\b(?! (?:early|before|until|at|in))",
      "\\b(?:having|have|has|had) (?:a|an) (?:heart attack|stroke) (?:right )?now\\b|\\b(?:am|is) having (?:a|an) (?:heart attack|stroke)\\b|\\b(?:am|is) (?:bleeding to death|bleeding (?:badly|out|a lot)|drowning now|unconscious)\\b",
      "\\b(?:has|have|just) (?:\\w+ )?(?:overdosed|collapsed)\\b",
    ),
    aside: everywhere(
      `\\b${SOMEBODY} ${ABOUT_TO} (?:kill|murder|shoot|strangle) (?:me|us) (?:(?:when|if|once) (?:\\w+ ){1,2}(?:sees?|finds? out|hears?|do not|does not|forget|lose|miss|get this|knows?|gets? (?:the|this)|can not)|for (?:this|that|it|being|forgetting|losing|not|missing|spending)|because i (?:forgot|lost|missed|spent|did not))`,
      "\\bfeel(?:s|ing)? (?:like|as if) i am being attacked\\b",
      "\\b(?:hitting|beating|hits|beats|punching|kicking) (?:me|us|him|her|them) (?:with (?:\\w+ ){0,3}(?:fees?|charges?|bills?|ads?|calls?|texts?|e ?mails?|messages|penalt\\w+|interest)|to it|at (?:chess|cards|golf|tennis|it|games?|this game)|up (?:on|over|for)|where)\\b",
      "\\bi (?:can not|could not) (?:breathe|even breathe) (?:in|with) (?:this|these|that|the) (?:heat|dress|jeans|mask|traffic)\\b|\\b(?:nearly|almost) (?:had|gave me|giving me) a (?:heart attack|stroke)\\b|\\b(?:years?|months?|weeks?) ago\\b.*$|^.*\\b(?:movie|film|game|book|series|episode|character|policy|insurance|cover\\w*|novel)\\b.*$",
    ),
  },
  es: {
    says: oneOfHinted(
      "peg|golpe|paliza|mat|dispar|apunal|pistola|cuchillo|arma|respira|infarto|sangr|atac|desmay|inconsciente|estrangul",
      "\\bme (?:va|van|quiere|quieren|intenta|esta|esta intentando|quiso) (?:a |intentando )?(?:matar|disparar|apunalar|estrangular)\\b|\\b(?:va|van|quiere|quieren|esta intentando|intenta)(?: a)? (?:matarme|dispararme|apunalarme|estrangularme|matarnos)\\b|\\bnos (?:va|van|quiere) a? ?matar\\b",
      "\\b(?:tiene|lleva|saco) (?:una?|el|la) (?:pistola|cuchillo|arma)\\b(?=.*\\b(?:me|mi|aqui|ahora|casa|nos)\\b)|\\bme esta (?:atacando|estrangulando|apunalando)\\b",
      "\\b(?:me|nos) (?:esta|estan) (?:pegando|golpeando|dando una paliza)\\b|\\b(?:mi (?:marido|mujer|esposo|esposa|pareja|novio|novia|padre|madre|hijo|ex)|el|ella|alguien) (?:me|nos) (?:pega|golpea)\\b",
      "\\bno (?:puede|puedo) respirar\\b|\\bno respira\\b|\\b(?:le|me) (?:esta dando|ha dado|dio) un infarto\\b|\\b(?:esta|estoy) (?:inconsciente|desangrando\\w*)\\b",
    ),
    aside: everywhere("\\bme (?:va|van) a matar (?:si|cuando) (?:se entera|ve|vea|sepa|no)\\b"),
  },
  fr: {
    says: oneOfHinted(
      "frapp|bat|tue|tire|poignard|etrangl|arme|pistolet|couteau|respir|crise cardiaque|sang|attaqu|inconscient",
      "\\b(?:il|elle|ils|elles|on|mon \\w+|ma \\w+|quelqu'un) (?:va|vont|veut|veulent|essaie de|essaye de|essaient de) (?:me|nous|m') ?(?:tuer|tirer dessus|poignarder|etrangler|egorger)\\b",
      "\\b(?:il|elle|ils|quelqu'un) (?:a|ont|tient) (?:un|une) (?:arme|pistolet|couteau|fusil)\\b(?=.*\\b(?:moi|me|ici|chez|maison|nous|maintenant)\\b)|\\b(?:il|elle|ils) (?:m'|me |est en train de m'|est en train de me )(?:attaque|attaquer|etrangle|etrangler)\\b",
      "\\b(?:il|elle|ils|quelqu'un|mon \\w+|ma \\w+) (?:est en train de )?(?:me|nous) (?:frappe|frapper|bat|battre|cogne|cogner)\\b(?! (?:de|les) )",
      "\\b(?:ne |n')?(?:respire|arrive|peux|peut) (?:plus|pas)(?: a)?(?: respirer)?\\b(?<=respire (?:plus|pas)|respirer)|\\b(?:fait|fais) une crise cardiaque\\b|\\best inconsciente?\\b",
    ),
    aside: everywhere(
      "\\b(?:va|vont) me tuer (?:si|quand) (?:il |elle |je )?(?:\\w+ )?(?:apprend|voit|sait|ne|oublie|rate)",
    ),
  },
  de: {
    says: oneOfHinted(
      "schlag|prug|umbring|bringt|tot|erschiess|erstech|erstich|wurg|waffe|pistole|messer|atme|atmen|atmet|herzinfarkt|blute|verblut|bewusstlos|greift",
      "\\b(?:bringt|bringen) (?:mich|uns) (?:jetzt |gleich |sonst |noch )?um\\b|\\b(?:will|wird|wollen|werden|versucht|droht)(?: \\w+){0,2} (?:mich|uns)(?: \\w+){0,2} (?:umbringen|umzubringen|toten|zu toten|erschiessen|zu erschiessen|erstechen)\\b|\\b(?:er|sie|jemand|mein \\w+) (?:totet|erschiesst|ersticht|wurgt) (?:mich|uns)\\b",
      "\\b(?:er|sie|jemand|mein \\w+|meine \\w+) (?:schlagt|schlagen|verprugelt|verprugeln|prugelt)(?: \\w+)? (?:mich|uns|auf mich ein|meine? (?:mutter|kinder|tochter|schwester|frau|sohn|kind))\\b(?!.*\\bvor\\b)|\\bschlagt auf mich ein\\b",
      "\\b(?:hat|haben|halt) (?:eine?|ein) (?:waffe|pistole|messer)\\b(?=.*\\b(?:mich|mir|uns|hier|haus|wohnung|jetzt)\\b)|\\bgreift mich an\\b",
      "\\b(?:kann|bekomme|kriege)(?: \\w+)? (?:nicht mehr |nicht |keine luft )?(?:atmen|luft)\\b(?<=nicht (?:mehr )?atmen|keine luft)|\\batmet nicht\\b|\\b(?:hat|habe)(?: \\w+)? (?:einen )?herzinfarkt\\b|\\b(?:ist|bin) bewusstlos\\b|\\bverblutet?\\b",
    ),
    aside: everywhere("\\bbringt mich um,? (?:wenn|falls) (?:er|sie|ich) (?:das|davon|es|die|den)\\b"),
  },
  pt: {
    says: oneOfHinted(
      "bat|agred|mat|atirar|esfaquear|arma|faca|pistola|respir|infarto|enfarte|sangr|atac|desmai|inconsciente|estrangul",
      "\\b(?:vai|vao|quer|querem|esta tentando|tentou|tenta|esta a tentar) (?:me |nos )?(?:matar|esfaquear|estrangular)(?:[- ]me|[- ]nos)?\\b(?<=me \\w+|nos \\w+|-me|-nos|ar me)|\\bme (?:vai|quer) matar\\b|\\bvai atirar em mim\\b",
      "\\b(?:tem|esta com|puxou) (?:uma? )?(?:arma|faca|pistola)\\b(?=.*\\b(?:me|mim|aqui|casa|agora|nos)\\b)|\\besta me (?:atacando|estrangulando|sufocando)\\b",
      "\\b(?:esta|estao) (?:me (?:batendo|agredindo|espancando)|a bater(?: |-)me|a agredir(?: |-)me|batendo em mim)\\b|\\b(?:ele|ela|meu \\w+|minha \\w+) (?:me bate|bate(?: |-)me|me agride|bate em mim)\\b",
      "\\bnao (?:consigo|consegue|esta conseguindo|posso) respirar\\b|\\bnao (?:esta respirando|respira)\\b|\\b(?:esta|estou) (?:tendo um infarto|a ter um enfarte|inconsciente)\\b",
    ),
    aside: everywhere("\\bvai me matar (?:se|quando) (?:souber|descobrir|vir|eu)\\b"),
  },
  it: {
    says: oneOfHinted(
      "picchi|menan|uccid|ammazz|spar|accoltell|strangol|pistola|coltello|arma|respir|infarto|sangu|aggred|svenut|incoscien",
      "\\bmi (?:vuole|vogliono|sta per|sta|stanno per|cerca di|prova a) (?:uccidere|uccidendo|ammazzare|ammazzando|sparare|accoltellare|strangolare|strangolando)\\b|\\b(?:vuole|vogliono|sta per|stanno per|sta cercando di|cerca di) (?:uccidermi|ammazzarmi|spararmi|accoltellarmi|strangolarmi|ucciderci)\\b|\\bmi (?:uccide|ammazza) (?:adesso|ora)\\b",
      "\\b(?:ha|tiene|hanno) (?:una?|il|la) (?:pistola|coltello|arma)\\b(?=.*\\b(?:mi|me|qui|casa|ora|adesso|ci)\\b)|\\bmi sta (?:aggredendo|picchiando a morte)\\b",
      "\\b(?:mi|ci) (?:sta|stanno) (?:picchiando|menando)\\b|\\b(?:mio \\w+|mia \\w+|lui|lei|qualcuno) mi (?:picchia|mena)\\b",
      "\\bnon (?:riesco|riesce) (?:piu )?a respirare\\b|\\bnon respira\\b|\\b(?:sto|sta) avendo un infarto\\b|\\be (?:svenut\\w|incosciente)\\b",
    ),
    aside: everywhere("\\bmi ammazza (?:se|quando) (?:lo |non )?(?:scopre|vede|sa)\\b"),
  },
};

/**
 * Somebody's life is in danger now: violence by others, or a body that gives out. Here a miss is worse than a false alarm; what is plainly
 * a figure of speech is none. The rules of the turn's language, of every language when it is unknown.
 */
export function inDanger(reading: Reading): boolean {
  const own = reading.language === undefined ? Object.values(RULES) : [RULES[reading.language]];
  return own.some((rule) => rule !== undefined && saysDanger(reading.spoken, rule));
}

function saysDanger(spoken: string, { says, aside }: DangerRule): boolean {
  return says.test(spoken) && (aside === undefined || says.test(spoken.replaceAll(aside, " . ")));
}
