import { any, type TimeRules, words } from "./time-rules.ts";

const UNIT =
  "(?! ?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|dollars?|euros?|pounds?|percent|times|people|of us))";
const AT = "(?:at|around|about|by|after|before|from|past|until|till|like)";

/** "Ten Pacific", "Pacific time"; "central" alone is a place. */
const us = (name: string): string =>
  `(?:(?<=(?:\\d|[ap]m|clock|noon) )${name}|${name}(?= (?:(?:standard|daylight) )?time))(?: (?:standard|daylight))?(?: time)?`;

/** "The second time I call" is no date. */
const AFTER_DATE = "(?= ?(?:$|,|at|in|around|about|after|before|by|is|would|works|please|morning|afternoon|evening))";

export const en: TimeRules = {
  numbers: {
    zero: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
  },
  ordinals: {
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
    eleventh: 11,
    twelfth: 12,
    thirteenth: 13,
    fourteenth: 14,
    fifteenth: 15,
    sixteenth: 16,
    seventeenth: 17,
    eighteenth: 18,
    nineteenth: 19,
    twentieth: 20,
    thirtieth: 30,
  },
  beside: words(
    "yes yeah yep yup ok okay sure no nope nah well um uh hmm so then please thanks thank you oh and or just maybe perhaps like say let's make it to that this the a at on in by around about for me us i i'd i'll i'm i'd we would will be is it's that's could can should might do does did what how better best good great fine nice perfect works work suits suit prefer rather want need free available home back reachable call ring phone instead actually sometime some time day any only possible if said meant mean not really right o'clock hour o of quite okay'ish ish than my schedule",
  ),
  refuses:
    /\b(?:(?<!why |if |it's |that's )not(?! (?:before|until|till|earlier|bad|a problem))|no earlier|(?:do|does|did|ca|can|wo|will|would|is|are|was|could|should)n['o]?t|can't|won't|cannot|dont|cant|doesnt|never|(?:day|time|thing) but|except|other than|rather than|instead of|impossible|unavailable|is bad|no good|too (?:late|early|soon))\b/u,
  but: / but (?=(?!\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today)|.*\b(?:is|works|would|at|make|make it)\b)/gu,
  range:
    /\b(?:(?:between|from) (?<from>\d{1,2}(?:[:. ][0-5]\d)?(?: ?[ap]m)?) (?:and|to|till|until) \d{1,2}(?:[:. ][0-5]\d)?)\b/gu,
  first: "at $<from>",
  tangled:
    /\b(?:\d{1,2}(?: ?[ap]m)? or (?:at )?\d|(?:sun|mon|tues|wednes|thurs|fri|satur)day week|(?:a|\d+) weeks? (?:on|from) |\d{1,2}\/(?:[1-9]|0[1-9]|1[0-2])(?!\d)(?!\/))/u,
  corrects:
    /\b(?:i mean|i meant|(?:oh )?no wait|wait no|or rather|make (?:it|that))\b|, (?:(?:oh )?no|sorry|actually|rather|wait|correction)\b/gu,
  calls: /\b(?:call|ring|phone|try|reach) (?:me|us|back)\b/u,
  zones: [
    {
      re: any("central european(?: summer)? time", "ces?t", "(?:berlin|paris|madrid|rome) time"),
      zone: "Europe/Paris",
    },
    { re: any(us("pacific"), "p[sd]t", "(?:california|los angeles|west coast) time"), zone: "America/Los_Angeles" },
    { re: any(us("mountain"), "m[sd]t", "denver time"), zone: "America/Denver" },
    { re: any(us("central"), "c[sd]t", "chicago time"), zone: "America/Chicago" },
    { re: any(us("eastern"), "e[sd]t", "(?:new york|east coast) time"), zone: "America/New_York" },
    { re: any("(?:london|uk|british|english)(?: summer)? time", "bst"), zone: "Europe/London" },
    { re: any("greenwich(?: mean)? time", "gmt", "utc"), zone: "UTC" },
    { re: /(?<=(?:\d|[ap]m|clock|noon) )(?!this|next|some|any|same|lunch|dinner|local|day)\w+ time\b/u },
  ],
  spans: [
    { re: any("(?:a )?half (?:an? )?hour"), minutes: 30 },
    { re: any("(?:an?|1|(?<n>\\d+)) (?:hours?|hrs?)"), minutes: 60 },
    { re: any("(?:an?|1|(?<n>\\d+)) (?:minutes?|mins?)"), minutes: 1 },
  ],
  offsets: [
    {
      re: any("(?:in|within) (?:about |around )?(?:a |one )?half (?:an? )?hour", "(?:a )?half (?:an )?hour from now"),
      minutes: 30,
    },
    {
      re: any("in (?:about |around )?(?:an?|1) hour and (?:a|1) half", "in (?:about )?1 and (?:a|1) half hours"),
      minutes: 90,
    },
    { re: any("in (?:about |around )?(?:a |1 )?quarter of an hour"), minutes: 15 },
    {
      re: any(
        "(?:in|within) (?:about |around |the next )?(?:an?|(?<n>\\d+)) (?:minutes?|mins?)",
        "(?:an?|(?<n>\\d+)) (?:minutes?|mins?) from now",
      ),
      minutes: 1,
    },
    {
      re: any(
        "(?:in|within) (?:about |around |the next )?(?:an?|(?<n>\\d+)|a couple of) (?:hours?|hrs?)",
        "(?:an?|(?<n>\\d+)) (?:hours?|hrs?) from now",
      ),
      minutes: 60,
    },
    { re: any("in (?:about )?(?:a|(?<n>\\d+)) days?"), minutes: 1_440 },
    { re: any("in (?:about )?(?:a|(?<n>\\d+)) weeks?"), minutes: 10_080 },
  ],
  days: [
    { re: any("(?:the )?day after tomorrow"), ahead: 2 },
    { re: any("tomorrow", "tmrw"), ahead: 1 },
    { re: any("tonight"), ahead: 0, part: "night" },
    { re: any("this morning"), ahead: 0, part: "morning" },
    { re: any("this afternoon"), ahead: 0, part: "afternoon" },
    { re: any("this evening"), ahead: 0, part: "evening" },
    { re: any("later today", "today"), ahead: 0 },
  ],
  weekdays: [
    "sundays?",
    "mondays?",
    "tuesdays?",
    "wednesdays?",
    "thursdays?",
    "fridays?",
    "(?:saturdays?|(?:at |over |on )?(?:the )?weekend)",
  ].map((day) => any(`(?:(?:on|next|this|coming) )*${day}`)),
  nextWeek: any("next week", "a week (?=on|from)", "the week after"),
  dates: [
    any("(?:on )?(?<n>0?[1-9]|1[0-2])/(?<d>1[3-9]|2\\d|3[01])", "(?:on )?(?<d>1[3-9]|2\\d|3[01])/(?<n>0?[1-9]|1[0-2])"),
    any(
      "(?:on )?(?:the )?(?<d>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<mon>jan\\w*|feb\\w*|mar(?:ch)?|apr\\w*|may|june?|july?|aug\\w*|sep\\w*|oct\\w*|nov\\w*|dec\\w*)",
    ),
    any(
      "(?:on )?(?<mon>jan\\w*|feb\\w*|mar(?:ch)?|apr\\w*|may|june?|july?|aug\\w*|sep\\w*|oct\\w*|nov\\w*|dec\\w*) (?:the )?(?<d>\\d{1,2})(?:st|nd|rd|th)?",
    ),
    any(
      `(?:on )?the (?<d>\\d{1,2})(?:st|nd|rd|th)${AFTER_DATE}`,
      "on the (?<d>\\d{1,2})(?= ?(?:$|,|at|in|around|after|before|morning|afternoon|evening))",
    ),
  ],
  months: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  parts: [
    { re: any("(?:in the |early )?mornings?", "1th thing(?: in the morning)?", "before lunch"), part: "morning" },
    { re: any("(?:in the )?afternoons?", "after lunch"), part: "afternoon" },
    {
      re: any("(?:in the )?evenings?", "(?:by |at )?(?:the )?end of the day", "after work"),
      part: "evening",
    },
    { re: any("at night"), part: "night" },
  ],
  noon: any("noon", "midday", "lunch ?time"),
  midnight: any("midnight"),
  clocks: [
    { re: /\b(?<h>\d{1,2}) oh? (?<m>\d) ?(?<ap>[ap]) ?m\b/u },
    { re: any(`${AT} (?<h>\\d{1,2}) oh? (?<m>\\d)`) },
    { re: any("half past (?<h>\\d{1,2})"), add: 30 },
    { re: new RegExp(`\\bhalf (?<h>\\d{1,2})\\b${UNIT}`, "u"), add: 30 },
    { re: any("(?<h>[01]\\d|2[0-3])(?<m>[0-5]\\d) (?:hours|hrs)") },
    { re: any("(?:a )?quarter (?:past|after) (?<h>\\d{1,2})"), add: 15 },
    { re: any("(?:a )?quarter (?:to|of|before) (?<h>\\d{1,2})"), add: -15 },
    { re: any("(?<m>5|10|20|25|\\d{1,2}(?= minutes| past))(?: minutes)? (?:past|after) (?<h>\\d{1,2})"), add: "m" },
    { re: any("(?<m>5|10|20|25|\\d{1,2}(?= minutes))(?: minutes)? (?:to|of) (?<h>\\d{1,2})"), add: "-m" },
    { re: /\b(?<h>\d{1,2})(?:[:. ](?<m>[0-5]\d))? ?(?:o'?clock )?(?:in the )?(?<ap>[ap]) ?\.?m\b/u },
    { re: new RegExp(`\\b${AT} (?<h>\\d{1,2})(?:[:. ](?<m>[0-5]\\d))?\\b${UNIT}`, "u") },
    { re: any("(?<h>\\d{1,2})[:.](?<m>[0-5]\\d)", "(?<h>\\d{1,2}) o'?clock") },
    { re: new RegExp(`\\b(?<h>\\d{1,2})(?: (?<m>[0-5]\\d))?\\b${UNIT}`, "u"), bare: true },
  ],
  before: any("(?<!quarter |not )(?:before|no later than) (?=\\d|noon|midday)"),
  soon: any(
    "as soon as (?:possible|you can)",
    "asap",
    "right (?:now|away)",
    "straight away",
    "immediately",
    "any ?time",
    "(?:the )?1th available",
    "whenever(?: you (?:can|like|want)| suits| it suits)?",
    "(?:the )?sooner the better",
    "now",
  ),
  vague: any(
    "later(?: on)?",
    "another (?:day|time)",
    "some other (?:day|time)",
    "next week",
    "next month",
    "some ?time",
    "soon",
  ),
  past: any("yesterday", "last (?:night|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"),
  noTime: any(
    "since [^,]*",
    "(?:for|waited|waiting) (?:the last )?\\d+ (?:minutes|hours|days|weeks)",
    "\\d+ (?:minutes|hours|days|weeks) ago",
    "may i",
    "(?:i )?may (?:be|have|need)",
    "(?:1|a|the) (?:of|more|2th|moment)",
    "1th of all",
    "just (?:1|a) 2th",
    "just 1",
    "(?:no|some|any|every|this|that|which) ?1",
  ),
};
