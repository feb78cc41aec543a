import { oneOf } from "../clauses/clauses.ts";
// How English asks for a person in so many words: orders, questions of the way past the machine, and what only looks so.
import { atEitherEnd, wholeClause } from "./request-rules.ts";

/** Fewer than in `english.ts`, since each rule here stands for itself: what a rule holds, a process compiles at its start. */
const PERSON =
  "(?:(?:an?|the|your|some|any|another|one of your|my|that|another) )?(?:(?:real|live|living|actual|human|proper|physical|breathing|genuine|other|different|senior|flesh and blood|customer|service|support) )*(?:humans?(?: beings?)?|persons?(?: in charge)?|people|agent|representatives?|reps?|operators?|supervisors?|managers?|advis[eo]rs?|assistant|someone|somebody|anyone|anybody|one|body|voice|customer (?:service|support|care)|grown ?ups?|adults?|colleagues?|specialists?|staff|team|receptionist|boss)(?: (?:real|human|else|live|instead))?";

export const POLITE = atEitherEnd(
  "please|thanks?(?! (?:for|to|you))|thank you(?: (?:very|so) much| kindly)?(?! (?:for|to))|cheers|ta|then|now|ok|okay|yes|yeah|yep|yup|ya|no|nope|nah|just|sir|ma'?am|madam|miss|mate|dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|right|alright|all right|well|so|um|uh|oh|sorry|excuse me|actually|look|listen|come on|for (?:god|christ|heaven|goodness|pete)(?: is|s)? sake|for the love of (?:god|\\w+)|for crying out loud|jesus(?: christ)?|christ|my god|god|honestly|seriously|immediately|asap|right away|right now|at once|this instant|this minute|straight away|already|instead|again|quick(?:ly)?|today|if (?:you|i|that) (?:can|could|please|may|would|want|like|is (?:ok|okay|possible|fine|alright))|if possible|if you do not mind|and|but|ugh|i guess|i mean|i said|like i said|as i said|will you|would you|could you|can you|kindly|buddy|pal|dude|man|enough|stop|wait|finally|only|simply|gracias|merci",
);

const BOT =
  "(?:ro?bots?|bots?|machines?|computers?|recordings?|a\\.?i\\.?|automated \\w+|automation|virtual \\w+|chat ?bots?|ivr|answering machine|voice ?mail|menus?|phone tree|loop|(?:robot|machine|bot|automated|voice|phone) (?:thing|menu|system|loop|voice)|siri|alexa)";
const A =
  "(?:an?|the|this|that|your|any|some|another|these|those|stupid|damn|bloody|fucking|silly|useless|goddamn|whole)";
const LINKED =
  "(?:transferred|connected|put through|passed (?:on|over|through)|forwarded|redirected|escalated|patched through|switched over|handed over)";
const LINKING =
  "(?:transferring|connecting|putting|passing|forwarding|redirecting|patching|switching|handing|getting|fetching|finding|giving|bringing)";
const WAY =
  "(?:get|getting|reach|reaching|talk to|talking to|speak to|speaking to|speak with|talk with|have|to|through to|be put through to|be connected to|gets? me)";

/** A sentence that says nothing else. */
export const OUTRIGHT = wholeClause(
  "(?:(?:can|could|will|would|can not|could not|will not|why do not) (?:you|we|i)(?: not)? )?(?:please |kindly |go ahead and )*(?:transfer|connect|redirect|reconnect|patch|forward|switch|divert|escalate)(?: (?:me|us|my call|this call|the call|this|it))?(?: (?:over|through|across|up|on|back|away))?",
  "(?:(?:can|could|will|would|can not|could not) (?:you|i)(?: not)? )?(?:please |kindly )*(?:put|patch|pass|send|get|switch|hand|let) (?:me|us|my call|this call|the call) (?:through|across|over|on|up)",
  `(?:are not you|are you(?: not)?|when are you|will you|is (?:it|this \\w+))(?: (?:ever|even|actually|finally))? (?:going to |gonna )?(?:transfer|connect|put|get) (?:me|us)(?: (?:through|over))?(?: to ${PERSON})?(?: or (?:not|what))?`,
  `i (?:would like|want|need|wish|demand|asked|am asking|have asked) to (?:please )?(?:be|get) ${LINKED}`,
  `(?:can|could|may|might) i(?: not)?(?: please)?(?: just)? (?:be|get) ${LINKED}`,
  `not (?:you|${A}? ?${BOT}|this|that)(?: (?:but|i want|i need|give me|get me|let me talk to))? ${PERSON}`,
  `(?:nothing|none of (?:the above|those|these|that|them|it)|neither|something else|not that|that is not it|wrong|forget (?:it|this|that)|never ?mind(?: that)?|i give up|useless|skip (?:it|this|that))(?: (?:i (?:want|need)|give me|get me))? ${PERSON}`,
  `(?:anyone|anybody|someone|somebody|anything|anyone else) (?:but|except|other than|besides|not) (?:you|this|${A} ?${BOT}|${BOT})`,
  `(?:skip|forget|bypass)(?: (?:all|past))?(?: (?:this|that|the|these))? (?:${BOT}|questions|options|prompts|introductions?|rest)(?: and (?:get|give|put|connect|let) me(?: \\w+){0,3}? ${PERSON})?`,
  `skip (?:straight |right |ahead )?to ${PERSON}`,
  `(?:(?:real|live|actual|proper|human) )*(?:humans?|people|persons?|agent|operator)(?: only| instead)?`,
  "(?:only|i (?:only )?prefer|i (?:only )?(?:speak|talk) (?:to|with)|i would rather have|i want|we want|give me) (?:real |actual |live )?(?:humans?|people)",
  `(?:any )?chance of (?:getting |speaking to |talking to )?${PERSON}`,
  `(?:someone|somebody|anyone) (?:above you|higher(?: up)?|more senior|senior|with (?:some )?authority|who is (?:human|real))`,
  "let me (?:speak|talk)(?: to)?",
  `(?:i |we )?(?:have |had )?(?:already |just |now )*(?:asked|said|told you|asked you|requested|been asking|keep asking|am asking)(?: (?:already|\\w+ times|now|before|repeatedly|again|over and over|that))*(?: (?:for|to (?:speak|talk) (?:to|with)|i (?:want|need)))? ${PERSON}`,
  `how many times (?:do|must|have) i(?: have to)? (?:ask|asked|say|said|to ask)(?: for)?(?: it)? ?(?:${PERSON})?`,
  `(?:an? |one of your |your )?(?:\\w+ )?(?:advis[eo]r|colleague|manager|agent|human|person|representative|supervisor|specialist)s? (?:would|will) (?:be (?:good|great|nice|better|helpful|lovely|fine|best|ideal|perfect)|do|help)`,
);

/** Words without one of which none of the following can match. */
export const FREELY_HINT = oneOf(
  /bot|machine|computer|recording|\ba\.?i\b|automat|virtual|ivr|voice ?mail|menu|phone tree|loop|siri|alexa|thing|system|grown|adult|involv|\bhere\b|on this|handle|sort|trick|secret|knack|\bway\b|\bkey\b|picks? up|answers|is on|takes? (?:the|my) call|what|which|where|in charge|responsible|who is|mind|so kind|so good|\b(?:one|any|some|someone|somebody|member) (?:of|from)\b|\bin\b|only|for an? |pulse|heartbeat|brain|flesh|live body|advis|colleague|manager|fetch|find|grab|lodge|raise|discuss|file|(?:agent|operator|representative|human|supervisor|person)(?: please| now| thanks| thank you)*[ .!?]*$/,
);

/** Anywhere in a turn. */
export const ENGLISH_ASKS: readonly string[] = [
  `\\b(?:speak|talk)(?:ing)? (?:to|with) (?:an? |the )?(?:grown ?ups?|adults?)\\b`,
  `\\b(?:let us|let me|can we|could we|can i|i want to|i would like to|we need to) (?:please )?(?:get|have|bring|see|involve|pull)(?: in)? ${PERSON} (?:involved|in here|on here|on this|over here|to (?:sort|handle|look at|deal with) (?:this|it))\\b`,
  `\\b(?:trick|secret|knack|key|best way|quickest way|fastest way|easiest way|only way|some way|any way|a way)(?: (?:here|for me))? (?:to|of|for) (?:get|getting|reach|reaching|talk|talking|speak|speaking)(?: (?:to|with|through to|hold of|ahold of))* (?!the (?:team|staff))${PERSON}\\b`,
  `\\b(?:where|at which|so that|when|until|will|does|have|get) (?:an? |the )?(?:real|actual|live|human) (?:\\w+ )?(?:human|person|people|agent|being|voice)s? (?:will )?(?:picks? up|answers?|is on|takes? (?:the|my) call|talks? to me)\\b`,
  `\\b(?:get|take|let|pull) (?:me|us) (?:the hell |the fuck )?(?:outta|out of|off|away from|past|around) (?:of )?(?:${A} )*${BOT}\\b`,
  `\\b(?:get|getting|go|skip|break) (?:past|around|out of|through|by|rid of|beyond)(?: ${A})* (?:${BOT}|thing|system)\\b(?=.*\\b(?:to|reach|talk|speak|get) (?:to |with )?${PERSON})`,
  `\\bhow (?:do|can|could|would) (?:i|you|we|one) (?:get (?:past|around|out of|rid of|by)|bypass|escape|skip)(?: ${A})* ${BOT}\\b(?! (?:error|page))`,
  `\\b(?:what|which|where)(?: (?:button|key|number|option|word|digit|thing))? (?:do|must|should|can|is it) i (?:need to |have to )?(?:press|push|dial|hit|say|do|type|click)(?: \\w+)? (?:to|for)(?: (?:please|just))? ?(?:${WAY} )?${PERSON}`,
  `\\b(?:which|what) (?:button|key|number|option|digit|extension)(?: is)?(?: it)?(?: (?:for|to|gets me|will get me|takes me to|connects me to|do i need for))+ (?:${WAY} )?${PERSON}`,
  `\\bwhat (?:do|does|will|would) (?:i|it|one)(?: (?:have|need|take))*(?: to)?(?: (?:say|do|take|press))? (?:to|for) (?:me to )?(?:${WAY}) ${PERSON}`,
  `\\bwho is (?:in charge|responsible|the (?:boss|manager|supervisor))(?: (?:there|here|over there|of this|around there))?[?.!]?(?: and| so)? (?:put|get|give|connect|transfer|pass|let|send) (?:them|him|her|me|us)\\b`,
  `\\bwould you mind (?:please )?${LINKING} (?:me|us|${PERSON})\\b`,
  `\\b(?:do you mind|would you be so kind|be so good)(?: (?:as|and|to))* (?:${LINKING}|transfer|connect|put|get) (?:me|us|${PERSON})\\b`,
  `\\b(?:can|could|may|will|would) (?:one|any|some|someone|somebody|a member) (?:of|from) (?:your|you|the) (?:\\w+ )?\\w+ (?:please )?(?:help|assist|talk|speak|call|handle|take|look|deal|sort|fix|explain|walk|come on|jump|listen|ring|phone|contact)\\b(?! out\\b| over\\b| round\\b)`,
  `\\b(?:loop|bring|get|pull|call|patch|rope) in ${PERSON}`,
  `\\b(?:can not|could not|will not|am not|not able to|not going to|unable to) (?:do|doing|deal|discuss|discussing|explain|explaining|talk|talking|work|communicate|sort|solve|resolve|handle|handling|argue|arguing)(?: (?:this|it|that|business|about \\w+))?(?: (?:out|properly))? (?:with|to) (?:${A} )*${BOT}\\b`,
  `\\b(?:not getting|getting|going|get) (?:anywhere|nowhere) with (?:${A} )*${BOT}\\b`,
  `\\btoo (?:complicated|complex|difficult|hard|important|sensitive|personal|delicate|tricky|much) for (?:${A} )*${BOT}\\b`,
  `\\bi (?:do not|never|will not|would not|refuse to)(?: (?:do|like|use|trust|talk to|speak to|talk with|speak with|deal with|discuss \\w+ with|believe in|understand))+ (?:these |your |any )?(?:ro?bots|bots|machines|computers|recordings|automated \\w+|chat ?bots)\\b`,
  `\\b(?:question|something|issue|problem|matter|job)s? (?:for (?:only )?an? (?:\\w+ )?(?:human|person)|(?:that |which )?only (?:an? (?:\\w+ )?(?:human|person)|humans? (?:can|could)))\\b`,
  `\\b(?:someone|somebody|anyone) (?:with a (?:pulse|heartbeat|brain)|made of flesh)\\b|\\b(?:live body|flesh and blood)\\b`,
  `\\b(?:could|can|would|will) you (?:please )?(?:get|find|fetch|grab|call|ring) (?:me )?an? (?:advis[eo]r|colleague|manager|person)\\b(?! (?:number|name))`,
  `\\b(?:lodge|raise|take|discuss|sort|handle|file) (?:this|it|that|my \\w+)(?: \\w+)? (?:up )?with (?:${PERSON}|a manager)`,
  // After the number they were asked for, or in place of an answer
  `\\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|\\d+|nothing|neither|none|nope|not it|above|understand|understanding|hear|forget it|ugh|wrong) (?:please |just )*(?:agent|operator|representative|human|supervisor|real person|live agent|live person)(?: please| now| thanks| thank you)*[ .!?]*$`,
];

/** Asks, though "easier to talk to someone" alone is an opinion. */
export const ENGLISH_PREFERRING: readonly string[] = [
  `\\b(?:it|that|this) (?:would|will|might|could) (?:be )?(?:much |so |far |a lot )*(?:easier|better|quicker|simpler|faster|nicer) (?:if i |for me |to )*(?:could |can |just |to |i )*(?:talk|talked|speak|spoke|deal|dealt|explain|chat)(?: (?:it|this|that))? (?:to|with) ${PERSON}[ .!?]*$`,
];

const KIN =
  "(?:lawyer|attorney|solicitor|accountant|barrister|husband|wife|son|daughter|mother|father|mum|dad|brother|sister|partner|boss|assistant|doctor)";

/** What only looks like it. */
export const englishAsides = (noun: string): readonly string[] => [
  "\\b(?:speak|talk|speaking|talking) (?:in )?(?:english|spanish|french|german|italian|portuguese|chinese|polish)\\b(?! with)",
  // "I never said I want a person"
  `\\b(?:i|we) (?:never|did not|have not|had not|do not|am not|have never|had never)(?: \\w+)? (?:said|say|saying|ask|asked|asking|tell|told|telling|requested|request|mentioned|mention)(?: (?:to )?(?:you|anyone|them|him|her))?(?: that)?(?: (?:i|we) (?:want|wanted|need|needed|would like|wish|wished))?(?: (?!but\\b|please\\b)\\w+){0,5}? ${noun}`,
  `\\b(?:prefer|rather|choose) not (?:to )?(?:have to )?(?:talk|speak|be|deal|chat)(?: \\w+){0,3}? ${noun}`,
  `\\bwho (?:said|says|told you|asked)(?: (?:anything|something))?(?: (?:that|about|for))? ?(?:i|we)? ?(?:want|wanted|need|needed|asked)?(?: \\w+){0,4}? ${noun}`,
  // What others shall be able to do
  `\\b(?:my|our|their|these|those|the|new|all) (?:customers?|clients?|callers?|patients?|users?|guests?|students?|visitors?|tenants?|buyers?)(?: (?:can|could|to|will|would|should|might|may|always|be able|able|still|easily|just))* (?:reach|reaching|talk|speak|get|connect|have|contact|call|chat|find|see)(?: \\w+){0,4}? ${noun}`,
  `\\b(?:that|which lets|letting|lets|let|allow|allows|so) (?:customers|clients|callers|patients|users|guests|visitors|people|everyone)(?: (?:can|could|to|will|would|should))* (?:reach|talk|speak|get|connect|contact|call)(?: \\w+){0,4}? ${noun}`,
  // Prices and lists
  `\\b(?:per|each|every|for (?:one|each|every|the first|an extra|an additional)) (?:persons?|people|agents?|employees?|individual|human)\\b`,
  "\\bcontact persons?\\b|\\breal estate agents?\\b|\\b(?:agent|operator|service) (?:fee|charge|cost)s?\\b",
  // Ways of contact, opening hours and visits
  `\\b(?:is|are|was) (?:the|your|there) (?:\\w+ )?(?:front desk|reception|office|desk|branch|store|shop|call (?:center|centre)|customer (?:service|support|care)|team|department|line|lines) (?:\\w+ )?(?:open|closed|staffed|manned|there|working|reachable|24)\\b`,
  "\\b(?:is there|do you (?:have|offer)|have you got|does (?:it|the \\w+) have|are there|can i (?:use|get|find)|where is)(?: (?:an?|any|the|your|some))? (?:live |online |web |text )*chat(?: (?:option|function|feature|support))?\\b(?! with)",
  "\\b(?:can|could|will|would|is|does|do|need|want|have|get|when will|when is|that) (?:someone|somebody|anyone|anybody|a person|people|(?:your |the |one of your |an? )?(?:\\w+ )?(?:guys?|engineers?|technicians?|repair ?m[ae]n|plumber|people|agent|team|crew))(?: (?:to|please|be able to|possibly|going to))* (?:come|stop by|visit|drop by|pick (?:it|this|that|me|up)|collect|deliver|install|show up|swing by|pop (?:out|over|round))\\b(?! on (?:the|this))",
  "\\b(?:send|sending|sent) (?:me |us )?(?:someone|somebody|a person|people|an? (?:\\w+ )?(?:engineer|technician|guy|crew|plumber|man))(?: (?:out|over|round|around|here|down|by|to (?:fix|repair|look|check|pick|collect|install|my|our|the)))\\b",
  "\\bhow (?:can|do|could|would|should|may|might|to)(?: (?:i|we|you|one))? (?:get in touch|make contact|contact|reach|write|email|get hold|get a hold|get ahold)(?: (?:with|of|to|out to))* (?:you(?: guys)?(?=[ .!?]*$)|(?:the|your) (?:\\w+ ){0,3}?(?:team|department|office|desk|company|branch|store|hotline|service|support|bank))",
  "^(?:(?:i (?:want|need|would like|have) to|how to|to) )?(?:contact|email|message|write to) (?:the |your )?(?:support|company|office)[ .!?]*$",
  "\\b(?:number|phone number|address|email|mail|hours?|times?|schedule)(?: \\w+){0,3} (?:of|for|to (?:contact|call|reach|speak (?:to|with)))(?: (?:the|your|a|an))? (?:\\w+ )?(?:customer |client )?(?:service|support|care|assistance|hotline)\\b",
  `\\bmy ${KIN}(?: \\w+)? (?:will|is going to|shall|would|can|could|may|might) (?:be )?(?:talk|speak|call|contact|talking|speaking|calling|contacting)(?: \\w+){0,2}? ${noun}`,
  // Talking about something, to nobody in particular
  "\\b(?:talk|speak|chat|talking|speaking|ask|asking)(?: (?:now|today|briefly|quickly|first|some more|a bit))? (?:about|regarding|over|on)(?: (?:my|the|an?|our|that|this|some|your|these|those|how|what|why))+ (?:(?!to\\b|with\\b|and\\b|so\\b|can\\b)\\w+)(?: (?:bill|payment|account|order|card|delivery|invoice))?(?! (?:to|with|and) )[ .!?]*$",
  "\\b(?:want|need|like|order|bought|returning|return|replace|fix|repair) (?:the|my|this|that|your) (?:machine|robot|computer|system|software|program)(?=.*\\b(?:return|refund|fix|repair|deliver|replace|back|order|warranty)\\w*)",
];
