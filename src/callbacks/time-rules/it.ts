import { any, type TimeRules, words } from "./time-rules.ts";

const UNITS = ["", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"];

/** "trentacinque" and its like: the tens lose their vowel before one and eight. */
const compounds = Object.fromEntries(
  Object.entries({ venti: 20, trenta: 30, quaranta: 40, cinquanta: 50 }).flatMap(([tens, value]) =>
    UNITS.map((one, count): [string, number] => [
      `${/^[uo]/u.test(one) ? tens.slice(0, -1) : tens}${one}`,
      value + count,
    ]),
  ),
);

const MONTH = "(?<mon>gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)";
const UNIT = "(?! ?(?:minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|euro|volte|persone|per ?cento))";
const H = "(?<h>\\d{1,2}|una)";
const AT = "(?:alle|all'|verso le|verso l'|intorno alle|dopo le|dopo l'|prima delle|prima dell'|dalle|per le|entro le)";

export const it: TimeRules = {
  numbers: {
    zero: 0,
    due: 2,
    tre: 3,
    quattro: 4,
    cinque: 5,
    sei: 6,
    sette: 7,
    otto: 8,
    nove: 9,
    dieci: 10,
    undici: 11,
    dodici: 12,
    tredici: 13,
    quattordici: 14,
    quindici: 15,
    sedici: 16,
    diciassette: 17,
    diciotto: 18,
    diciannove: 19,
    ...compounds,
  },
  ones: ["un", "una"],
  ordinals: { primo: 1 },
  beside: words(
    "si no ok va bene certo grazie per favore allora beh magari forse meglio a al alle il la le lo i mi ci io e sarebbe potrebbe puo perfetto chiami richiami chiamare chiamarmi disponibile libero libera a casa verso di del della o che preferisco vorrei voglio ore ora dico detto in",
  ),
  refuses:
    /(?<!perche )\b(?:non(?! prima| appena)|mai|tranne|eccetto|impossibile|troppo (?:tardi|presto)|invece di)\b|(?<=\w )\bno$/u,
  but: / (?:ma|bensi) /gu,
  range: /\btra le (?<from>\d{1,2}|una) e le \d{1,2}\b/gu,
  first: "alle $<from>",
  tangled: /\b(?:\d{1,2} o (?:alle )?\d)/u,
  corrects: /\b(?:(?:voglio|volevo) dire|intendo|anzi|o meglio|meglio|scusi?|aspetti?)\b|, no\b/gu,
  calls: /\b(?:(?:ri)?chiam\w*|telefon\w*)\b/u,
  zones: [
    { re: any("ora (?:di roma|italiana)"), zone: "Europe/Rome" },
    { re: any("ora (?:di (?:londra|new york|parigi|berlino|lisbona|tokyo)|inglese|americana)", "gmt", "utc") },
  ],
  spans: [
    { re: any("mezz'? ?ora"), minutes: 30 },
    { re: any("un quarto d'ora"), minutes: 15 },
    { re: any("(?:un'? ?|(?<n>\\d+) )or[ae]"), minutes: 60 },
    { re: any("(?:un|(?<n>\\d+)) minut[oi]"), minutes: 1 },
  ],
  offsets: [
    { re: any("(?:tra|fra|in) (?:circa )?(?:una )?mezz'? ?ora"), minutes: 30 },
    { re: any("(?:tra|fra) (?:circa )?un'? ?ora e mezz[ao]"), minutes: 90 },
    { re: any("(?:tra|fra) (?:circa )?un quarto d'ora"), minutes: 15 },
    { re: any("(?:tra|fra|entro) (?:circa )?(?:un|(?<n>\\d+)) minut[oi]"), minutes: 1 },
    { re: any("(?:tra|fra|entro) (?:circa )?(?:un'? ?|un paio d'|(?<n>\\d+) )or[ae]"), minutes: 60 },
    { re: any("(?:tra|fra) (?:circa )?(?:un|(?<n>\\d+)) giorn[oi]"), minutes: 1_440 },
    { re: any("(?:tra|fra) (?:circa )?(?:una|(?<n>\\d+)) settiman[ae]"), minutes: 10_080 },
  ],
  days: [
    { re: any("dopo ?domani"), ahead: 2 },
    { re: any("domattina"), ahead: 1, part: "morning" },
    { re: any("domani"), ahead: 1 },
    { re: any("stamattina", "stamani", "questa mattina"), ahead: 0, part: "morning" },
    { re: any("(?:questo|oggi) pomeriggio"), ahead: 0, part: "afternoon" },
    { re: any("stasera", "questa sera"), ahead: 0, part: "evening" },
    { re: any("stanotte"), ahead: 0, part: "night" },
    { re: any("oggi(?: stesso)?"), ahead: 0 },
  ],
  weekdays: [
    "domenica",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "(?:sabato|(?:nel )?fine settimana)",
  ].map((day) => any(`(?:(?:di|il|la|questo|questa|prossimo|prossima) )*${day}(?: prossim[oa])?`)),
  nextWeek: any("(?:la )?(?:prossima settimana|settimana prossima)"),
  dates: [
    any(`(?:il |l')?(?<d>\\d{1,2})(?:th)? ${MONTH}`),
    any("(?:il )?(?<d>\\d{1,2})/(?<n>0?[1-9]|1[0-2])"),
    any("(?:il (?:giorno )?|l')(?<d>\\d{1,2})"),
  ],
  months: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
  parts: [
    { re: any("(?:di |la |in )?mattin(?:a|ata|o)", "del mattino"), part: "morning" },
    { re: any("(?:di |del |nel |il )?pomeriggio", "dopo pranzo"), part: "afternoon" },
    { re: any("(?:di |la |in )?ser(?:a|ata)", "dopo il lavoro"), part: "evening" },
  ],
  noon: any("(?:a )?mezzogiorno"),
  midnight: any("(?:a )?mezzanotte"),
  clocks: [
    { re: any(`${H} e mezz[ao]`), add: 30 },
    { re: any(`${H} e un quarto`), add: 15 },
    { re: any(`${H} e tre quarti`, `${H} e 3 quarti`), add: 45 },
    { re: any(`${H} meno un quarto`), add: -15 },
    { re: any(`${H} meno (?<m>\\d{1,2})`), add: "-m" },
    { re: any(`${H} e (?<m>\\d{1,2})`), add: "m" },
    { re: any("(?:le )?ore (?<h>\\d{1,2})(?:[:. ](?<m>[0-5]\\d))?", "(?<h>\\d{1,2})[:.](?<m>[0-5]\\d)") },
    { re: new RegExp(`\\b${AT} ?${H}(?:[ :.](?<m>[0-5]\\d))?\\b${UNIT}`, "u") },
    { re: new RegExp(`\\b(?:le )?(?<h>\\d{1,2})(?: (?<m>[0-5]\\d))?\\b${UNIT}`, "u"), bare: true },
  ],
  before: any("(?<!non )(?:prima (?:delle|dell'|di)|entro le) ?(?=\\d|una\\b|mezzogiorno)"),
  soon: any(
    "(?:il prima|appena|prima) possibile",
    "(?:non )?appena (?:potete|puo|puoi)",
    "subito",
    "adesso",
    "ora",
    "immediatamente",
    "quando (?:vuole|volete|vuoi|puo|potete)",
    "a qualsiasi ora",
    "in qualsiasi momento",
  ),
  vague: any(
    "piu tardi",
    "un altr[oa] (?:giorno|momento|volta)",
    "dopo",
    "(?:la )?(?:prossima settimana|settimana prossima)",
    "il (?:prossimo mese|mese prossimo)",
    "presto",
  ),
  past: any("ieri(?: sera)?", "(?:la settimana|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica) scors[oa]"),
  noTime: any(
    "da(?:l|lla)? (?:ieri|\\d+ (?:minuti|ore|giorni))[^,]*",
    "\\d+ (?:minuti|ore|giorni|settimane) fa",
    "ogni mattina",
  ),
};
