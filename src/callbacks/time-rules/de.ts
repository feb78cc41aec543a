import { any, type TimeRules, words } from "./time-rules.ts";

const ONES = ["", "ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"];
const TENS: Readonly<Record<string, number>> = { zwanzig: 20, dreissig: 30, vierzig: 40, funfzig: 50 };

/** "fünfunddreißig" and its like. */
const compounds = Object.fromEntries(
  Object.entries(TENS).flatMap(([tens, value]) =>
    ONES.flatMap((one, count) => (count === 0 ? [[tens, value]] : [[`${one}und${tens}`, value + count]])),
  ),
);

/** "dritten" and its like, as in a date. */
const ranks = Object.fromEntries(
  "ersten zweiten dritten vierten funften sechsten siebten achten neunten zehnten elften zwolften dreizehnten vierzehnten funfzehnten sechzehnten siebzehnten achtzehnten neunzehnten"
    .split(" ")
    .map((word, at): [string, number] => [word, at + 1])
    .concat(Object.entries(compounds).map(([word, value]): [string, number] => [`${word}sten`, value])),
);

const MONTH = "(?<mon>januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|janner)";
const AT = "(?:um|gegen|ab|nach|vor|bis|so um|ca|circa)";
const UNIT = "(?! ?(?:minuten?|stunden?|tagen?|wochen?|monaten?|jahren?|euro|prozent|mal|leute|personen))";
const H = "(?<h>\\d{1,2}|ein)";

export const de: TimeRules = {
  numbers: {
    null: 0,
    eins: 1,
    zwei: 2,
    zwo: 2,
    drei: 3,
    vier: 4,
    funf: 5,
    sechs: 6,
    sieben: 7,
    acht: 8,
    neun: 9,
    zehn: 10,
    elf: 11,
    zwolf: 12,
    dreizehn: 13,
    vierzehn: 14,
    funfzehn: 15,
    sechzehn: 16,
    siebzehn: 17,
    achtzehn: 18,
    neunzehn: 19,
    ...compounds,
  },
  ordinals: ranks,
  beside: words(
    "ja nein ok okay gut gerne gern bitte danke also ah ahm hm na dann doch lieber eher vielleicht am um im in der die das den es ist ware war geht ginge passt passen wurde mir mich uns ich wir bin bei besser gut super prima schon ganz sagen sage sie rufen anrufen zuruck an erreichbar zu hause frei zeit kann konnte konnten machen nehmen nehme wie ungefahr etwa so gegen uhr oder und nur erst gemeint meine ging auch",
  ),
  refuses:
    /\b(?:(?<!warum |wieso )nicht(?! (?:vor|fruher|wahr|schlecht|mehr vor))|kein(?:e[nmrs]?)?|nie|niemals|ausser|unmoglich|ungunstig|schlecht|statt|anstatt|zu (?:spat|fruh))\b/u,
  but: / (?:aber|sondern) /gu,
  range: /\bzwischen (?<from>\d{1,2}(?:[:.][0-5]\d)?(?: uhr)?) und \d{1,2}(?=\b)/gu,
  first: "um $<from>",
  tangled:
    /\b(?:\d{1,2}(?: uhr)? oder (?:um )?\d|(?:sonn|mon|diens|donners|frei|sams)tag in (?:einer|\d+) wochen?|mittwoch in (?:einer|\d+) wochen?)\b/u,
  corrects:
    /\b(?:ich mein(?:e|te)?|besser gesagt|beziehungsweise|nein warten?(?: sie)?|oder lieber|doch lieber|quatsch)\b|, (?:(?:ach )?nein|warten?(?: sie)?|entschuldigung|lieber)\b/gu,
  calls: /\b(?:ruf(?:en)?|anrufen|meld(?:en)?|erreich(?:en)?)\b/u,
  zones: [
    { re: any("(?:deutscher|berliner|mitteleuropaischer) zeit", "mes?z"), zone: "Europe/Berlin" },
    { re: any("(?:\\w+(?:er|ischer)|(?:ost|west)kusten|pazifik) ?zeit", "gmt", "utc") },
  ],
  spans: [
    { re: any("(?:(?:eine )?halbe stunde|ne halbe stunde)"), minutes: 30 },
    { re: any("(?:anderthalb|eineinhalb) stunden"), minutes: 90 },
    { re: any("(?:eine|(?<n>\\d+)) stunden?"), minutes: 60 },
    { re: any("(?:eine|(?<n>\\d+)) minuten?"), minutes: 1 },
  ],
  offsets: [
    { re: any("in (?:etwa |ungefahr |ca )?einer halben stunde", "in ner halben stunde"), minutes: 30 },
    { re: any("in (?:etwa )?(?:anderthalb|eineinhalb) stunden"), minutes: 90 },
    { re: any("in (?:etwa )?einer viertel ?stunde"), minutes: 15 },
    { re: any("in (?:etwa )?einer dreiviertel ?stunde"), minutes: 45 },
    { re: any("(?:in|binnen) (?:etwa |ungefahr |ca )?(?:einer|(?<n>\\d+)) minuten?"), minutes: 1 },
    { re: any("(?:in|binnen) (?:etwa |ungefahr |ca )?(?:einer|(?<n>\\d+)) stunden?"), minutes: 60 },
    { re: any("in (?:etwa )?(?:einem|(?<n>\\d+)) tage?n?"), minutes: 1_440 },
    { re: any("in (?:etwa )?(?:einer|(?<n>\\d+)) wochen?"), minutes: 10_080 },
  ],
  days: [
    { re: any("ubermorgen"), ahead: 2 },
    { re: any("morgen fruh", "morgen vormittag"), ahead: 1, part: "morning" },
    { re: any("heute (?:morgen|fruh|vormittag)"), ahead: 0, part: "morning" },
    { re: any("heute nachmittag"), ahead: 0, part: "afternoon" },
    { re: any("heute abend"), ahead: 0, part: "evening" },
    { re: any("heute nacht"), ahead: 0, part: "night" },
    { re: any("heute"), ahead: 0 },
    { re: /(?<!\bam |\bjeden |\bguten |tag )\bmorgen\b/u, ahead: 1 },
  ],
  weekdays: [
    "sonntag",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "(?:samstag|sonnabend|wochenende)",
  ].map(
    (day) =>
      new RegExp(
        `\\b(?:(?:am|nachsten?|nachster|kommenden?|diesen?) )*${day}s?(?=\\b|morgen|vormittag|nachmittag|abend|mittag)`,
        "u",
      ),
  ),
  nextWeek: any("(?:in der )?(?:nachsten?|nachster|kommenden?|kommende) woche", "in einer woche"),
  dates: [
    any(`(?:am )?(?:den )?(?<d>\\d{1,2})(?:\\.|ten|sten|th)? ${MONTH}`),
    /\b(?:(?:am|den) )?(?<d>\d{1,2})\.(?<n>0?[1-9]|1[0-2])\b(?!\d| uhr|:)(?<=\b(?:am|den) .*)/u,
    /\b(?:am|den) (?<d>\d{1,2})(?:ten|sten|th)?\b(?! uhr|[:.]\d)/u,
  ],
  months: ["jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"],
  parts: [
    {
      re: /(?:\b(?:am |jeden )?)?(?:vormittags?|\bmorgens|\bam morgen|\bin der fruh|\bfruh|(?<=tag)morgen)\b/u,
      part: "morning",
    },
    { re: /(?:\bam )?nachmittags?\b/u, part: "afternoon" },
    { re: /(?:\bam )?abends?\b|\bnach (?:der arbeit|feierabend)\b/u, part: "evening" },
    { re: any("nachts"), part: "night" },
  ],
  noon: /(?<!nach|vor)mittags?\b/u,
  midnight: any("mitternacht"),
  clocks: [
    { re: any(`(?<m>\\d{1,2})(?: minuten)? vor halb ${H}`), add: "-m", half: true },
    { re: any(`(?<m>\\d{1,2})(?: minuten)? nach halb ${H}`), add: "m", half: true },
    { re: any(`halb ${H}`), add: -30 },
    { re: any(`(?:dreiviertel|drei viertel|3 viertel) ${H}`), add: -15 },
    { re: any(`viertel nach ${H}`), add: 15 },
    { re: any(`viertel vor ${H}`), add: -15 },
    // As said in the east and the south: the fourth quarter before five begins at four.
    { re: any(`viertel ${H}`), add: -45 },
    { re: any(`(?<m>\\d{1,2})(?: minuten)? nach ${H}`), add: "m" },
    { re: any(`(?<m>\\d{1,2})(?: minuten)? vor ${H}`), add: "-m" },
    { re: any("(?<h>\\d{1,2})[:.](?<m>[0-5]\\d)(?: uhr)?") },
    { re: any(`${H} uhr(?: (?<m>[0-5]?\\d)(?! uhr))?`) },
    { re: new RegExp(`\\b${AT} ${H}\\b${UNIT}`, "u") },
    { re: new RegExp(`\\b(?<h>\\d{1,2})(?: (?<m>[0-5]\\d))?\\b${UNIT}`, "u"), bare: true },
  ],
  before: any("(?<!viertel |minuten |nicht |\\d )(?:vor|spatestens um|bis) (?=\\d|ein uhr|mittag)"),
  soon: any(
    "so (?:bald|schnell|fruh) wie moglich",
    "(?:so )?(?:schnell|bald)stmoglich",
    "moglichst (?:bald|schnell)",
    "sofort",
    "gleich",
    "jetzt",
    "jederzeit",
    "egal wann",
    "irgendwann heute",
    "wann (?:sie|du|ihr) (?:wollen|konnen|willst|kannst|wollt|konnt)",
  ),
  vague: any(
    "spater",
    "irgendwann",
    "ein andermal",
    "(?:nachste|kommende) woche",
    "nachsten monat",
    "demnachst",
    "bald",
  ),
  past: any(
    "gestern",
    "vorgestern",
    "(?:letzten?|vergangenen?) (?:woche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)",
  ),
  noTime: any(
    "seit [^,]*",
    "vor \\d+ (?:minuten|stunden|tagen|wochen)",
    "guten (?:morgen|abend|tag)",
    "jeden (?:morgen|abend|tag)",
  ),
};
