import { oneClause, oneOf } from "../clauses/clauses.ts";
import { ENGLISH_ASKS, ENGLISH_PREFERRING, englishAsides, FREELY_HINT, OUTRIGHT, POLITE } from "./english-outright.ts";
import { type RequestRules } from "./request-rules.ts";

const ADJ =
  "(?:real|really|live|life|living|actual|human|physical|normal|proper|genuine|regular|breathing|different|another|other|senior|qualified|competent|trained|good|nice|available|free|damn|damned|fuckin|fucking|fuckin|freaking|frigging|bloody|goddamn|stupid|support|service|customer|client|consumer|care|relations|help|sales|billing|tech|technical|account|company|call|center|centre|manual|phone|flesh and blood|non automated|higher)";
const DET = "(?:an?|the|your|some|any|one of (?:your|the|you)|another|one|this|that|ur)";
const OWN =
  "(?! (?:is )?(?:number|name|names|id|emails?|hours|website|address|fee|fees|no|code|approval|approved|role|job|position|portal|app|badge|near|nearby)\\b)";
/** People whom only a wish for a person names. */
const STRONG = `(?:humans?(?: beings?)?|representatives?|reps?|operators?|agent|supervisors?|superiors?|associates?|attendant|receptionist|live support|live chat|customer (?:service|support|care|relations)(?: executives?)?|(?:care |support )?executives?|staff(?: members?)?|team members?|csr|clerks?|tellers?|bank(?:er| employee| worker| clerk)s?|sales ?(?:person|people|man|woman)|live tech(?:nician)?|(?:someone|somebody|anyone|person) in charge)\\b${OWN}`;
/** People who are named for other reasons too: only with a verb of speaking or connecting. */
const NOUN = `(?:${STRONG}|persons?|people|peoples|managers?|employees?|workers?|assistant|asistant|advis[eo]rs?|consultants?|specialists?|experts?|colleagues?|individual|(?:someone|somebody) (?:with (?:authority|experience)|higher(?: up)?)|someone|somebody|anyone|anybody|whoever(?: is)?|(?:call|contact|help|front|service) (?:center|centre|desk|line)|(?:\\w+ ){1,2}(?:department|team|desk|specialist|advis[eo]r|consultant|expert|agent|representative|manager|supervisor)|department|team|guy|man|woman|lady|body|boss|officers?|support|clerks?|higher ?ups?|owners?|headquarters|guys?)\\b${OWN}`;
const WHO = `(?:${DET} )?(?:${ADJ} )*${NOUN}`;
const WHO_STRONG = `(?:${DET} )?(?:${ADJ} )*${STRONG}`;
const REAL = "(?:real|live|living|actual|human|physical|genuine|normal|proper|different)";
const REAL_WHO = `(?:${DET} )?(?:${ADJ} )*(?:${REAL} (?:\\w+ )?(?:persons?|people|peoples|one|help|support|assistance|being|body|service|voice|manager|advis[eo]r|employee|consultant|tech)|(?:someone|somebody|anyone|anybody|people|person|one) (?:real|live|human|who is (?:real|human)|that is (?:real|human)|with a pulse))`;
const MACHINE =
  "(?:ro?bots?|bots?|machines?|computers?|a\\.?i\\.?|automated \\w+|automation|virtual (?:agents?|assistants?|\\w+ ?bots?)|recordings?|chat ?bots?|ivr|voice ?mail|software|program|answering machine|system|artificial intelligence|siri|alexa|thing)";
const TALK =
  "(?:speak|talk|chat|converse|communicate|discuss(?: \\w+){1,4}|deal|correspond|conversation|connect|interact|tok|tlk)";
/** Help with it, or a liking for it: "talking to an agent" alone may tell of a past call. */
const TALKING =
  "(?:(?:help|assistance|assist|assisting|comfortable|feel better|insist on|interested in|prefer|like|mind|about|instead of you|keen on|want)(?: (?:me|with|in|to|please))* (?:speaking|talking|chatting|connecting|contacting|reaching|getting))";
const MOVE =
  "(?:transfer|transferr?ing|connect|connecting|forward|redirect|switch|patch|hand|pass|put|send|get|bring|direct|route|link|take|refer|move|hook|give|escalate|return|turn|bump|kick|shift|push|flick|loop|pull|drop|stick|throw|bung|chuck|shove|plug|whack|pop)";
const ME = "(?:me|us|my call|this call|the call|this|it)";
const PAST = "(?:spoke|talked|chatted|called|reached|contacted|met|dealt|got|was|were|been|had|have|has)";
const WISH =
  "(?:want|wants|wanting|wish|need|needs|would like|would love|would prefer|would rather|prefer|demand|require|request|i am requesting|deserve|looking for|asking for|ask for|insist on|desire|calling for|waiting for|hoping for)";
const SAID =
  "(?:told|said|says|asked|advised|instructed|informed|claimed|stated|promised|suggested|recommended|insisted|explained|agreed|directed|refused|declined|offered|begged|demanded|requested|wanted|tried|attempted|managed|failed|threatened|refuse|refuses|decline|declines|supposed|unable|able|had to (?:request|ask|call|wait|beg)|have to (?:request|ask))";

/** Not "they told me I need to", "if I want to", "every time I want to": somebody else's words, or a condition. */
const OWN_WORDS =
  "(?<!\\b(?:told|tells|tell|telling|advised|informed|asked|reminded|warned)(?: (?:me|us|him|her|them|people|everyone|my \\w+))?(?: that)? )(?<!\\b(?:said|says|say|saying|insisted|insists|claimed|claims|suggested|suggests|wrote|states|stated|explained|meant|thought|goes|like|if|when|whenever|until|unless|whether|time|that|would|will|should|might|may|must) )(?<!\\bnot (?:think|believe|suppose|feel like|know if)(?: that)? )(?<!(?<!\\b(?:nobody|no one|they|he|she|never|one) )\\b(?:do|does|did) )";
/** "I told you I want", "like I said I need": said to the one who listens, and meant now. */
const SAID_TO_YOU =
  "(?:i|we)(?: (?:have|had|already|just|even|did|do|repeatedly|keep|am))* (?:said|saying|told you|tell you|telling you|asked you|mentioned)(?: (?:already|before|earlier|now|again|that|\\w+ times))* ";
/** A wish of now; "wanted", "asked" and "had to" are of then. */
const WISH_NOW =
  "(?:(?:now|really|still|just|do|also|only|today|therefore|then|obviously) )*(?:want|need|would like|would love|would rather|would prefer|prefer|demand|insist|wish|am asking|am requesting|am calling|am trying|am going|request)(?: (?:now|please|to|for|you to|on|it to|that you))*";
/** A verb at the head of its clause: what stands before makes it somebody's tale ("she put me", "to give me"). */
const CLAUSE_HEAD =
  "(?<!\\b(?:to|not|never|ever|would|could|did|will|can|they|he|she|it|that|who|which|nobody|no one|them|him|her|you|then|and then|even|finally|just|had|have|has|lady|guy|man|woman|agent|representative|rep|operator|person|supervisor|manager|somebody|someone|bot|system) )";
const LINK = "(?:transfer|connect|put|get|pass|hand|give|forward|patch|switch|bring|send|redirect)";
/** Someone told of before: "that someone", "the same one". */
const TOLD_OF_BEFORE =
  "(?:that (?:someone|somebody|person|one|guy|man|woman|lady|gentleman|agent|representative|manager|supervisor)|the same (?:one|guy|lady|man|woman|person|agent|representative|rep|manager|supervisor|advis[eo]r|specialist))";
/** Whom a pronoun can mean, a little before it. */
const HAVING_NAMED =
  "\\b(?:agent|representative|rep|supervisor|manager|person|human|operator|lady|guy|woman|man|specialist|advis[eo]r|colleague|someone|somebody|spoke (?:to|with) \\w+|speaking (?:to|with) \\w+|talking (?:to|with) \\w+)\\b.{0,100}";

/** English. "Someone" counts after a verb of speaking: who says so on a call with an assistant means a person. */
export const english: RequestRules = {
  hint: oneOf(
    /grown ?up|adult|involve|trick|secret|picks up|human|contact|patch|through|press|button|past |around|bypass|skip|escap|outta|out of|superior|owner|forward|option|colleague|coworker|front desk|clerk|teller|banker|executive|officer|support|sales|in charge|help|person|people|agent|rep\b|reps\b|repres|operator|advis|superv|manage|someone|somebody|anyone|anybody|associate|attendant|recep|customer|staff|team|assistant|asistant|desk|department|center|centre|expert|specialist|consult|employee|worker|transfer|connect|put me|robot|bot\b|bots\b|machine|computer|automat|\bai\b|a\.i|virtual|talk|speak|chat|escalat|live|real|boss|recording|call me|csr|contact me|guy|higher/,
  ),
  person: oneClause(`\\b(?:${NOUN}|${REAL_WHO}|(?:colleague|coworker|receptionist|banker|department|desk)s?\\b)`),
  aside: oneClause(
    ...englishAsides(NOUN),
    // "Are you a robot?", "am I talking to a person?"
    `\\b(?:are|r|is|was|were|am) (?:you|u|i|this|that|it|there)(?: \\w+){0,3}? (?:speaking|talking|chatting|dealing|connected|texting)(?: (?:to|with))?(?: ${WHO}| ${DET}(?: \\w+){0,2} ${MACHINE}| \\w+ ${MACHINE}| ${MACHINE})?(?: or .{0,40})?`,
    `\\b(?:are|r) (?:you|u)(?: (?:even|actually|really|truly|a|an|the|some|kind of|sort of|secretly))*(?: ${ADJ})*(?: ${NOUN}| ${MACHINE}| real| human| alive)(?: or(?: \\w+){1,5})?`,
    `\\b(?:is|was) (?:this|that|it)(?: (?:even|actually|really|a|an|the|some))*(?: ${ADJ})* (?:${NOUN}|${MACHINE})(?: or(?: \\w+){1,5})?`,
    `\\b(?:if|whether|that|know|prove|say|think|thought|tell|believe) (?:you are|u are|you were|you re|i am|this is|it is)(?: \\w+){0,4}? (?:${NOUN}|${MACHINE}|real|human)(?: or(?: \\w+){1,5})?`,
    `\\byou are (?:an?|the|not an?|just an?|only an?)(?: ${ADJ})* (?:${NOUN}|${MACHINE})`,
    // "No need to transfer me", "I don't want to talk to anyone"
    `\\b(?:do|does|did|would|will|should|please) not (?:want|need|wish|like|require|have|think|care|have to|bother|ask|call)(?: (?:to|you|me|a|an|for|be|that)){0,4}(?: (?:speak|talk|chat|deal|connect|transfer|contact|call|get|put|be|see|bring))?(?:(?! (?:i|but|just|instead|give|let|you|rather|want|need|${MACHINE})\\b) \\w+){0,6}? ${NOUN}`,
    `\\b(?:do|does|did|would|will|please|can|could|should) not(?: (?!you\\b)\\w+)? ${MOVE} ${ME}(?: (?:over|through|back|on))?(?: (?:to|with) ${WHO})?`,
    `\\bnot (?:need|want|have|like)(?: you)? to ${MOVE} ${ME}(?: (?:over|through))?(?: (?:to|with) ${WHO})?`,
    "\\bnot (?:want|need|wish|like)(?: me)? to be (?:transferred|connected|forwarded|escalated|put through|handed over|moved)(?: \\w+){0,5}",
    `\\bi (?:will|shall|am going to)(?: \\w+){0,4}? (?:reach out to|contact|call|email) ${WHO}`,
    `\\bthen (?:i will )?(?:contact|call) ${WHO}`,
    "\\b(?:find|look for|looking for|search for|try)(?: me)? (?:someone|somebody|anyone)(?: else)?\\b(?! (?:real|human|i (?:can|could)|to (?:speak|talk|help)|who|that))",
    `\\b(?:later|tomorrow|next time|maybe|perhaps|another time|afterwards)(?: on)? (?:i|we) (?:will|can|could|might|may|would|shall)(?: \\w+){0,2} ${WHO}`,
    `\\b(?:i|we) (?:will|might|may|can|could|shall)(?: \\w+){0,5}? ${WHO}(?: \\w+){0,2} (?:later|tomorrow|next week|another time|if (?:i|it|that|this|you))\\b`,
    `\\bnot (?:think|believe|suppose|feel like|know if|sure if)(?: that)? (?:i|we|it)(?: \\w+){0,6}? ${NOUN}`,
    `\\b(?:not|never) (?:even |once |ever )?(?:want|wanted|ask|asked|need|needed)(?: (?:to|for|that))*(?: (?:speak|talk|be|see|get))?(?: (?:to|with|transferred|connected))*(?: (?:an?|the|any|your))? ${NOUN}`,
    `\\b(?=(?:they|he|she|it|nobody|no one|who|and|bank|company|system|rep|agent|lady|guy|menu|bot|machine))(?<!why |why did |how come )(?:they|he|she|it|nobody|no one|who|and|bank|company|system|rep|agent|lady|guy|menu|bot|machine) (?:just |also |even |still )?(?:would|could|will|did|does|do|can)(?: not)? (?:even |ever )?(?:let|allow|permit|get|give|put|connect|transfer)(?: (?:me|us|to|through))*(?: (?:speak|talk|have|see|reach|be))?(?: \\w+){0,3}? ${NOUN}`,
    `\\b(?:be|become|becoming|being|hire|hired|hiring|train|trained) (?:an?|the|your|as an?)(?: ${ADJ})* (?:${NOUN})`,
    `\\b(?:that is|it is|you are|this is|i am|am|is) not (?:an?|the|any|really an?|my|your)(?: ${ADJ})* (?:${NOUN})|^not (?:an?|the)(?: ${ADJ})* (?:${NOUN})`,
    `\\b(?:never|let alone|good to(?: finally)?|nice to|happy to|hardly|rarely)(?: \\w+)? (?:talk|speak|interact|chat|deal|connect)(?: \\w+){0,2} (?:to|with) ${NOUN}`,
    `\\byou(?: \\w+)? (?:need|should|have|might want|could|must)(?: to)? (?:talk|speak|see|contact|call|consult)(?: \\w+){0,2} ${NOUN}`,
    `\\b(?:\\d+|two|three|four|five|six|seven|eight|one) (?:persons?|people)\\b`,
    "\\b(?:never|not|no need to|without|cannot)(?: (?:to|ever|be))* escalat\\w+(?: \\w+){0,3}",
    `\\b(?:no need|not necessary|not looking|not asking|no reason|without having|without)(?: (?:to|for|of))?(?: \\w+){0,5}? ${NOUN}`,
    `\\b(?=not )(?<!can |can i |can we |could i |why )not (?:talk|speak|talking|speaking|wanting)(?: \\w+){0,2} (?:to|with) ${WHO}(?! (?:like you|bot))`,
    // Past contacts
    `\\b(?:${PAST}|i'?ve|having)(?: \\w+){0,3}? (?:spoken|speaking|talking|talked|spoke|chatted|chatting|connected|transferred|contacted|dealing|dealt)(?: \\w+){0,2}? (?:to|with|by)? ?${WHO}`,
    `\\b(?:${SAID})(?: (?:me|him|her|them|us|it|that|and|on|again|repeatedly|multiple|several|times))*(?: (?:i|he|she|they|we|you))?(?: (?:would|will|should|could|must|can|may|might|need|needs|needed|have|had|has|want|wanted|wants|to|not|be|being|just))*(?: (?:let|letting|allow|speak|talk|chat|transfer|transferred|connect|connected|contact|call|get|go|ask|reach|see|for|with|put|escalate|me|us))+(?: (?:me|us|back|in|through|on|to|with|for|of|and|ask))*(?: ${WHO})?`,
    `\\b(?:been|was|were|had|have(?! (?:the|an) (?:option|choice|possibility|right|chance))|has|kept|keep|keeps|spent|hours|minutes|days|times|always|never)(?: \\w+){0,2} (?:trying|waiting|asking|requesting|attempting|holding|calling|able|wanting)(?: \\w+){0,4}? ${NOUN}`,
    // Promised, offered or quoted: "he said he would have a supervisor call me", "he goes do you want a manager and I said no"
    `\\b(?:${SAID})(?: (?:me|us|him|her|them))?(?: that)? (?:he|she|they|someone|somebody|it|there|an?|the|one of)(?: (?:manager|supervisor|representative|agent|person|someone|human))? ?(?:would|will|was|were|is|are|could|might|should)(?: (?!i\\b|please\\b|so\\b|can\\b)\\w+){0,6}? ${NOUN}(?: (?:to )?(?:call|contact|reach|email|phone|ring|get back to|follow up with)(?: (?:me|us|back))*)?`,
    `\\b(?:he|she|they|it|bot|machine|agent|lady|guy|woman|man|representative|rep|system|and) (?:just |then |also |even )?(?:goes|went|go|was like|is like|were like|are like|says|said|asks|asked)(?: (?:to )?(?:me|us))? (?:do|did|would|are|should|shall|can|could|let) (?:you|i|me|we)(?: (?!i\\b)\\w+){0,6}? ${NOUN}`,
    `\\b(?:would|could|will|did|does|do|can)(?: not| never)? (?:even |ever |actually )?(?:let|allow|permit|get|give|put|connect|transfer) (?:my \\w+|him|her|them|anyone|anybody|people)(?: (?:to|through))*(?: (?:speak|talk|have|see|reach|be))?(?: \\w+){0,2}? ${NOUN}`,
    `\\b(?:the|that|which|what|name of the) (?:${NOUN}) (?:that |who |whom )?(?:i|we|my \\w+) (?:had |have |just |last |already )*(?:spoke|spoken|talked|chatted|dealt|met|was talking|was speaking|was chatting|got|had|saw)(?: (?:to|with))?`,
    // "The lady told me I need to talk to a representative": her advice, not yet a wish.
    `\\b(?:the|an?|your|that|this|last|one|other|previous|same)(?: \\w+){0,3} (?:agent|representative|reps?|operator|supervisor|manager|person|lady|guy|man|woman|assistant|specialist|gentleman|advisor|colleague|bot) (?:told|said|says|informed|advised|explained|suggested)(?: (?:to )?(?:me|us))?(?: that)? (?:i|we) (?:need|needed|have|had|should|must|would need|would have|could|can)(?: to)? (?:talk|speak|call|contact|see|ask|go|reach)(?: \\w+){0,3}? ${WHO}`,
    "\\b(?:the|an|your|that|this|last|one|another|other|a|first|second|previous|same|each|every|customer|service) (?:\\w+ )?(?:agent|representative|rep|operator|supervisor|manager|person|lady|guy|man|woman|assistant|specialist|gentleman|advisor)(?: (?!please\\b|i\\b|we\\b|can\\b|who\\b)\\w+){0,2} (?:told|said|was|were|had|has|hung|disconnected|promised|called|gave|put|did|could|refused|asked|transferred|never|kept|laughed|would|helped|explained|advised|informed|stated|agreed|looked|made|sent|(?!wanted|needed|offered|insisted|tried|decided|attempted|managed|failed)\\w{2,}ed|took|said|went|got|came|left|knew|spoke|wrote|who (?:told|said|helped|called|gave|answered)|i (?:spoke|talked|was|had|got|dealt|chatted))\\b",
    "\\b(?:kept|keep|keeps|been|was|were|got|after|started|by|have|had|they|he|she) (?:transferring|connecting|passing|sending|putting|transferred|passed|sent|put|connected|switched|bounced|bouncing) (?:me|us)\\b(?: \\w+){0,4}",
    `\\b(?:my|our|his|her|the) \\w+ (?:wants?|needs?|wanted|needed|would like) to (?:speak|talk|chat|be|contact|see)(?: \\w+){0,3}? ${NOUN}`,
    `\\b(?:work|worked|working|am|job|employed|hired|used to be)(?: (?:as|for|in|an?|the))+(?: \\w+){0,3}? ${NOUN}`,
    `\\b(?=(?:when|whenever|if|every ?time|each time|once|after|before|while|until|unless|since|because|as soon as))(?<!mind |okay |alright |possible |better |appreciate it |great )(?:when|whenever|if|every ?time|each time|once|after|before|while|until|unless|since|because|as soon as) (?:i|we|he|she|they)(?: (?:had|have|was|were|am|do|did|would|went|finally|try|tried|then|first|get|got))*(?: to)? (?:get|ask|asked|speak|spoke|talk|talked|call|called|contact|contacted|reach|reached|go|chat|chatted|requested|wanted)(?: \\w+){0,4}? ${NOUN}`,
    `\\bwhen (?:requesting|asking|trying|calling|speaking|talking)(?: \\w+){0,4}? ${NOUN}`,
    `\\b(?:he|she|they|who|husband|wife|mother|father|son|daughter|friend|boss|it) (?:also |then |just )?(?:wants?|wanted|needs?|needed|would|asked|asks|likes?|liked)(?: (?:like|me|to|be))* (?:speak|talk|chat|contact|see)(?: \\w+){0,2} ${NOUN}`,
    `\\b(?:will|would|do|did|should|might|may|must) (?:i|we) (?:still )?(?:need(?! to (?:do|say|press|push|dial|hit|type)\\b)|have(?! to do\\b| (?:the|an|any) (?:option|choice|possibility|right|chance))|be required|be able)(?: to)? ?(?:speak|talk|call|contact|go|see|have)?(?: \\w+){0,2} ${NOUN}`,
    "\\b(?:in person|face to face)\\b",
    `\\b(?:had |having had |been having )(?:an? |the |such an? )?(?:\\w+ ){0,2}(?:conversation|chat|call|word|talk|discussion|meeting|exchange)s? with ${WHO}(?<!(?:can|could|may|might|like to|want to|need to|would|to) have .*)`,
    `\\b(?:waiting|wait|waited|supposed|scheduled|expecting|promised) (?:for|on)? ?(?:${WHO}) to (?:call|respond|answer|get back|come|contact|email|reply|show|arrive|review|look)`,
    `\\bif (?:this|that|it|you)(?: \\w+){1,4} (?:i|we) (?:will|would|may|might|can|could)(?: \\w+){0,3} ${WHO}`,
    `\\b(?:only if|unless|until|in case)(?: (?:i|we))?(?: really)? need ${WHO}`,
    `\\bwhen (?:is|are|will|does|do|did|was)(?: \\w+){0,2} (?:${NOUN})`,
    `\\bis there (?:really |actually )?(?:an? |any )?(?:${ADJ} )*(?:${NOUN}) (?:behind|inside|reading|typing|monitoring)`,
    `\\b(?:${NOUN}|customer (?:service|support|care)) (?:is|was|are|were|has been|seems) (?:very |so |really |just |always |pretty )?(?:bad|terrible|awful|horrible|poor|great|good|wonderful|excellent|rude|useless|slow|amazing|helpful|nice|kind|closed|busy)`,
    `\\b(?=you can)(?<!understand |hear )you can (?:speak|talk|chat)(?: \\w+){0,4}? ${NOUN}`,
    `\\b(?:easier|better|nicer|best)(?: \\w+){0,5} (?:speak|talk|sit|deal)(?: \\w+){0,2} ${NOUN}`,
    `\\bon the phone (?:to|with) ${WHO}`,
    `\\b(?=(?:requesting|asking))(?<!am |i )(?:requesting|asking) (?:to|for)(?: (?:speak|talk|chat|be|transferred|connected|to|with))* ${WHO}`,
    `\\b(?:appointments?|meeting|slot|session|consultation|schedule|sit down|come|go|stop by|stop in|walk|drive|swing|head)(?: \\w+){0,7}? (?:with|to|and|by)(?: (?:speak|talk|see|meet))?(?: (?:to|with))? ${NOUN}`,
    `\\b(?:my|his|her|their|our)(?: \\w+)? (?:${NOUN})`,
    `\\b(?:add|remove|adding|removing|pay|paid|send|sent|give|gave|owe|owed|sending)(?: (?!me|us)\\w+){0,3} (?:to |for )?(?:an?|the|another|this|that|some|one)(?: \\w+)? (?:person|agent|employee|worker|individual|someone)`,
    `\\b(?:unwilling|reluctant|hesitant|hard|harder|difficult|impossible|easy|easier|tough|forever|minutes?|hours?|ages|days?|weeks?|long|tries|calls) (?:for \\w+ )?to (?:even )?(?:connect|transfer|talk|speak|get|reach|put|find|have|chat|contact)(?: (?!so\\b|please\\b|i\\b)\\w+){0,6}? ${NOUN}`,
    `\\b(?:asked|asking|told|telling|begged|wrote|emailed) (?:them|him|her|the \\w+|someone|somebody) (?:to|if)(?: (?:they|he|she) (?:could|would|can))? (?:have|get|make|let|send|find|connect|put|transfer)(?: \\w+){0,3}? ${NOUN}(?: (?:to )?(?:call|contact|email)(?: (?:me|us|back))*)?`,
    `\\bnever (?:\\w+ ){0,3}to (?:talk|speak|chat|be connected)(?: \\w+)? (?:to|with) ${WHO}`,
    `\\b(?:letter|email|mail|message|website|site|paper|text|recording|page|note|sign|voice|menu)(?: \\w+){0,2} (?:said|says|states|stated|tells|told)(?: (?:me|us|you|that|to|i|we|should|can|could|must|have|need|call|and|please|or))* (?:speak|talk|ask|contact|chat|reach|press|hold)(?: \\w+){0,3}? ${NOUN}`,
  ),
  ask: oneClause(
    // speak with a person
    `\\b(?:word|chat|conversation|talk)(?: (?:please|now))? with (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:${ADJ} )*(?:manager|boss|person|someone|somebody|whoever|colleague|supervisor|team|department)\\b)`,
    `\\blet (?:me|us) (?:have|see|get) (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:manager|boss)\\b)`,
    `\\b(?:${TALK}|${TALKING})(?: (?:directly|now|again|please|live|only|right away|on the phone|over the phone|about \\w+ \\w+))*(?: (?:to|with|w|2|t|ot))+ ${WHO}`,
    `\\b(?:speak|talk|chat|contact|${TALKING}) ${WHO_STRONG}`,
    `\\b(?:speak|talk|chat|${TALKING})(?: (?:to|with))? (?:${REAL_WHO})`,
    // be moved to a person
    `\\b${MOVE}(?: (?:please|now|just))* ${ME}(?: (?:over|through|back|on|in|up|directly|straight|right|now|please|across|in touch|in contact|a call))*(?: (?:to|with|onto|by|from|for))* ${WHO}`,
    `\\b(?:transfer|connect|patch|put) (?:me|us)(?: (?:over|through|back|on))*(?: (?:to|with) (?!my |the app|(?:the |your |a )?(?:wi ?fi|internet|network|vpn|bluetooth|server|website|app)\\b)\\w+| (?:please|now|already)|(?=[.?!]|$))`,
    `\\b(?:transfer|connect|transferred|connected|forwarded|switched|passed|put through|patched|directed|redirected|hooked up|escalated|escalate|link)(?: (?:over|through|me|call|back|this|us|it))*(?: (?:to|with))+(?: me)? (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:manager|someone|somebody))`,
    `\\b(?:(?:can|could|may|might|must|should) (?:i|we)|want to|need to|like to|have to|wish to|trying to|please) (?:please )?(?:be|get) (?:transferred|connected|forwarded|switched|passed|put through|redirected|escalated)(?: (?:over|through))?(?: (?:to|with) ${WHO}|(?=[.?!]|$)| (?:please|now))`,
    `\\b(?:put|get|have|bring) ${WHO} on(?: (?:the|this|my) (?:phone|line|call)| here| please|(?=[.?!]|$))\\b`,
    `\\b(?:get|fetch|bring|call|ask|find) (?:me |us )?(?:your|the|an?|another|one of your) (?:manager|supervisor|boss|colleague|coworker)s?\\b(?! (?:of mine|at my|in my))`,
    "^(?:(?:ok|yes|no|please|just|now|can you|could you|i said) )*(?:transfer|transfer me|connect me|escalate)(?: (?:please|now|me|it))*[ .!?]*$",
    "\\b(?:want|need|like|would like) (?:this|it|my \\w+|the \\w+)(?: to be)? escalated\\b",
    "\\b(?:can|could|will|would|please|just|to)(?: you)?(?: please| just)? (?:forward|transfer|redirect|connect|patch) (?:me|us)\\b(?! (?:the|an?|my|your|that|this|some|\\d|to my|to the (?:app|wifi|internet)))",
    "\\bescalate (?:to|up)\\b",
    `\\bto be (?:speaking|talking) (?:to|with) ${WHO}`,
    `^(?:talking|speaking|chatting)(?: (?:to|with))? (?:an? |the )?(?:${ADJ} )*${STRONG}[ .!?]*$`,
    "\\bis there (?:really |truly )?(?:no one|nobody|no person|no human)(?: \\w+)? (?:i can|i could|to) (?:speak|talk)",
    "\\bwhy (?:do|will|can|would) (?:not you|you not) (?:just )?(?:get|give|find|send|connect|transfer|pass|put) (?:me|us|one)\\b",
    "\\b(?:escalate|escalating) (?:me|us|my (?:call|case|issue|problem|complaint)|this(?: \\w+)?|the (?:call|issue|case|matter)|it)\\b",
    `\\b(?:get|reach|call|contact|phone|ring|dial|page|summon|find|fetch|bring|grab|involve)(?: (?:me|us|in|out|in touch|in contact|ahold|a hold|hold|through|with|of|on|please|on the (?:line|phone)|for me|help from))* (?:to )?(?:${WHO_STRONG}|${REAL_WHO})`,
    `\\b(?:give|provide|send|assign|hand|pass|find|get|fetch|bring) (?:me|us)(?: (?:to|with|over|on))* (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:${ADJ} )*(?:managers?|persons?|people|adviso?e?rs?|assistant|asistant|boss)\\b)`,
    `\\b(?:get|give|pass|send) (?:me|us)(?: (?:to|over to|on to))? (?:someone|somebody)(?: else)?\\b`,
    `\\b(?:get|put me|getting)(?: (?:me|us))?(?: (?:hold of|ahold of|a hold of|in touch with|in contact with|through to|to|over to|on with|through with))+ ${WHO}`,
    `\\b(?:contact|reach|call|phone|bring|fetch|${TALKING})(?: (?:to|in))? (?:${DET} )?(?:${ADJ} )*(?:managers?|supervisor|persons?|advis[eo]r|assistant|asistant)\\b(?! (?:to my|on my))`,
    `\\b(?:contact|reach|${TALKING}) (?:fucking |damn )?(?:someone|somebody|anyone)\\b`,
    // want a person
    `\\b${WISH}(?: (?:to have|to get|to see|have|get|help from|assistance from|an answer from|service from))* (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:${ADJ} )*(?:person|manager|boss)\\b(?! (?:on|in|to my|who is|near|for my|of|at (?:my|the))))`,
    `\\b(?:want|need|like|rather|wish|ask|refund|help|assistance|support|assist|answer|service)(?: \\w+){0,6} (?:from|by) (?:an?|your|another|some|any|the)? ?(?:${ADJ} )*(?:agent|person|human|representative|operator|supervisor|manager|rep)\\b`,
    `\\b(?:can|could|may|would|will|let) (?:an?|the|your|some|another) (?:${ADJ} )*(?:human|person|agent|representative|operator|manager|supervisor|rep)(?: \\w+)? (?:help|assist|answer|talk|speak|call|handle|take|look|deal|contact|fix|do|resolve|check|please|pick up|jump in|step in|listen)`,
    `\\b(?:can|could|may|might|should) (?:i|we)(?: (?:please|kindly))? (?:have|get|see|request|ask for)(?: (?:please|help from|to))* (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:${ADJ} )*(?:person|manager)\\b(?! (?:on|to my|in|near)))`,
    // is there a person
    `\\b(?:(?:is|are|isn|aren|if|whether)(?: not)? ?(?:there|their|ther|theree)(?: is| are)?|do (?:not )?you(?: guys| all| even)? (?:not )?have|(?:have )?you (?:not )?got|have (?:not )?you(?: got)?)(?: (?:any|a|an|some|no|not|the|your|available|like))* (?:${STRONG}|managers?|supervisors?|${REAL_WHO}|(?:${ADJ} )+(?:persons?|people|one)\\b)(?! (?:fee|near|nearby|in))`,
    `\\b(?:(?:is|are|isn|if|whether)(?: not)? ?(?:there|their)(?: is| are)?|do you have)(?: (?:a|an|any|some|another))? (?:person|people|${NOUN})(?: (?:there|here|available|around|good|out|that|who|whom|i|we|could|can|to|with|may|actually|might|else))* (?:speak|talk|chat|contact|connect|discuss)`,
    "\\b(?:is|if) ?(?:there|their|theree)(?: is)? (?:someone|somebody|anyone|anybody|any person|a person|an agent)(?: \\w+)? (?:available|around|there|on duty|working)",
    "\\bis (?:someone|somebody|anyone|anybody) (?:available|there i)\\b",
    `\\bwhere (?:is|are|do i (?:find|get))(?: (?:all|the|a|an|your))* (?:${REAL_WHO}|humans?|operator|representative|(?:customer|live) (?:service|support))`,
    `\\b(?:anyone|anybody|someone|somebody|person)(?: (?:real|live|human|there|here|else|who|that|i|can|could|available))* (?:i|we)? ?(?:can|could|may)? ?(?:speak|talk|chat) (?:to|with)`,
    "\\bis (?:anyone|anybody|somebody|someone) (?:real|human|alive)\\b",
    // someone else
    "\\b(?:can|could|may) (?:somebody|someone|anyone|anybody) else (?:please )?(?:help|take|handle|assist|look|deal|talk|speak|answer|do|check)\\b",
    "\\b(?:can|could|may|let|let us|want|need|like|please|rather|i) (?:i |me |to )?(?:speak|talk) (?:to|with) (?:someone|somebody|anyone|anybody)\\b",
    `\\b(?:handled|dealt with|done|answered|resolved|checked|looked at|helped|assisted|served) by (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:${ADJ} )*person)`,
    `\\b(?:asking|beg|begging|request|application|plea|ask)(?: \\w+){0,3} for (?:${WHO_STRONG}|${REAL_WHO})`,
    `\\b(?:hear|hearing) from (?:${WHO_STRONG}|${REAL_WHO})`,
    "^(?:\\w+ ){0,3}(?:i )?(?:want|need|would like|wish) to (?:speak|talk)[ .!?]*$",
    // a call by a person
    `\\b(?:have|get|ask|tell|make|can|could|would|please|want|need|let|like)(?: (?:please|i|like|you|to have|have))* (?:${WHO})(?: (?:from|in|at|of|on) \\w+ \\w+)? (?:to )?(?:please )?(?:call|phone|ring|contact|reach|text|email|get back to|speak to|talk to|reach out to)(?: out)?(?: to)?(?: me| us)`,
    `\\b(?:need|want|like|request|get|have|expect|schedule|arrange)(?: \\w+){0,3} (?:call|phone call|callback|call back)s? (?:back )?from ${WHO}`,
    "\\b(?:want|need|like|prefer|get me|give me) (?:someone|somebody) (?:who|that) (?:speaks?|understands?|knows?|actually|can (?:actually |really )?(?:help|understand|fix|speak|do|solve))",
    "\\b(?:would like|would prefer|want|need) (?:someone|somebody|a person|a human) to (?:please )?(?:help|assist|explain|talk|speak|listen|walk me|handle|take over|look (?:at|into))(?: (?:me|us|to|with|through|this|it|at|into))",
    "\\b(?:like|want|need|have|let) (?:someone|somebody) else (?:to )?(?:handle|help|take|deal|look|assist)",
    "\\b(?:can|could|may) i (?:please )?(?:get|have) (?:someone|somebody) else\\b",
    `\\bis (?:an?|any|your|the|one of your) (?:${ADJ} )*(?:human|person|agent|representative|operator|supervisor|manager)s? (?:available|there|around|free|here)|\\bany (?:${ADJ} )*(?:human|person|agent|representative|operator)s? (?:available|there|around|free|here)`,
    `\\bpress (?:\\w+ )?(?:for|to (?:speak|talk|reach|get))(?: (?:to|with))? ${WHO}`,
    "\\b(?:off|out of|away from|rid of) (?:of )?this (?:stupid |damn |fucking )?(?:machine|bot|robot|menu|loop|ai|automated \\w+|phone tree)\\b",
    "\\btransfer (?:the|my|this) call\\b",
    "\\b(?:appreciate|be (?:great|good|nice|better)|love|prefer|helpful)(?: it)?(?: if| that)? (?:an?|the|some|one of your) (?:\\w+ )?(?:person|human|agent|representative|people|manager|supervisor|colleagues?) (?:could|would|can|will|to|called|helped|spoke|talked|looked)",
    "\\b(?:god|sake|please|just|now|me|give|get|want|need|then|yes) (?:an? |the )?(?:real|live|actual|human|living) (?:human|person|agent|being|representative|one) ?(?:please|now)?[.!?]*$",
    "\\b(?:god|sake|please|just) an? (?:human|agent|person|representative|operator)[.!?]*$",
    `\\b(?:chances?|option|choice|way|possibility|possible|hope)(?: \\w+){0,2} (?:getting|get|speaking|speak|talking|talk|reaching|reach)(?: \\w+){0,2}? (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )(?:person|manager)\\b)`,
    "\\b(?:someone|somebody) (?:needs? to|has to|should|must|please) (?:call|contact|phone|ring) (?:me|us)\\b",
    "\\b(?:want|need|like|get me|send me|connect me|give me|please) (?:to )?(?:someone|somebody) from (?:your|the|customer)\\b|^(?:someone|somebody) from (?:your|the) (?:\\w+ ){0,2}\\w+ please",
    // "… none of this helps, human"
    "\\b(?:helping|working|listening|time|menu|said|bots?|ai|machine|robots?|useless|no|stop|enough|anymore|already|pointless|out|first|instead) (?:human|agent|operator|representative|real person|live agent|live person)(?: please| now)?[ .!?]*$",
    // not a machine
    `\\b(?:(?:stop|sick of|tired of|fed up with|enough of|done|no more|quit|rather not|refuse to|instead of)|(?:not|never) (?:want|like|need|wish|care|going|interested))(?: (?:to|in|be|keep|with|for|just|even))*(?: (?:speak|speaking|talk|talking|chat|chatting|deal|dealing|communicate|communicating|interact|interacting|discuss|argue|arguing|waste|work|working|do(?:ing)? (?:this|it|that|business))(?: (?:to|with|this|my \\w+|about \\w+|\\w+ time))*)?(?: (?:an?|the|this|these|your|some|any|you|stupid|fucking|damn|another|dumb|freaking|all|useless))*(?: ${MACHINE})(?! (?:error|crash|card|account|has|is|does|update))`,
    `\\b(?:hate|dislike|can not stand)(?: (?:having|to|being))* (?:speak|speaking|talk|talking|chat|chatting|deal|dealing|arguing) (?:to|with)(?: (?:an?|the|these|this|your|stupid|damn))* ${MACHINE}|\\b(?:hate|can not stand) (?:these|this|your|the)? ?(?:stupid |damn |fucking )?(?:bots?|robots?|automated \\w+|ai|chat ?bots?)\\b`,
    `\\bnot (?:speak|speaking|talk|talking|chat|deal|dealing) (?:to|with)(?: \\w+)? ${MACHINE}`,
    `^(?:\\w+ ){0,3}no (?:more )?(?:ro?bots?|bots?|machines?)\\b`,
    "\\bnot (?:want|like|wish|going|gonna|interested)(?: (?:to|in))* (?:speak|talk|talking|speaking|chat|chatting|deal|dealing) (?:to|with) you\\b",
    "\\b(?:human|live|manual) (?:help|assistance|support|service|interaction|intervention|contact|person to|being please|to (?:answer|help|talk|speak|assist))\\b",
    `\\b(?=(?:human|agent|representative|operator|supervisor|manager|person))(?<!is (?:your|the|my) )(?:human|agent|representative|operator|supervisor|manager|person) (?:please|asap|immediately|pls)\\b`,
    `\\b(?:give|get|find|bring) (?:me |us )?(?:a |an )?(?:human|agent|representative|operator|supervisor|live)\\b(?! (?:near|nearby|in|around|fee|number))`,
  ),
  // "They said to ask for an agent, so can I have one."
  anyway: oneClause(
    ...ENGLISH_PREFERRING,
    `${HAVING_NAMED}(?:can|could|will|would) you (?:please )?(?:get|put|connect|transfer|patch) me (?:back )?(?:through )?(?:to|with) (?:him|her|them)\\b`,
    `\\b(?=(?:i|we) )${OWN_WORDS}(?:i|we) ${WISH_NOW} (?:to )?(?:get |have |see )?(?:his|her|their) (?:manager|boss|supervisor|superior)s?\\b(?! (?:is|was|to|name))`,
    `\\b(?:spoke|talked|speaking|talking) (?:to|with) (?<known>\\w+)\\b.{0,60}\\b(?:want|need|like) to (?:speak|talk) (?:to|with) \\k<known>\\b`,
    `\\b(?:${STRONG}|manager|person|someone|somebody|department|team)\\b.{0,60}\\b(?:can|could|may|shall) (?:we|i|you) (?:please )?do (?:that|it|so)\\b`,
    `\\b(?=(?:can|could|will|would) you\\b)${OWN_WORDS}(?:can|could|will|would) you (?:please |just )*(?:transfer|connect|put|send|patch|forward|reconnect) me (?:there|over|through|back|now|please|again|[.!?]*$)`,
    `^(?:\\w+ ){1,5}?(?:said|told (?:me|us)|advised (?:me|us)|instructed (?:me|us)) to (?:call (?:you|here|this number|back|in)(?: (?:and|to))? )?(?:ask for|request) (?!(?:my|a refund) )${WHO}[ .!?]*$`,
    // A wish, question or order of the caller's own, to the one who listens
    `\\b(?=(?:i|we) )(?:${OWN_WORDS}(?:i|we) |${SAID_TO_YOU}(?:i|we) )${WISH_NOW} (?:please )?(?:(?:speak|talk|chat|complain|speaking|talking|be (?:connected|transferred|put through|passed))(?: (?:directly|now|again|back))*(?: (?:to|with|through))+ (?:(?!(?:my|our|his|her|their) )${WHO}|(?:his|her|their) (?:supervisor|manager|boss|superior)s?)|${LINK} (?:me|us)(?: \\w+){0,3}? ${WHO}|(?:${WHO_STRONG}|${REAL_WHO}|an? (?:\\w+ )?(?:person|manager))\\b(?! (?:told|said|says|was|had|who|i|to my)\\b))`,
    `\\b(?=(?:can|could|may) (?:not )?(?:i|we)\\b)${OWN_WORDS}(?:can|could|may) (?:not )?(?:i|we) (?:please |just |at least |now )*(?:speak|talk|chat)(?: (?:directly|now|please))*(?: (?:to|with))+ (?:${WHO}|${TOLD_OF_BEFORE})\\b`,
    `\\b(?=(?:can|could|will|would) you\\b)${OWN_WORDS}(?:can|could|will|would) you (?:please |just |at least |now |kindly )*(?:${LINK}|let) (?:me|us)\\b(?: \\w+){0,4}? (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:person|manager|someone|somebody|boss|department|team|advis[eo]r|specialist)|${TOLD_OF_BEFORE})\\b`,
    `\\b(?=(?:${LINK}|let) (?:me|us)\\b)${CLAUSE_HEAD}(?:${LINK} (?:me|us)(?: (?:please|now|back|over|through|to|with|in touch))*|let (?:me|us) (?:please )?(?:speak|talk)(?: (?:to|with))*) (?:${WHO_STRONG}|${REAL_WHO}|(?:${DET} )?(?:person|manager|someone|somebody|boss|department|team|advis[eo]r|specialist)|(?:his|her|their|your) (?:boss|manager|supervisor|superior)|another one|a different one|(?<=to |with )(?:one|another|him|her|them))\\b(?! (?:who|and then|but|because|that) )`,
    `\\b(?:asked|asking|told|telling|begged|begging) you(?: \\w+){0,4} (?:to|for)(?: (?:transfer|connect|put|get|give|let|pass))?(?: (?:me|us|through|to|with|speak|talk|have))* ${WHO}`,
    `\\b(?:i|we) (?:keep|kept|am still|was) asking (?:you )?for ${WHO}(?=.*\\byou\\b)`,
    `\\bwhere is (?:my|that|the) (?:agent|representative|supervisor|manager|human|operator|advis[eo]r|person i asked for)\\b(?! (?:located|based|from))`,
    `\\b(?:${STRONG}|manager|person|someone|somebody)\\b.{0,40}\\b(?:please do(?: (?:so|it|that))?|go ahead(?: and do (?:it|that|so))?|do it then|i would like (?:to do )?that|i want (?:to do )?that|that is what i (?:want|am doing|would like|need)|this is what i want)[ .!?]*$`,
    `${HAVING_NAMED}${OWN_WORDS}\\b(?:(?:i|we) ${WISH_NOW} (?:speak|talk)(?:ing)?(?: (?:to|with))+ (?:${TOLD_OF_BEFORE}|him|her|them|one)\\b|(?:can|could|may) (?:not )?(?:i|we|you) (?:please )?(?:get|have|speak to|talk to|speak with|talk with)(?: (?:me|us))? (?:him|her|them|one(?: of them)?|${TOLD_OF_BEFORE}) ?(?:back|again|on|now|please|[ .!?]*$))`,
    `${HAVING_NAMED}(?:(?:i|we|and) (?:also |now |still )?(?:need|want|would like) to (?:speak|talk) (?:to|with) (?:him|her|them|one|the same one))\\b`,
    `\\b(?:connect|get|put|transfer|let) (?:me|us) (?:to |with |through to |back to |talk to |speak to )*the (?:${NOUN}) (?:that |who |whom )?i (?:had |just |last |was )*(?:spoke|talked|spoken|talking|speaking|chatted|dealt|had)\\b`,
    // All that is said: what they were told to ask for is what they now ask for
    `^(?:\\w+ ){0,4}?(?:i|we) (?:was|were|am|have been|got|had been) (?:just |also )?(?:told|instructed|advised|asked|directed|informed|supposed) to (?:please )?(?:ask|call(?: back)?(?: (?:and|to))? (?:ask|request|speak|talk)|request|speak|talk|get|contact)(?: (?:here|you|in))?(?: (?:for|to|with))* ${WHO}[ .!?]*$`,
    `\\b(?:told you|again|me menus|menus|options|nonsense|the same thing|said it already|said) (?:human|agent|operator|representative|supervisor|live agent|real person)[ .!?]*$`,
    `\\b(?:so|then|now|here i am|doing) (?:an? |the )?(?:${ADJ} )*(?:${STRONG}|manager|person) please[ .!?]*$`,
    "\\b(?:appreciate|be (?:great|good|nice|better|grateful)|love|prefer|helpful)(?: it)?(?: if| that)? (?:an?|some|one of your) (?:\\w+ )?(?:person|human|agent|representative|people|manager|supervisor|colleagues?) (?:could|would|can|will|to) (?:call|help|speak|talk|look|handle|assist|explain)",
    "\\b(?:agent|representative|rep|supervisor|manager|person|human|operator|lady|guy)\\b.{0,60}\\b(?:why (?:do|will|can) not you (?:get|give|find|send)(?: me)?|(?:can|could|may) i (?:please )?(?:have|get|talk to|speak to)|(?:please )?(?:get|give|find|connect|pass) me(?: to| with)?|i (?:want|need)) (?:please )?(?:one|another one|a different one|another|someone else)\\b(?! (?:more|time|thing|of (?:my|the)|day|card))",
  ),
  freely: { hint: FREELY_HINT, ask: oneClause(...ENGLISH_ASKS) },
  polite: POLITE,
  whole: OUTRIGHT,
  bare: new RegExp(
    `^(?:(?:hi|hello|hey|yes|yeah|yep|no|nope|please|ok|now|again|i said|sorry|excuse me|thanks(?! for)|sir|maam|ma'am|come on|for god is sake|for the love of god|zero|0|good (?:morning|afternoon|evening)|ugh|stop|wait|listen|to|the|with|for)[ .!?]*)*(?:(?:an?|the|your|some|any|another|${ADJ}) )*(?:${STRONG}|persons?|people|managers?|advis[eo]r|(?:someone|somebody) (?:with authority|in charge|higher(?: up)?|senior|real)|front desk|reception|assistance from (?:a )?(?:human|person|agent)|real one|someone real|customer (?:agent|service|support|care|representative|rep|help)(?: (?:agent|rep|representative|department|person|team|line))?|live (?:agent|person|human|help|support)|operator)(?:[ .!?]*(?:please|now|sir|thanks|thank you|immediately|asap|right now|already|for me|agent|human|person|representative|operator|help|here|over here|line|pls|mate|i said))*[ .!?]*$`,
    "u",
  ),
};
