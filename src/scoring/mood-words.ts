import type { Language } from "./language.ts";

/** Words that tell a caller's mood, on plain text. */
export type MoodWords = {
  /** Opens the turn with a refusal. */
  readonly refuses: RegExp;
  /** Opens the turn with agreement. */
  readonly agrees: RegExp;
  readonly denies: RegExp;
  readonly insults: RegExp;
  readonly again: RegExp;
  readonly pleased: RegExp;
  /** Fear, despair or an emergency now. */
  readonly distress: RegExp;
  /** Does not follow. */
  readonly confused: RegExp;
};

const en: MoodWords = {
  refuses: /^(?:no|nope|not|nah)\b/,
  agrees: /^(?:ok|okay|yes|yeah|sure|great|thanks|thank|perfect|good|sounds|that)\b/,
  denies: /\b(?:no|nope|not|never|nothing|none|neither|nor|wrong|cannot|\w+n't|dont|cant)\b/g,
  insults:
    /\b(?:bad|terrible|awful|horrible|worst|useless|stupid|ridiculous|annoy\w*|frustrat\w*|angry|mad|upset|hate|sucks?|damn|hell|wtf|disappoint\w*|unacceptable|waste|fail\w*|broken|dislike|idiots?|dumb|crap|shit\w*|bullshit|fuck\w*|rude|poor|ugh|pathetic|incompetent|lousy|garbage|joke|seriously|mess|sick of|tired of|fed up|nonsense|unbelievable|absurd|worse|complain\w*|furious|livid|outrageous|hopeless)\b/g,
  again:
    /\b(?:still|again|already|instead|other|else|another|different|but|told you|repeat|twice|hurry|finally|about time|forever|come on|how many times|keep asking|for the last time)\b/g,
  pleased:
    /\b(?:please|thanks?|thank you|great|perfect|good|nice|awesome|excellent|wonderful|appreciate|love|glad|happy|cool|sounds)\b/g,
  distress:
    /\b(?:(?:please|you|someone|somebody|must|now) (?:call|send) (?:911|999|112|an ambulance|the police)|need (?:an ambulance|the police|911)|(?:it's|it is|this is|medical|real|life) (?:an? )?emergency\b(?! (?:contact|number|fund))|i(?:'m| am) (?:so |really |very )?(?:(?:scared|terrified|desperate)(?! (?:of|to|for|because|that my))|panicking|afraid for my|in danger|bleeding|trapped)|panic attack|heart attack|can't breathe|cannot breathe|not breathing|unconscious|chest pains?|(?:is|are) (?:breaking in|in my house|following me|hurting me|threatening me)|being (?:attacked|threatened|robbed)|(?:hit|hits|beats?|beating|hurting|abus\w+) me|(?:he|she|they)(?:'s|'re| is| are) going to (?:hurt|kill) me|i(?:'m| am) (?:losing it|breaking down|falling apart)|can't (?:take|do) (?:it|this) any ?more|please help me (?:i|please)|i(?:'m| am) crying|i don't know what to do any ?more|overdos\w+|suicid\w+|kill myself|end my life|want to die)\b/,
  confused:
    /\b(?:(?:do ?n't|do not|did ?n't|can't|cannot) (?:really |quite )?(?:understand|follow|get (?:it|that|this|what))|what (?:do|did|does) (?:you|that|this|it) mean|(?:i'm|i am|so|really|very|bit) (?:so |very |really |a bit |totally )?(?:confused|lost)|confus\w+|(?:makes?|making) (?:no|any) sense|does ?n't make (?:any )?sense|what are you (?:talking|saying|asking)|not (?:sure|clear) what (?:you|that|this)|(?:could|can) you (?:explain|clarify|repeat)|say (?:that|it) again|come again|i(?:'m| am) not following|huh)\b/,
};

const es: MoodWords = {
  refuses: /^(?:no|nada)\b/,
  agrees: /^(?:si|vale|claro|perfecto|gracias|bien|ok|de acuerdo)\b/,
  denies: /\b(?:no|nunca|nada|tampoco|ningun\w*|mal|jamas|ni)\b/g,
  insults:
    /\b(?:horrible|terrible|fatal|inutil\w*|estupid\w*|idiota\w*|mierda|puta|puto|joder|maldit\w+|vergüenza|verguenza|hart[oa]|enfadad\w*|molest\w*|furios\w*|enojad\w*|ridicul\w*|absurd\w*|inaceptable|pesim\w+|basura|desastre|odio|asco|decepcion\w*|frustr\w+|cansad[oa])\b/g,
  again: /\b(?:otra vez|todavia|aun|ya|de nuevo|siempre|sigue|sigo|cuantas veces|por fin|repito)\b/g,
  pleased: /\b(?:gracias|perfecto|genial|bien|bueno|excelente|encantad\w+|por favor|estupendo)\b/g,
  distress:
    /\b(?:emergencia|ambulancia|llame(?:n)? a la policia|socorro|auxilio|estoy (?:muy )?(?:asustad\w|aterrad\w|desesperad\w|sangrando)|no puedo (?:respirar|mas)|ataque de panico|me (?:quiere|va a) (?:matar|pegar)|me esta (?:pegando|amenazando)|quiero morir\w*|suicid\w+|matarme)\b/,
  confused:
    /\b(?:no (?:lo |le |te )?(?:entiendo|comprendo)|que quiere decir|estoy (?:confundid\w|perdid\w|liad\w)|no me aclaro|que significa|como dice|no tiene sentido)\b/,
};

const fr: MoodWords = {
  refuses: /^(?:non|pas)\b/,
  agrees: /^(?:oui|d'accord|ok|parfait|merci|tres bien|bien)\b/,
  denies: /\b(?:non|pas|jamais|rien|aucun\w*|mauvais\w*|plus)\b/g,
  insults:
    /\b(?:nul|nulle|horrible|terrible|inutile\w*|stupide\w*|idiot\w*|merde|putain|bordel|marre|enerve\w*|furieu\w+|ridicule\w*|absurde\w*|inacceptable\w*|honte\w*|catastroph\w+|scandaleu\w+|deteste|deçu\w*|decu\w*|frustr\w+|ras le bol|foutu\w*|lamentable)\b/g,
  again: /\b(?:encore|toujours|deja|combien de fois|enfin|je repete|a nouveau)\b/g,
  pleased: /\b(?:merci|parfait|super|bien|genial|excellent|ravi\w*|s'il vous plait|content\w*)\b/g,
  distress:
    /\b(?:urgence vitale|ambulance|appelez (?:la police|les secours|le samu)|au secours|j'ai (?:tres )?peur|je suis (?:terrifie\w*|desespere\w*|en danger)|peux plus (?:respirer|tenir)|crise de panique|il (?:me frappe|va me tuer|me menace)|envie de mourir|suicid\w+|me tuer)\b/,
  confused:
    /\b(?:(?:ne |n')?(?:comprends?|saisis) (?:pas|rien)|que voulez[- ]vous dire|qu'est[- ]ce que (?:ca|cela) veut dire|je suis (?:perdu\w*|confus\w*)|pas clair|ca n'a pas de sens)\b/,
};

const de: MoodWords = {
  refuses: /^(?:nein|nee|nicht)\b/,
  agrees: /^(?:ja|gut|okay|ok|perfekt|danke|super|genau|in ordnung)\b/,
  denies: /\b(?:nein|nicht|nie|niemals|nichts|kein\w*|falsch|schlecht)\b/g,
  insults:
    /\b(?:schrecklich\w*|furchtbar\w*|nutzlos\w*|dumm\w*|idiot\w*|scheiss\w*|verdammt\w*|mist|wutend|sauer|genervt|nervt|lacherlich\w*|unverschamt\w*|frechheit|katastroph\w+|enttauscht\w*|frustrier\w+|argerlich\w*|unmoglich\w*|reicht's|satt|unfassbar)\b/g,
  again: /\b(?:wieder|immer noch|schon|noch mal|nochmal|endlich|dauernd|standig|wie oft|erneut)\b/g,
  pleased: /\b(?:danke|bitte|perfekt|super|gut|toll|prima|wunderbar|freut|klasse)\b/g,
  distress:
    /\b(?:notfall|krankenwagen|rufen sie die polizei|hilfe hilfe|ich habe (?:grosse )?angst|ich bin (?:verzweifelt|in gefahr|in panik)|kann nicht (?:mehr|atmen)|panikattacke|er (?:schlagt|bedroht) mich|mich umbringen|will (?:nicht mehr leben|sterben)|selbstmord|suizid\w*)\b/,
  confused:
    /\b(?:verstehe (?:das |sie |es |ich )?nicht|was meinen sie|wie meinen sie|ich bin (?:verwirrt|uberfordert)|komme nicht mit|was bedeutet|ergibt keinen sinn|kapier\w* (?:das |es )?nicht)\b/,
};

const pt: MoodWords = {
  refuses: /^(?:nao|nada|nem)\b/,
  agrees: /^(?:sim|ok|certo|perfeito|obrigad\w|claro|ta bom|esta bem)\b/,
  denies: /\b(?:nao|nunca|nada|nenhum\w*|jamais|errad[oa]|mal|nem)\b/g,
  insults:
    /\b(?:horrivel|terrivel|pessim\w+|inutil|inuteis|estupid\w+|idiota\w*|merda|porra|caralho|droga|maldit\w+|vergonha|fart[oa]|irritad\w*|furios\w*|ridicul\w+|absurd\w*|inaceitavel|lixo|odeio|decepcion\w+|frustr\w+|cansad[oa]|palhacada)\b/g,
  again: /\b(?:outra vez|de novo|ainda|ja|sempre|continua|quantas vezes|finalmente|repito)\b/g,
  pleased: /\b(?:obrigad\w|perfeito|otimo|bom|boa|excelente|por favor|gostei|feliz)\b/g,
  distress:
    /\b(?:emergencia|ambulancia|chame a policia|socorro|estou (?:com muito medo|apavorad\w|desesperad\w|em perigo)|nao consigo respirar|nao aguento mais|ataque de panico|ele (?:me bate|vai me matar)|quero morrer|suicid\w+|me matar)\b/,
  confused:
    /\b(?:nao (?:estou a )?(?:entendo|entendi|compreendo|percebo|percebi)|o que (?:quer dizer|significa)|estou (?:confus\w|perdid\w)|nao faz sentido|como assim)\b/,
};

const it: MoodWords = {
  refuses: /^(?:no|non)\b/,
  agrees: /^(?:si|va bene|ok|perfetto|grazie|certo|bene)\b/,
  denies: /\b(?:no|non|mai|niente|nulla|nessun\w*|sbagliat\w*|male|neanche)\b/g,
  insults:
    /\b(?:orribile|terribile|pessim\w+|inutile|inutili|stupid\w+|idiot\w*|cazzo|merda|maledett\w+|vergogn\w+|stuf\w|arrabbiat\w*|furios\w*|ridicol\w+|assurd\w*|inaccettabile|schifo|odio|delus\w+|frustr\w+|stanc[oa]|scandalos\w+|incapac\w+)\b/g,
  again: /\b(?:ancora|di nuovo|sempre|gia|quante volte|finalmente|ripeto|continua)\b/g,
  pleased: /\b(?:grazie|perfetto|ottimo|bene|buono|benissimo|per favore|felice|contento)\b/g,
  distress:
    /\b(?:emergenza|ambulanza|chiamate la polizia|aiuto aiuto|ho (?:molta |tanta )?paura|sono (?:terrorizzat\w|disperat\w|in pericolo)|non riesco a respirare|non ce la faccio piu|attacco di panico|mi (?:picchia|vuole uccidere)|voglio morire|suicid\w+|uccidermi)\b/,
  confused:
    /\b(?:non (?:la |ti |lo )?(?:capisco|ho capito|comprendo)|cosa (?:vuol dire|significa|intende)|sono (?:confus\w|pers\w)|non ha senso|in che senso)\b/,
};

const pl: MoodWords = {
  refuses: /^(?:nie)\b/,
  agrees: /^(?:tak|ok|dobrze|dziekuje|super|jasne)\b/,
  denies: /\b(?:nie|nigdy|nic|zaden|zle|bez)\b/g,
  insults:
    /\b(?:beznadziejn\w+|okropn\w+|glupi\w*|idiot\w*|kurwa|cholera|wkurz\w+|zdenerwowan\w+|skandal|masakra|zenad\w+)\b/g,
  again: /\b(?:znowu|nadal|ciagle|juz|wciaz|ile razy|wreszcie)\b/g,
  pleased: /\b(?:dziekuje|dzieki|super|swietnie|dobrze|prosze)\b/g,
  distress:
    /\b(?:pogotowie|karetk\w+|wezwijcie policje|ratunku|boje sie|nie moge oddychac|chce umrzec|samoboj\w+|zabic sie)\b/,
  confused: /\b(?:nie rozumiem|co to znaczy|o co chodzi|pogubil\w+ sie)\b/,
};

const zh: MoodWords = {
  refuses: /^(?:不|没)/,
  agrees: /^(?:好|是|对|可以|谢谢)/,
  denies: /不|没|别|错/g,
  insults: /垃圾|差劲|生气|愤怒|烦|骗|恶心|投诉|混蛋|他妈|废物|糟糕|失望/g,
  again: /又|还是|已经|再次|多少次|一直/g,
  pleased: /谢谢|好的|太好|满意|请/g,
  distress: /救命|救护车|报警|我很害怕|喘不过气|不想活|自杀|想死/,
  confused: /不懂|听不懂|不明白|什么意思|搞不清/,
};

export const MOOD_WORDS: Readonly<Record<Language, MoodWords>> = { en, es, fr, de, pt, it, pl, zh };
