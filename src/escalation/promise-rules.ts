import { type Clauses, oneOf } from "../scoring/clauses/clauses.ts";
import type { Language } from "../scoring/language.ts";

/** On a folded sentence: lower case, no diacritics, no commas. */
export type PromiseRules = {
  /** Clauses that only ask or offer; taken out before the others are tried. */
  readonly offer: Clauses;
  readonly person: Clauses;
  readonly callback: Clauses;
  readonly time: Clauses;
};

/** The rest of a clause: up to a conjunction that may open a promise. */
const upTo = (...conjunctions: readonly string[]): string => `(?:(?! (?:${conjunctions.join("|")}) ).)*`;
const rest = {
  en: upTo("and", "but", "so", "then"),
  es: upTo("y", "pero", "asi que"),
  fr: upTo("et", "mais", "donc"),
  de: upTo("und", "aber"),
  pt: upTo("mas", "entao", "e vou", "e estou", "e ja"),
  it: upTo("ma", "quindi", "e la", "e ti", "e sto"),
} as const;

// English. WHO can be promised; WILL announces; MOVE is what is done with the caller.
const WHO =
  "(?:someone|somebody|(?<!no )one of (?:our|my|the)(?: \\w+){1,3}|(?:an?|the|our|my|another|your)(?: \\w+){0,3} (?:person|human|agent|representative|rep|specialist|colleague|supervisor|manager|advis[eo]r|expert|operator|associate|team ?mate|staff)|(?:an?|the|our|my)(?: \\w+){0,2} (?:team(?: member)?|member of (?:our|the)(?: \\w+)? (?:team|staff))|they|(?<!no )human help|help)";
const WILL = "(?:'ll| will| is going to| are going to|'s going to|'re going to| is about to| should| shall)";
const SOON =
  "(?: (?:now|just|right|go ahead and|be able to|also|then|gladly|happily|quickly|personally|immediately|shortly|soon|try to))*";
const I =
  "(?:i'll|i will|i'm going to|i am going to|i'm gonna|i shall|we'll|we will|we're going to|we are going to|let me|let's|allow me to|let us)";
const MOVE =
  "(?:connect|transfer|forward|redirect|route|switch|patch|hand|pass|put|move|send|link|escalate|bring|direct)";
const MOVED = "(?:connected|transferred|forwarded|redirected|routed|put through|patched|handed|passed|escalated)";
const MOVING =
  "(?:connecting|transferring|forwarding|redirecting|routing|patching|handing|passing|putting|escalating|switching)";
const CALLER =
  "(?:you|your call|this call|the call|this (?:over|to)|your (?:case|issue|request|question)|this (?:case|issue|matter))";
const SPAN =
  "(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|a few|a couple of|\\d+)(?: (?:to|or) (?:\\w+))?(?: more)? (?:seconds?|minutes?|mins?|hours?|moments?|business days?|days?)";

const en: PromiseRules = {
  offer: oneOf(
    `\\b(?:would|do|did) you (?:like|want|prefer|wish|need|rather)\\b${rest.en}`,
    `\\b(?:shall|should|can|could|may|might) (?:i|we)\\b${rest.en}`,
    `\\bif (?:you|you'd|you would)(?: \\w+)? (?:like|want|prefer|wish|need|rather)\\b${rest.en}`,
    `\\b(?:i|we) (?:can|could|may|might)\\b(?!.*\\b(?:right now|right away|immediately)\\b)${rest.en}`,
    `\\b(?:see|check|find out) (?:if|whether)\\b${rest.en}`,
    `\\b(?:no one|nobody|none of)\\b${rest.en}`,
  ),
  person: oneOf(
    `\\b${I}${SOON} ${MOVE} ${CALLER}\\b`,
    `\\b${I}${SOON} (?:get|find|fetch|grab|bring|call|ask|have|reach|notify|alert|loop in|page)(?: you| in| over| for)? ${WHO}(?! (?:call|phone|ring|contact))`,
    `\\b(?:i'm|i am|we're|we are)${SOON} ${MOVING} ${CALLER}\\b`,
    `^(?:ok |okay |sure |alright |thanks |thank you |great |perfect |now |one moment )*${MOVING} ${CALLER}\\b`,
    `\\b(?:i'm|i am|we're|we are)${SOON} (?:getting|finding|bringing|fetching|calling|asking)(?: you| in)? ${WHO}`,
    `\\byou(?:'ll| will| are going to|'re going to)${SOON} (?:be${SOON} (?:${MOVED}|speaking|talking|with)|(?:speak|talk|hear) (?:to|with|from) ${WHO}|reach ${WHO})`,
    `\\b(?:you(?:'re| are)|your call is)${SOON} being${SOON} ${MOVED}\\b`,
    `\\b${WHO}${WILL}${SOON} (?:be (?:with|right|on|here|joining|taking|speaking|helping|assisting)|join|take|pick|assist|help|speak|talk|answer|come|jump|handle|attend)\\b`,
    `\\b${WHO}(?:'s| is| are)${SOON} (?:on (?:the|their|its|his|her) (?:line|way)|joining|coming|available|ready|free|about to)\\b`,
    "\\b(?:please )?(?:hold|stay|remain|wait)\\b(?: \\w+){0,6} (?:while|as|until|till) (?:i|we|you|someone|an?|they)\\b(?!.* (?:check|look|pull|search|find (?:your|the|that)|verify|open|load))",
    "\\b(?:while|before|once|until|when|as soon as) (?:i|we) (?:connect|transfer|put|pass|hand|get) (?:you|your call|someone)\\b",
    `\\b(?:i've|i have|we've|we have)${SOON} (?:(?:transferred|connected|escalated|forwarded|passed) (?:you|your|this|it)|(?:asked|notified|alerted|requested|found|got|reserved|arranged for) ${WHO})`,
    "\\byou(?:'re| are) (?:being )?(?:put|going) through\\b",
    "\\b(?:the |your )?(?:transfer|connection|call) is (?:in progress|on its way|underway|under way|going through)\\b",
  ),
  callback: oneOf(
    `\\b(?:${WHO}|i|we)${WILL}${SOON} (?:(?:call|ring|phone|contact|telephone|text|e ?mail) you|get back (?:to|with) you|reach out|reach you|follow up|be (?:calling|contacting|in (?:touch|contact)|reaching)|return your call|give you a (?:call|ring|buzz))\\b`,
    "\\byou(?:'ll| will| should| can expect| are going to|'re going to)(?: \\w+){0,2} (?:get|receive|have|hear)? ?(?:an?|your)?(?: \\w+){0,2} ?(?:call ?back|phone call|call from|call within|return call|contacted|called back|hear from us|hear back)\\b",
    "\\bexpect (?:an?|our|the)(?: \\w+)? (?:call|callback|call back|contact)\\b",
    `\\b${I}${SOON} (?:schedule|book|arrange|set up|request|organi[sz]e|log|register|place|put (?:you )?(?:in|down))(?: you| for)*(?: an?| the| your)?(?: \\w+)? ?call ?back`,
    `\\b${I}${SOON} (?:have|get|ask|make sure) ${WHO}(?: to)? (?:call|ring|phone|contact|reach|get back|follow up|calls|contacts|reaches)\\b`,
    "\\b(?:i've|i have|we've|we have|i'm|i am)(?: \\w+)? (?:scheduled|booked|arranged|set up|requested|scheduling|booking|arranging)(?: an?| the| your)?(?: \\w+)? ?call ?back",
    "\\bcall ?back(?: request)?(?: is| has been|'s)(?: now)? (?:scheduled|booked|arranged|set|confirmed|on its way)\\b",
  ),
  time: oneOf(
    `\\b(?:wait(?:ing)?(?: time)?|hold time)(?: \\w+)?(?: is| will be|'s|:| should be| of)(?: \\w+){0,3} ${SPAN}`,
    `\\b(?:connected|through|with you|on the line|help you|someone|agent|representative|specialist|person|colleague|call(?:ing|ed)? you(?: back)?|wait|hold|line)\\b(?: \\w+){0,5} (?:in|within|under|less than|for|about)(?: \\w+){0,3} ${SPAN}`,
    `\\b(?:in|within)(?: the next| about| under| less than)?(?: \\w+)? ${SPAN}(?: \\w+){0,4} (?:someone|agent|representative|specialist|person|colleague|connected|call you)`,
    "\\b(?:you(?:'re| are)|your (?:place|position) is) (?:now )?(?:number|next|first|second|third)\\b(?: \\w+){0,2}(?: in| up)?",
    "\\b(?:it|this|that) (?:won't|will not|shouldn't) (?:be|take) (?:long|more than a)\\b",
  ),
};

const es: PromiseRules = {
  offer: oneOf(
    "¿[^?]*\\??",
    `\\b(?:quiere|quieres|desea|deseas|le gustaria|te gustaria|prefiere|prefieres|quisiera)\\b${rest.es}`,
    `\\bsi (?:quiere|quieres|lo desea|desea|prefiere|gusta|lo prefiere|le parece)\\b${rest.es}`,
    `\\b(?:puedo|podemos|podria|podriamos)\\b${rest.es}`,
    `\\bno (?:le |te |lo |la |me |es posible |puedo |podemos |voy a |vamos a |hay )+${rest.es}`,
    `\\b(?:nadie|ningun[oa]?)\\b${rest.es}`,
    `\\b(?:ver|comprobar|verificar|consultar) si\\b${rest.es}`,
  ),
  person: oneOf(
    "\\b(?:le|te|lo|la|los|os|les) (?:voy a |vamos a |estoy |estamos |hemos |he )?(?:paso|pasare|pasar|pasando|pasamos|pasado|comunico|comunicare|comunicar|comunicando|conecto|conectare|conectar|conectando|conectamos|conectado|transfiero|transferire|transferir|transfiriendo|transferimos|transferido|pongo|pondre|poner|poniendo|derivo|derivare|derivar|derivando|dirijo|dirigire)\\b",
    "\\b(?:voy|vamos) a (?:pasar|comunicar|conectar|transferir|derivar|poner)(?:le|te|lo|la|los|os)\\b",
    "\\b(?:voy|vamos) a (?:pasar|transferir|conectar) (?:su|tu|la) llamada",
    "\\b(?:voy|vamos) a (?:buscar|avisar|llamar|pedir)(?:le)? a? ?(?:alguien|un(?:a)? (?:\\w+ )?(?:persona|agente|companer[oa]|especialista|representante|asesora?|operadora?|supervisora?))",
    "\\b(?:transfiero|transferire|paso|pasare|estoy (?:transfiriendo|pasando|conectando)) (?:su|la|tu) llamada\\b",
    "\\b(?:conectandol[eoa]|pasandol[eoa]|transfiriendol[eoa]|comunicandol[eoa]|conectandote|pasandote)\\b",
    "\\b(?:alguien|un(?:a)? (?:\\w+ )?(?:persona|agente|companer[oa]|especialista|representante|asesora?|operadora?|supervisora?)|mi companer[oa]|nuestro equipo)(?: \\w+){0,3} (?:le|te|lo|la|se|va a|esta|estara|atendera|ayudara|viene)\\b",
    "\\b(?:sera|seras) (?:transferid|conectad|atendid|derivad)[oa]",
    "\\b(?:espere|espera|permanezca|mantengase|no cuelgue|quedese)\\b(?: \\w+){0,5} (?:mientras|hasta que)",
    "\\b(?:antes de|mientras|cuando|en cuanto) (?:le |te |lo |la )?(?:paso|pase|pasar|conecto|conecte|conectar|transfiero|transfiera|transferir|comunico|comunicar)(?:le|te|lo|la)?\\b",
  ),
  callback: oneOf(
    "\\b(?:le|te|lo|la|os|les) (?:van? a |vamos a |voy a )?(?:llamar(?:an?|e\\w*)?|devolver(?:an?|e\\w*)?|contactar(?:an?|e\\w*)?)\\b",
    "\\b(?:se (?:pondr\\w+|comunicar\\w+)|nos (?:pondremos|comunicaremos)|me (?:pondre|comunicare)) (?:en contacto|con)",
    "\\b(?:recibira|recibiras|tendra) (?:una|su|tu) (?:llamada|devolucion)",
    "\\b(?:he|hemos|voy a|vamos a|queda|esta|ha sido)(?: \\w+)? (?:programa\\w+|agenda\\w+|reserva\\w+|solicita\\w+)(?: \\w+){0,2} (?:llamada|devolucion)",
    "\\b(?:programare|agendare|reservare|solicitare) (?:una|su|la) (?:llamada|devolucion)",
    "\\bllamada(?: de vuelta)? (?:queda|esta|ha sido|ha quedado) (?:programada|agendada|confirmada)",
  ),
  time: oneOf(
    "\\b(?:tiempo de espera|espera)(?: \\w+)? (?:es|sera)(?: \\w+){0,3} \\w+ (?:segundos?|minutos?|horas?)",
    "\\b(?:en|dentro de)(?: \\w+){0,3} (?:segundos?|minutos?|horas?)(?: \\w+){0,3} (?:le|te|lo|la|alguien|atender\\w+|llamar\\w+)",
    "\\b(?:alguien|atendera|agente|linea|persona|companer[oa])\\b(?: \\w+){0,4} (?:en|dentro de)(?: \\w+){0,3} (?:segundos?|minutos?|horas?)",
    "\\b(?:es|sera) (?:el|la) (?:siguiente|proxim[oa])\\b",
  ),
};

const fr: PromiseRules = {
  offer: oneOf(
    `\\b(?:voulez|souhaitez|desirez|preferez|aimeriez|voudriez) vous\\b${rest.fr}`,
    `\\b(?:vous (?:voulez|souhaitez|preferez|aimeriez|voudriez)|est ce que vous|puis je|dois je|pouvons nous|est ce que je (?:peux|dois))\\b${rest.fr}`,
    `\\bsi vous (?:le )?(?:voulez|souhaitez|preferez|desirez)\\b${rest.fr}`,
    `\\b(?:je (?:peux|pourrais)|nous (?:pouvons|pourrions))\\b${rest.fr}`,
    `\\b(?:je|nous) n(?:e |')(?:\\w+ ){1,3}(?:pas|plus|personne)\\b${rest.fr}`,
    `\\b(?:personne|aucun|aucune)\\b${rest.fr}`,
    `\\b(?:voir|verifier|regarder) si\\b${rest.fr}`,
  ),
  person: oneOf(
    "\\b(?:je|nous|on) (?:vais|allons|va)(?: \\w+){0,2} vous(?: \\w+)? (?:passer|transferer|connecter|mettre en|diriger|rediriger|orienter)\\b",
    "\\b(?:je|nous|on) (?:vais|allons|va)(?: \\w+){0,3} (?:passer|transferer|basculer) votre appel",
    "\\b(?:vais|allons|va)(?: \\w+){0,2} (?:chercher|appeler|trouver|demander a|prevenir) (?:quelqu'un|une? (?:\\w+ )?(?:personne|agent|conseillere?|collegue|responsable))",
    "\\bje (?:vous|te) (?:passe|passerai|transfere|transfererai|connecte|connecterai|mets|mettrai|redirige|oriente|dirige|cherche|trouve)\\b",
    "\\b(?:nous|on) vous (?:passons|transferons|connectons|mettons|passe|transfere|met|dirige)\\b",
    "\\bje (?:transfere|passe|bascule) (?:votre|l')(?: ?appel)?",
    "\\bvous (?:allez|serez|etes)(?: \\w+){0,3} (?:mis en (?:relation|contact|communication)|transfere\\w*|connecte\\w*|parler|(?:en ligne )?avec)",
    "\\b(?:quelqu'un|un(?:e)? (?:\\w+ )?(?:personne|agent|agente|conseillere?|collegue|specialiste|representante?|operat\\w+|responsable)|mon collegue|ma collegue|notre equipe)(?: \\w+){0,2} (?:va|vous|arrive|prend\\w*|sera|est (?:en|disponible))\\b(?!.* rappel)",
    "\\b(?:restez|patientez|ne quittez|veuillez (?:patienter|rester))\\b(?: \\w+){0,5} (?:pendant|le temps|jusqu|je vous)",
    "\\b(?:avant|pendant) (?:de |que )(?:je )?(?:vous )?(?:passe\\w*|transfer\\w*|connect\\w*|mett\\w*)",
    "\\b(?:mise en relation|transfert) (?:en cours|est en cours)",
  ),
  callback: oneOf(
    "\\b(?:on|nous|quelqu'un|un(?:e)? \\w+|je|il|elle|notre equipe|mon collegue|un(?:e)? \\w+ \\w+)(?: \\w+){0,2} (?:vous )?(?:va|vais|allons|rappel\\w*|contactera\\w*|contacterons|recontacte\\w*|joindra)(?: vous)? ?(?:rappeler|contacter|recontacter|joindre)?(?<=rappel\\w*|contact\\w*|recontact\\w*|joind\\w*)",
    "\\bvous (?:serez|allez etre|recevrez|aurez)(?: \\w+){0,3} (?:rappele\\w*|contacte\\w*|recontacte\\w*|appel|rappel)",
    "\\b(?:rappel|appel)(?: \\w+){0,2} (?:est|a ete) (?:programme|planifie|prevu|enregistre|confirme)",
    "\\b(?:je|nous|j'ai|nous avons)(?: \\w+){0,2} (?:programme\\w*|planifi\\w*|organis\\w*|enregistr\\w*|prevu\\w*|prevoi\\w*|demand\\w*)(?: \\w+){0,2} (?:rappel|appel)",
    "\\bje (?:vais|vous)(?: \\w+){0,2} (?:programmer|planifier|organiser|faire) (?:un|votre|vous)? ?(?:rappel\\w*)",
  ),
  time: oneOf(
    "\\b(?:temps d'attente|attente)(?: \\w+)? (?:est|sera)(?: \\w+){0,3} \\w+ (?:secondes?|minutes?|heures?)",
    "\\b(?:dans|d'ici|sous)(?: \\w+){0,3} (?:secondes?|minutes?|heures?)(?: \\w+){0,3} (?:quelqu'un|vous|conseiller)",
    "\\b(?:quelqu'un|conseillere?|agent|ligne|relation|avec vous)\\b(?: \\w+){0,4} (?:dans|d'ici|sous)(?: \\w+){0,3} (?:secondes?|minutes?|heures?)",
    "\\bvous etes (?:le |la )?(?:prochaine?|suivante?|premiere?|numero)\\b",
  ),
};

const de: PromiseRules = {
  offer: oneOf(
    `\\b(?:mochten|wollen|wunschen|wurden) sie\\b${rest.de}`,
    `\\b(?:soll|sollen|darf|kann|konnte|durfte) (?:ich|wir)\\b(?!.*\\b(?:jetzt|gleich|sofort)\\b)${rest.de}`,
    `\\b(?:wenn|falls|sofern) sie (?:\\w+ ){0,3}?(?:mochten|wollen|wunschen)\\b${rest.de}`,
    `\\b(?:ich|wir) (?:kann|konnen|konnte|konnten)\\b${rest.de}`,
    `\\b(?:ich|wir|sie)(?: \\w+){0,4} (?:nicht|niemanden|keinen|keine)\\b${rest.de}`,
    `\\b(?:niemand|keiner|leider (?:kein|nicht))\\b${rest.de}`,
    `\\bob\\b${rest.de}`,
  ),
  person: oneOf(
    "\\bich (?:verbinde|leite|stelle|gebe|reiche|vermittle|ubergebe|transferiere|schalte)(?: \\w+){0,4} (?:sie|ihren anruf|ihr gesprach|ihr anliegen)\\b",
    "\\b(?:verbinde|leite|stelle|vermittle) ich (?:sie|ihren anruf)\\b",
    "\\b(?:ich|wir) (?:werde|werden|wurde)(?: \\w+){0,8} (?:verbinden|weiterleiten|durchstellen|ubergeben|vermitteln|dazuholen|hinzuholen|dazuschalten|(?:jemanden|kolleg\\w+|mitarbeiter\\w*) holen)",
    "\\b(?:werde|werden) (?:ich|wir)(?: \\w+){0,8} (?:verbinden|weiterleiten|durchstellen|ubergeben|vermitteln)",
    "\\bich (?:hole|rufe|suche|besorge|frage|informiere|verstandige)(?: ihnen| jetzt| gleich| nun| mal)* (?:jemanden|eine?n? (?:\\w+ )?(?:kolleg\\w+|mitarbeiter\\w*|mensch\\w*|berater\\w*|person|expert\\w+|spezialist\\w*))",
    "\\bsie (?:werden|sind)(?: \\w+){0,6} (?:verbunden|weitergeleitet|durchgestellt)",
    "\\b(?:wir verbinden|wir leiten|wir stellen) sie\\b",
    "\\b(?:jemand|ein(?:e)? (?:\\w+ )?(?:kolleg\\w+|mitarbeiter\\w*|mensch|berater\\w*|person|expert\\w+|spezialist\\w*)|mein(?:e)? kolleg\\w+|unser team)(?: \\w+){0,2} (?:wird|ist gleich|kommt|ubernimmt|meldet|hilft|kummert|nimmt)\\b(?!.* (?:zuruckruf\\w*|anruf\\w*|zuruck))",
    "\\b(?:bleiben sie|warten sie|einen moment)\\b(?: \\w+){0,5} (?:wahrend|bis|ich (?:verbinde|stelle|leite))",
    "\\b(?:bevor|wahrend|sobald|wenn) (?:ich|wir) sie(?: \\w+){0,4} (?:verbinde|weiterleite|durchstelle|verbinden)",
  ),
  callback: oneOf(
    "\\b(?:ruckruf)(?: \\w+){0,3} (?:ist|wurde|habe|wird) ?(?:\\w+ )?(?:vereinbart|eingetragen|geplant|gebucht|notiert|vorgemerkt)?",
    "\\b(?:vereinbare|plane|buche|notiere|organisiere|veranlasse)(?: ich)?(?: \\w+){0,4} ruckruf",
    "\\b(?:habe|haben|werde|werden)(?: \\w+){0,4} ruckruf",
    "\\b(?:rufe|rufen|ruft|melde|melden|meldet)(?: \\w+){0,6} (?:zuruck|sie an|bei ihnen|ihnen)",
    "\\b(?:wird|werde|werden)(?: \\w+){0,8} (?:zuruckrufen|anrufen|zuruckgerufen|angerufen|kontaktieren|kontaktiert|melden|zuruckmelden)",
    "\\bsie (?:erhalten|bekommen)(?: \\w+){0,5} (?:anruf|ruckruf)",
  ),
  time: oneOf(
    "\\b(?:wartezeit)(?: \\w+)? (?:betragt|ist|liegt)(?: \\w+){0,4} (?:sekunden?|minuten?|stunden?)",
    "\\b(?:in|innerhalb)(?: \\w+){0,4} (?:sekunden?|minuten?|stunden?)(?: \\w+){0,4} (?:jemand|verbunden|bei ihnen|kolleg\\w+|fur sie|ihnen)",
    "\\b(?:jemand|kolleg\\w+|mitarbeiter\\w*|leitung|verbunden|dran)\\b(?: \\w+){0,4} (?:in|innerhalb)(?: \\w+){0,4} (?:sekunden?|minuten?|stunden?)",
    "\\bsie sind (?:der|die|als) nachste\\w*",
  ),
};

const pt: PromiseRules = {
  offer: oneOf(
    `\\b(?:gostaria|deseja|quer|prefere|quereria|querem)\\b${rest.pt}`,
    `\\bse (?:quiser|desejar|preferir|quer)\\b${rest.pt}`,
    `\\b(?:posso|podemos|poderia|poderiamos|devo)\\b${rest.pt}`,
    `\\bnao (?:\\w+ ){0,3}(?:posso|consigo|podemos|vou|ha|e possivel|transf\\w*|pass\\w*|lig\\w*|conect\\w*)\\b${rest.pt}`,
    `\\b(?:ninguem|nenhum|nenhuma)\\b${rest.pt}`,
    `\\b(?:ver|verificar|checar|confirmar) se\\b${rest.pt}`,
  ),
  person: oneOf(
    "\\b(?:vou|vamos|irei|iremos|estou|estamos)(?: \\w+){0,3} (?:transferi\\w*|conecta\\w*|passa\\w*|encaminha\\w*|direciona\\w*|coloca\\w*|liga)(?: (?:voce|lo|la|te|o senhor|a senhora|a sua|sua|a) ?(?:chamada|ligacao|para|a|com|em contato|em contacto)?| para um| a um| com um)",
    "\\b(?:vou|vamos|irei|iremos|estou a|estamos a) (?:o |a |lhe |te )(?:transferir|passar|conectar|encaminhar)",
    "\\b(?:vou|vamos|irei|iremos)(?: \\w+)? (?:chamar|buscar|procurar|avisar) (?:alguem|uma? (?:\\w+ )?(?:pessoa|agente|atendente|colega|operadora?|supervisora?))",
    "\\b(?:o|a|lhe|te|voce) (?:transfiro|transferirei|conecto|conectarei|passo|passarei|encaminho|encaminharei|direciono)\\b",
    "\\b(?:transfiro|passo|encaminho|conecto) (?:voce|o|a|lo|la|sua (?:chamada|ligacao)|a (?:chamada|ligacao)|para)\\b",
    "\\b(?:transferindo|conectando|encaminhando|passando)(?: voce| o| a| lo| la| sua| para)",
    "\\b(?:voce )?(?:sera|vai ser|esta sendo|esta a ser) (?:transferid|conectad|encaminhad|atendid|direcionad)[oa]",
    "\\b(?:alguem|um(?:a)? (?:\\w+ )?(?:pessoa|agente|atendente|colega|especialista|representante|operadora?|supervisora?)|meu colega|minha colega|nossa equipe|nossa equipa)(?: \\w+){0,2} (?:vai|ira|estara|esta (?:a|vindo|disponivel)|atendera|ajudara|ja vem|entrara na)\\b(?!.*\\b(?:ligar|retornar|contato|contacto|telefonar)\\b)",
    "\\b(?:aguarde|espere|permaneca|fique|nao desligue)\\b(?: \\w+){0,5} (?:enquanto|ate que)",
    "\\b(?:antes de|enquanto|assim que) (?:o |a |eu |te |lhe )?(?:transfer\\w*|conect\\w*|passar|passo|passa-l[oa]|encaminh\\w*)",
  ),
  callback: oneOf(
    "\\b(?:vai|vao|vou|vamos|ira|irao|iremos|irei)(?: \\w+){0,2} (?:ligar|telefonar|retornar|contactar|contatar|entrar em (?:contato|contacto)|devolver)",
    "\\b(?:ligaremos|ligarei|ligara|ligarao|telefonaremos|retornaremos|retornarei|retornara|contactaremos|contataremos|entrara em|entraremos em|entrarei em)\\b",
    "\\b(?:lhe|te|para voce|para si) (?:ligo|telefono|retorno)\\b",
    "\\b(?:recebera|vai receber|tera)(?: \\w+){0,2} (?:chamada|ligacao|retorno|contato|contacto|telefonema)",
    "\\b(?:agendei|marquei|programei|solicitei|agendarei|marcarei|vou (?:agendar|marcar|solicitar))(?: \\w+){0,2} (?:chamada|ligacao|retorno|callback|contato|contacto)",
    "\\b(?:retorno|ligacao|chamada)(?: \\w+){0,2} (?:esta|foi|ficou) (?:agendad|marcad|confirmad)[oa]",
  ),
  time: oneOf(
    "\\b(?:tempo de espera|espera)(?: \\w+)? (?:e|sera)(?: \\w+){0,4} (?:segundos?|minutos?|horas?)",
    "\\b(?:em|dentro de)(?: \\w+){0,3} (?:segundos?|minutos?|horas?)(?: \\w+){0,3} (?:alguem|voce sera|atend\\w+|lig\\w+)",
    "\\b(?:alguem|atendid[oa]|atendente|agente|linha|colega)\\b(?: \\w+){0,4} (?:em|dentro de)(?: \\w+){0,3} (?:segundos?|minutos?|horas?)",
    "\\b(?:voce e|e|sera) (?:o|a) (?:proxim[oa]|seguinte)\\b",
  ),
};

const it: PromiseRules = {
  offer: oneOf(
    `\\b(?:vuole|desidera|vorrebbe|preferisce|le piacerebbe|vuoi|preferisci|gradirebbe)\\b${rest.it}`,
    `\\bse (?:vuole|desidera|preferisce|lo desidera|vuoi)\\b${rest.it}`,
    `\\b(?:posso|possiamo|potrei|potremmo|devo)\\b${rest.it}`,
    `\\bnon (?:\\w+ ){0,3}(?:posso|riesco|possiamo|e possibile|c'e|la|ti|le|sono)\\b${rest.it}`,
    `\\b(?:nessuno|nessun|nessuna)\\b${rest.it}`,
    `\\b(?:vedere|verificare|controllare|vedo|verifico|controllo) se\\b${rest.it}`,
  ),
  person: oneOf(
    "\\b(?:la|ti|vi) (?:sto |stiamo |faccio |posso )?(?:passo|passero|passando|trasferisco|trasferiro|trasferendo|collego|colleghero|collegando|metto|mettero|mettendo|connetto|connettero|connettendo|inoltro|indirizzo|reindirizzo|parlare|mettiamo|trasferiamo|passiamo)\\b",
    "\\b(?:sto|stiamo) (?:trasferendo|passando|collegando|mettendo|connettendo|inoltrando|cercando|chiamando)(?:la|ti)?(?: la sua chiamata| la chiamata| un| con| a)?",
    "\\b(?:trasferisco|passo|inoltro) la (?:sua )?chiamata",
    "\\b(?:le|ti) passo\\b",
    "\\b(?:sara|verra|sta per essere|viene) (?:trasferit|collegat|mess|connes|passat)\\w*",
    "\\b(?:parlera|parlerai) con\\b",
    "\\b(?:qualcuno|un(?:a|')? ?(?:\\w+ )?(?:persona|agente|operat\\w+|collega|specialista|consulente|responsabile|addett\\w+)|il mio collega|la mia collega|il nostro team)(?: \\w+){0,2} (?:la|le|si|sta|sara|arriva|prendera|rispondera|aiutera|assistera)\\b(?!.*\\b(?:richiam\\w*|contatt\\w*)\\b)",
    "\\b(?:resti|rimanga|attenda|aspetti|non riagganci)\\b(?: \\w+){0,5} (?:mentre|finche)",
    "\\b(?:prima di|mentre|appena) (?:la |ti |le )?(?:passar\\w*|passo|trasfer\\w*|colleg\\w*|mett\\w*)",
    "\\b(?:chiamo|cerco|avviso|faccio venire) (?:subito |ora )?(?:qualcuno|un(?:a|')? ?(?:collega|operat\\w+|persona|consulente))",
  ),
  callback: oneOf(
    "\\b(?:la|ti|le) (?:richiam\\w+|ricontatt\\w+|contatt\\w+|telefon\\w+)\\b",
    "\\b(?:sara|verra) (?:richiamat|ricontattat|contattat)[oa]",
    "\\b(?:ricevera|avra|riceverai)(?: \\w+){0,2} (?:chiamata|telefonata|richiamata)",
    "\\b(?:ho|abbiamo)(?: \\w+)? (?:programmato|fissato|prenotato|richiesto|pianificato)(?: \\w+){0,2} (?:chiamata|richiamata|telefonata)",
    "\\b(?:programmo|fisso|prenoto|programmero|fissero|prenotero|richiedo)(?: \\w+){0,2} (?:chiamata|richiamata|telefonata)",
    "\\b(?:faro|faccio|la faccio|la faro) (?:richiamare|ricontattare|chiamare)",
    "\\b(?:si mettera|ci metteremo|mi mettero) in contatto",
    "\\b(?:richiamata|chiamata) (?:e|e stata) (?:programmata|fissata|prenotata|confermata)",
  ),
  time: oneOf(
    "\\b(?:tempo di attesa|attesa)(?: \\w+)? (?:e|sara)(?: \\w+){0,4} (?:secondi?|minut[oi]|or[ae])",
    "\\b(?:tra|fra|entro)(?: \\w+){0,3} (?:secondi?|minut[oi]|or[ae])(?: \\w+){0,3} (?:qualcuno|la|le|risponder\\w+|operat\\w+)",
    "\\b(?:qualcuno|operat\\w+|linea|collega|consulente|con lei)\\b(?: \\w+){0,4} (?:tra|fra|entro|in)(?: \\w+){0,3} (?:secondi?|minut[oi]|or[ae])",
    "\\b(?:lei )?(?:e|sara) (?:il|la) (?:prossim[oa]|primo|prima)\\b",
  ),
};

/** What counts as a promise, by language. Polish and Chinese assistants are not shipped: nothing promises there. */
export const PROMISE_RULES: Readonly<Partial<Record<Language, PromiseRules>>> & Record<"en", PromiseRules> = {
  en,
  es,
  fr,
  de,
  pt,
  it,
};
