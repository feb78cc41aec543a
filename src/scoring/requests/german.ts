import { oneClause, oneOf } from "../clauses/clauses.ts";
import { atEitherEnd, type RequestRules, wholeClause } from "./request-rules.ts";

const PERSON =
  "(?:menschen?|mensch|personen|person|leuten?|agent(?:en|in)?|mitarbeiter(?:in|innen|n|s)?|berater(?:in|n)?|kundenberater(?:in|n)?|kundenbetreuer(?:in)?|kundendienst(?:es|mitarbeiter\\w*)?|kundenservice(?:s|mitarbeiter\\w*)?|kundensupport|kundenbetreuung|service ?mitarbeiter\\w*|servicekraft|support(?: ?mitarbeiter\\w*)?|sachbearbeiter(?:in|n)?|ansprechpartner(?:in|n)?|vorgesetzten?r?|chef(?:in|s)?|leiter(?:in)?|abteilungsleiter(?:in)?|manager(?:in|s)?|teamleiter(?:in)?|operator|telefonist(?:in|en)?|vermittlung|zentrale|kollegen?|kollegin(?:nen)?|fachmann|experten?|expertin|spezialist(?:en|in)?|vertreter(?:in|s)?|reprasentanten?|reprasentantin|jemanden?|jemandem|irgendjemand(?:en|em)?|irgendwen|irgendwem|wen|wem|anderen?|team|\\w*abteilung|verantwortlichen?|techniker|call ?center|hotline|angestellten?)";
const STRONG =
  "(?:menschen?|mensch|agent(?:en|in)?|mitarbeiter(?:in|innen|n|s)?|kundenberater(?:in|n)?|kundenbetreuer(?:in)?|kundendienst(?:mitarbeiter\\w*)?|kundenservice(?:mitarbeiter\\w*)?|kundensupport|kundenbetreuung|service ?mitarbeiter\\w*|support ?mitarbeiter\\w*|sachbearbeiter(?:in|n)?|ansprechpartner(?:in|n)?|vorgesetzten?r?|teamleiter(?:in)?|telefonist(?:in|en)?|reprasentanten?|reprasentantin|berater(?:in|n)?|operator|(?:echte[nrms]?|reale[nrms]?|richtige[nrms]?|wirkliche[nrms]?|lebendige[nrms]?|lebende[nrms]?|menschliche[nrms]?) (?:\\w+))";
const DET =
  "(?:eine[mnrs]?|ein|dem|den|der|die|das|ihre[mnr]?|ihr|irgendeine[mnr]?|irgendein|nem|nen|ner|einer ihrer|einem ihrer|eurem|eurer|mal|bitte|anderen?|andere[mrs]?|vom|zum|zur|beim|einfach|endlich|direkt|lieber|jetzt|gleich|sofort)";
const ADJ =
  "(?:echte[nrms]?|reale[nrms]?|richtige[nrms]?|wirkliche[nrms]?|lebendige[nrms]?|lebende[nrms]?|menschliche[nrms]?|normale[nrms]?|andere[nrms]?|anderen|kompetente[nrms]?|zustandige[nrms]?|verdammte[nrms]?|scheiss|freie[nrms]?|leibhaftige[nrms]?)";
const WHO = `(?:${DET} )*(?:${ADJ} )*${PERSON}`;
const WHO_STRONG = `(?:${DET} )*(?:${ADJ} )*${STRONG}`;
const MACHINE =
  "(?:robotern?|roboter|bots?|maschinen?|computern?|computer|automaten?|anrufbeantworter|ki|kunstliche(?:n|r)? intelligenz|sprachcomputer|chatbots?|computerstimme|bandansage|ansage|programm|virtuellen? assistent(?:en|in)?|sprachassistent(?:en|in)?|system)";

export const german: RequestRules = {
  hint: oneOf(
    /verbund|gestellt|geleitet|taste|knopf|wie komm|durch|leut|personal|chat|sprechen|reden|raus|irgend|mensch|person|leute|agent|mitarbeiter|berat|kunden|service|support|sachbearb|ansprech|vorgesetzt|chef|leiter|manager|operator|telefonist|vermittlung|zentrale|kolleg|fachmann|expert|spezialist|vertreter|reprasent|jemand|we[nm]\b|andere|team|abteilung|verantwort|techniker|callcenter|call center|hotline|angestellt|verbind|durchstell|weiterleit|stell|roboter|bot\b|bots\b|maschine|computer|automat|anrufbeantworter|echt|real|richtig|\bki\b|ansage/,
  ),
  person: oneClause(`(?<![a-z])${PERSON}(?![a-z])`),
  aside: oneClause(
    `\\b(?:habe|hab|hatte|wer hat)(?: \\w+)? (?:nie|nicht|niemals)(?: \\w+)? (?:gesagt|verlangt|gefragt|gebeten)(?: \\w+)?(?: (?!aber)\\w+){0,5}? ${PERSON}|\\bwer (?:sagt|hat gesagt)(?: \\w+){0,4} ${PERSON}`,
    `\\b(?:meine|unsere|die|ihre) kunden (?:\\w+ ){0,3}?${PERSON}(?: \\w+)? (?:erreichen|sprechen|bekommen|haben)`,
    `\\b(?:pro|je|jede|jeder) (?:person|mitarbeiter|kopf|mensch)`,
    `\\b(?:gibt es|haben sie|bieten sie)(?: \\w+)? (?:einen? )?(?:live ?|online ?)*chat\\b`,
    `\\bist (?:die|der|das|ihre) (?:rezeption|buro|empfang|zentrale|hotline|filiale|kundendienst|kundenservice) (?:\\w+ )?(?:offen|geoffnet|besetzt|geschlossen|erreichbar)`,
    `\\b(?:kann|konnte|wird|soll) (?:\\w+ )?(?:jemand|ein techniker|ein mitarbeiter)(?: \\w+){0,3} (?:kommen|vorbeikommen|reparieren|vorbeischauen)`,
    `\\b(?:uber|wegen) (?:meine?[nrm]?|die|den|das|eine?[nrm]?|ihre?[nrm]?) \\w+ (?:\\w+ )?(?:sprechen|reden)[ .!?]*$`,
    // Promised, refused, what would have been
    `\\b(?:wollte|wollten|sollte|konnte)(?: \\w+){0,4}? (?:mich|uns)(?: \\w+){0,2} (?:mit|zu|an) ${WHO} (?:\\w+ )?(?:verbinden|weiterleiten|durchstellen)`,
    `\\b(?:haben|hat|hatten|hatte|durfte|durften|liessen|liess)(?: \\w+){0,4}? (?:nicht|nie)(?: \\w+)? mit ${WHO} (?:sprechen|reden)(?: (?:lassen|durfen))?`,
    `\\b(?:niemand|keiner|nie jemand) (?:hat|wollte|konnte)(?: \\w+){0,3}? (?:zu|mit|an) ${WHO} (?:durchgestellt|verbunden|weitergeleitet|verbinden|durchstellen)`,
    `\\bhatte(?: (?!gern|lieber)\\w+){0,4}? (?:nach|mit) (?:${DET} )*${PERSON} (?:\\w+ )?(?:fragen|sprechen|reden) (?:konnen|wollen|sollen)`,
    `\\b(?:sind sie|sie sind|bist du|du bist|(?<!wie |wo |wann )spreche ich|rede ich|ist das|bin ich|seid ihr)(?: (?:hier|gerade|da|denn|uberhaupt|etwa|wirklich|mit|bei|verbunden))*(?: ${DET})*(?: (?:${ADJ} )*(?:${PERSON}|${MACHINE}|echt|real))(?: oder.{0,30})?`,
    `\\b(?:will|mochte|brauche|wunsche|wurde|muss)(?: \\w+){0,3}? (?:nicht|keine[nmrs]?|kein|niemanden?|niemandem)(?:(?! (?:roboter|bot|maschine|computer|ihnen|dir|sondern|aber|automat)) \\w+){0,4}? (?:${WHO}|sprechen|reden)`,
    `\\b(?:mit )?(?:niemandem?|keinem|keiner)(?: ${PERSON})?(?: \\w+)? (?:sprechen|reden|verbunden)`,
    "\\b(?:nicht|keinesfalls)(?: \\w+){0,3} (?:verbinden|weiterleiten|durchstellen|verbunden werden)",
    `\\b(?:habe?|hab|hatte|hatten|haben|wurde)(?: \\w+){0,5}? (?:mit|bei|von|an) ${WHO}(?: \\w+){0,3} (?:gesprochen|geredet|telefoniert|verbunden|angerufen|gechattet|weitergeleitet|gehabt)`,
    `\\b(?:gestern|letzte woche|vorhin|letztens|neulich|heute morgen)(?: \\w+){0,5} (?:mit|bei|von) ${WHO}`,
    `\\b(?:der|die|ein|eine|ihr|ihre|das|mein|meine|dieser|diese|letzte) (?:\\w+ )?(?:${PERSON})(?: \\w+){0,2} (?:hat|hatte|sagte|meinte|war|wollte|konnte|haben|waren|legte|versprach|wusste)`,
    `\\b(?:sagte|gesagt|meinte|erklart|empfohlen|geraten|riet)(?: \\w+){0,6}? (?:mit|an) ${WHO}`,
    `\\b(?:als|wenn|nachdem|bevor|jedes mal|immer wenn) (?:ich|wir)(?: \\w+){0,3} ${WHO}(?: \\w+){0,2} (?:gesprochen|spreche|sprach|rede|anrufe|angerufen|fragte|gefragt|verlangte)`,
    `\\b(?:wollte|bat|verlangte|versuchte)(?: \\w+){0,4} ${PERSON}(?: \\w+){0,2} (?:sprechen|reden|erreichen)`,
    "\\b(?:mein|meine|meinen|meinem|meiner|unser|unsere[nmr]?) (?:chef|chefin|berater|manager|kolleg\\w+|leiter|vorgesetzt\\w+)\\b",
    "\\b(?:person|menschen?|leute|jemand|mann|frau)s? (?:vor mir|hinter mir|an der tur|in der schlange|die gestohlen|der gestohlen)\\b|\\bda steht jemand",
    `\\b(?:er|sie|frau|mann|schwester|bruder|sohn|tochter|mutter|vater|freund|freundin) (?:hat|hatte)(?: \\w+){0,3} mit ${WHO}(?: \\w+){0,2} (?:gesprochen|geredet|telefoniert)`,
    "\\b(?:kundendienst|kundenservice|service|support|hotline) (?:ist|war|sind)\\b",
    "\\bfur \\w+ (?:personen|leute)|wie viele (?:personen|leute|menschen)",
    `\\b(?:unmoglich|schwer|schwierig|gedauert|kaum)(?: \\w+){0,6}? (?:${DET} )*(?:${ADJ} )*${PERSON} (?:\\w+ )?(?:zu erreichen|erreichen|zu sprechen|bekommen|dran hatte|hatte|erreicht|ans telefon)`,
    `\\b(?:nie|niemals|nicht)(?: \\w+){0,2}? ${WHO} (?:\\w+ )?(?:erreicht|gesprochen|bekommen|erwischt|erreichen konnen)`,
    `\\bsollte(?: \\w+){0,2}? (?:mich|uns) ${WHO} (?:\\w+ ){0,3}?(?:anrufen|zuruckrufen|kontaktieren)`,
    `\\bob ich (?:\\w+ ){0,2}?mit ${WHO} (?:sprechen|reden|verbunden werden) (?:will|wollte|mochte)`,
    `\\b(?:sagt|sagen|meint|meinte|sagte|meinen)(?: \\w+){0,2}? (?:man|du|ihr|sie) (?:muss|soll|sollte|kann|musse)(?: \\w+){0,3}? (?:nach|mit|um) ${WHO}(?: (?:fragen|sprechen|reden|bitten))?`,
  ),
  ask: oneClause(
    `\\b(?:holen|hol|bringen|lassen) (?:sie )?mich (?:\\w+ )?(?:aus|raus aus|weg von) (?:diese[rm]|der|dem) (?:\\w+ )?${MACHINE}`,
    `\\b(?:was|welche taste|welche nummer|welchen knopf|wo)(?: \\w+)? (?:muss|soll|kann) ich (?:\\w+ )?(?:sagen|drucken|wahlen|machen|tun)(?: \\w+)? um (?:mit |zu |an )?${WHO}`,
    `\\bwelche (?:taste|nummer|option)(?: (?:ist|brauche ich|drucke ich))? (?:fur|um) (?:mit )?${WHO}`,
    `\\bwie (?:komme|gelange|kriege|bekomme|erreiche) ich(?: (?:hier|da|denn|jetzt|endlich))* (?:an|zu|mit)? ?(?:${DET} )*(?:${ADJ} )*(?:menschen?|mitarbeiter|berater|person|jemand(?:en|em)?)`,
    `\\bwie (?:komme|kommt) (?:ich|man)(?: \\w+)? (?:an|aus|von|um) (?:diese[rmn]|der|dem|den) (?:\\w+ )?${MACHINE} (?:vorbei|raus|heraus|weg|herum)`,
    `\\bwer ist (?:da|hier|bei ihnen)? ?(?:der |die )?(?:verantwortlich\\w*|zustandig\\w*|chef\\w*|leiter\\w*)(?: (?:da|hier|dort))?[?.!]?(?: und)? (?:geben|holen|verbinden|stellen)`,
    `\\bist (?:da|hier|dort)(?: (?:denn|vielleicht|irgendwo))? (?:ein (?:echter )?mensch|eine (?:echte )?person)\\b|\\bist (?:da|hier|dort) (?:denn )?(?:jemand|irgendjemand|wer)[ .!?]*$`,
    `\\b(?:rede|spreche|diskutiere) (?:ich )?(?:doch |grundsatzlich |prinzipiell )?nicht mit (?:so )?(?:einem |einer |diesem |dieser )?(?:${MACHINE})`,
    `\\b(?:null|eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|\\d+|nichts) (?:einen? )?(?:mitarbeiter(?:in)?|berater(?:in)?|mensch|agent|kundenberater|kundendienst|vorgesetzten)(?: bitte| danke)*[ .!?]*$`,
    `\\b(?:mit|zu|an|bei)(?: ${WHO})(?: \\w+){0,4}? (?:sprechen|reden|unterhalten|telefonieren|chatten|verbunden werden|verbinden|verbindest|kommunizieren|sprech|schreiben|spreche|rede|in kontakt|kontakt|kommen|wenden|verbunden)`,
    `\\b(?:sprechen|reden|unterhalten|sprech|telefonieren|chatten|chat|gesprach|rede|spreche)(?: (?:ich|sie|mich|mal|bitte|jetzt|direkt|endlich|lieber|gerne|persoenlich|personlich))*(?: mit| zu) ${WHO}`,
    `\\b(?:verbinde|verbinden|verbind|verbindet|leite|leiten|leitest|stelle|stellen|stell|stellst|gib|geben|gebt|hol|holen|holt|schick|schicken|ruf|rufen|bring|bringen|vermittel\\w*|ubergeben|uberstellen|weiterleiten|durchstellen|kontaktieren|kontaktiere|kontakt|weiterverbinden|umleiten)(?: (?:sie|du|ihr|mich|uns|mir|bitte|jetzt|sofort|direkt|weiter|doch|mal|endlich|gleich|zu|mit|an|zum|zur|dem|den|ans telefon|meinen anruf|das gesprach))* ${WHO}`,
    `\\b(?:verbinde|verbinden|leite|leiten|stelle|stellen|verbindest|verbind|stell)(?: (?:sie|du))? (?:mich|uns)(?: (?:bitte|jetzt|sofort|doch|mal|endlich|gleich))*(?: (?:weiter|durch))?[ .!?]*$`,
    "\\b(?:konnen|kannst|konnten|wurden|konntest|konnt)(?: sie| du| ihr)? (?:mich|uns)(?: \\w+){0,6} (?:verbinden|weiterleiten|durchstellen|weiterverbinden)",
    `\\b(?:ich|wir)(?: \\w+)? (?:will|mochte|brauche|brauch|verlange|hatte gern|hatte gerne|wunsche|wurde gern|wurde gerne|benotige|suche|fordere|bevorzuge|wollen|brauchen|mochten|hatte lieber|will jetzt|mocht|bitte um)(?: (?:jetzt|sofort|bitte|endlich|gern|gerne|lieber|doch|nur|mal|die hilfe|hilfe|unterstutzung|von|manuellen|mit|eine antwort|dass|hilfe von))* (?:${WHO_STRONG}|(?:${DET} )+(?:person|chef|manager|leiter|kollegen|verantwortlichen)|echte (?:\\w+ )?hilfe|menschliche (?:hilfe|unterstutzung)|personliche (?:hilfe|beratung))(?! (?:fur|zum|in meiner|in der nahe))`,
    "\\b(?:brauche|mochte|will)(?: \\w+){0,8} einen (?:echten |richtigen )?menschen\\b",
    `\\b(?:brauche|mochte|will|bitte|benotige|verlange|gerne)(?: \\w+)? ${WHO_STRONG}`,
    `\\b(?:gibt es|gibts|ist|haben sie|habt ihr|hast du|existiert|sind)(?: (?:da|hier|denn|dort|bei ihnen|uberhaupt|irgendwo|auch|noch|nicht|keine?n?))*(?: ${DET})* (?:${WHO_STRONG}|(?:jemanden?|person|personen|menschen?|mensch|leute)(?: \\w+){0,4} (?:sprechen|reden|helfen|erreichbar|verfugbar|da|frei|telefonieren))`,
    `\\b(?:will|mochte|mag|werde|wollen|rede|spreche|kann|habe)(?: (?:ich|doch|aber|jetzt|wirklich|lust|mehr|keine))* (?:nicht|keine[nmr]?|nicht mehr|keine lust|nicht weiter|nie)(?: (?:langer|weiter|mehr|mit|zu|hier|lust|nur|schon wieder))*(?: (?:eine[mnr]?|einem|dem|der|diesem|dieser|so|solchen|nem|blod\\w+|dumm\\w+|die|den))* ?(?:${MACHINE})`,
    `\\b(?:keine?n?|kein) (?:${MACHINE})(?: (?:mehr|sondern|bitte))?`,
    "\\b(?:will|mochte|mag|rede|spreche)(?: \\w+)? nicht(?: (?:mehr|langer|weiter))* mit (?:ihnen|dir|euch)(?: (?:sprechen|reden))?",
    `\\b(?:genug|schluss|satt|hasse|nervt|leid)(?: \\w+){0,4} ${MACHINE}`,
    `\\bwo (?:sind|ist|finde ich)(?: (?:die|der|ein|eine|einen|hier))* (?:${WHO_STRONG}|leute)`,
    "\\b(?:kann|konnte|darf|durfte|konnten|will|mochte|muss|wurde)(?: ich| wir)?(?: (?:bitte|mal|gern|gerne|hier|nun|jetzt|auch|unbedingt|dringend))* (?:mit )?(?:jemand(?:em|en)?|wem)(?: \\w+){0,3} (?:sprechen|reden)",
    "\\b(?:jemand(?:en|em)?|irgendwen) (?:anders?|anderen?|anderem|echte[snrm]?|richtige[snrm]?|reale[snrm]?)\\b(?: (?:sprechen|reden|ans telefon|dran|bitte))?",
    `\\b(?:kann|konnte|soll|sollte|konnen|muss)(?: sich| mir| mich)?(?: (?:bitte|mal|nicht|vielleicht))* (?:${DET} )*(?:${ADJ} )*(?:mensch|mitarbeiter\\w*|person|berater\\w*|kolleg\\w+|jemand)(?: \\w+){0,3} (?:kummern|helfen|ansehen|anschauen|anrufen|zuruckrufen|ubernehmen|melden)`,
    `\\b(?:mochte|will|muss|kann|bitte)(?: \\w+){0,2} (?:zur|in die|mit der|an die) (?:\\w*abteilung|zentrale|hotline|vermittlung)`,
    "\\bjemand(?:en)? (?:sprechen|zum reden)\\b|\\bjemand (?:soll|muss|musste|sollte)(?: \\w+){0,2} (?:anrufen|zuruckrufen|melden|kontaktieren)",
    `\\b(?:kontakt|hilfe|anruf|ruckruf|unterstutzung|auskunft) (?:zum|zur|mit|zu|von|durch|vom) (?:${WHO_STRONG}|${DET} (?:person|menschen))`,
    "\\b(?:menschliche[nrs]?|echte[nr]?) (?:hilfe|unterstutzung|kundenservice|beratung|person|stimme)",
    `\\b(?:${DET} )?(?:${STRONG}) (?:ans telefon|sprechen|bitte)`,
  ),
  anyway: oneClause(
    `(?:${STRONG}|chef)\\b.{0,80}\\b(?:(?:will|mochte) ich|ich (?:will|mochte)) mit (?:einem|einer|ihm|ihr|dem|der) (?:sprechen|reden)`,
    `\\bich (?:will|mochte|brauche|verlange)(?: (?:jetzt|bitte|sofort|endlich))* (?:seinen|ihren|deren) (?:chef|vorgesetzten|leiter)\\b`,
    `\\b(?:ich|wir) (?:will|mochte|muss|wollen)(?: (?:jetzt|bitte|sofort|endlich|gern|gerne|lieber))* mit (?:seinem|ihrem|deinem|euren) (?:chef|vorgesetzten|leiter) (?:sprechen|reden)`,
    `^(?:\\w+ ){0,4}?(?:hat man mir|haben sie mir|hat mir \\w+|wurde mir) gesagt (?:dass )?ich (?:soll|sollte|muss|musse)(?: \\w+)? (?:nach|mit|um) ${WHO} (?:fragen|sprechen|verlangen|bitten|reden)[ .!?]*$`,
    // A wish, order or question of now, whatever is told before it
    `\\b(?:verbinden|geben|stellen|holen|leiten|verbinde|gib|hol) (?:sie |du )?(?:mich|mir|uns)(?: (?:bitte|jetzt|sofort|also|endlich|doch|gleich))*(?: (?:mit|zu|an))? (?:${WHO_STRONG}|(?:${DET} )+(?:person|chef\\w*|leiter\\w*|kolleg\\w+|anderen?|verantwortlichen?)|einen|einem|jemand(?:en|em)?)\\b(?! (?:termin|code|rabatt|tipp|link))`,
    `\\b(?:lassen sie|lass) mich(?: (?:bitte|jetzt|sofort|endlich))* mit (?:${WHO}|(?:seinem|ihrem|deinem|dem) (?:chef|vorgesetzten|leiter)|ihm|ihr) (?:sprechen|reden)`,
    `\\b(?:(?:ich|wir) (?:will|mochte|wollen|mochten|verlange|muss)|(?:also|deshalb|darum|daher|jetzt|das) (?:mochte|will) ich)(?: (?:jetzt|bitte|sofort|endlich|gern|gerne|lieber|doch|unbedingt|wirklich))* mit (?:${WHO}|derselben person|demselben) (?:sprechen|reden|verbunden werden)`,
    `\\b(?:(?:ich|wir) (?:will|mochte|brauche|verlange)|(?:also|deshalb|darum|daher|jetzt) (?:brauche|mochte|will) ich)(?: (?:jetzt|bitte|sofort|endlich|lieber|doch|also))* (?:einen?|den|ihren) (?:${ADJ} )*(?:${STRONG}|chef)\\b`,
    `\\bkann ich(?: (?:bitte|jetzt|mal|dann|vielleicht|nun))* mit (?:${WHO}|dem|der|ihm|ihr|einem|einer|dieser person|diesem|dieser) (?:sprechen|reden|verbunden werden)`,
    `\\bwo (?:ist|bleibt) (?:mein|meine|der|die) ${STRONG}`,
    `^(?:\\w+ ){0,3}?(?:mir wurde|man hat mir|sie haben mir|uns wurde|ihr kollege hat mir)(?: \\w+)? gesagt (?:dass )?ich (?:soll|sollte|muss|musse)(?: \\w+)? (?:nach|mit|um) ${WHO} (?:fragen|sprechen|verlangen|bitten|reden)[ .!?]*$`,
  ),
  polite: atEitherEnd(
    "bitte(?: schon| sehr)?|danke(?: (?:schon|sehr|ihnen|dir))?|vielen dank|dann|jetzt|sofort|gleich|umgehend|ok|okay|ja|nein|gut|na gut|also|nun|einfach|nur|hallo|guten (?:tag|morgen|abend)|entschuldigung|verzeihung|ah|ahm|eh|endlich|schnell|mal|doch|und|aber|herr|frau|horen sie|wenn (?:es geht|moglich|sie (?:konnen|so nett sind))|um gottes willen|verdammt|ich sagte|lieber|stop|stopp|genug|mit|please",
  ),
  whole: wholeClause(
    `(?:(?:konnen|konnten|wurden|kannst|konntest) (?:sie|du) )?(?:mich |uns )?(?:bitte )?(?:verbinden|verbinde|durchstellen|weiterleiten|weiterverbinden|stellen|leiten|stell)(?: sie)?(?: mich| uns)?(?: (?:durch|weiter|bitte))?`,
    `(?:ich )?(?:will|mochte|muss|wurde gern(?:e)?|hatte gern(?:e)?) (?:bitte |jetzt |gerne? )*(?:verbunden|weitergeleitet|durchgestellt|weiterverbunden)(?: werden)?`,
    `nicht (?:sie|du|mit ihnen|ein roboter|eine maschine|mit einem roboter|der roboter)(?: sondern)? (?:${WHO_STRONG}|(?:ein|einen|eine|mit einem|mit einer) (?:echte[rn]? |richtige[rn]? )?(?:mensch|menschen|person))`,
    `(?:irgendwen|jeden|egal wen|alles|irgendjemand(?:en)?)(?: \\w+)? (?:ausser|nur nicht|aber nicht|bloss nicht) (?:einen? |ihnen|diesen? )?(?:${MACHINE})?`,
    `(?:nichts davon|keins von beiden|keines|nichts|was anderes|etwas anderes|vergessen sie es|das hilft nicht)(?: ich will)? (?:(?:ein|einen|eine) )?(?:${STRONG})`,
    `(?:ich habe|ich hab|hab ich|habe ich)(?: (?:schon|bereits|doch|jetzt|\\w+ mal))* (?:nach|um) (?:einem|einer) (?:${STRONG}|person) (?:gefragt|gebeten|verlangt)`,
    `(?:jemand(?:en)?|wen|einen|eine) (?:vom|aus dem|von (?:ihrem|ihren|euren|den)|ihrer|eurer) (?:personal|team|leuten?|kollegen|mitarbeitern?|leute)`,
    `(?:geben|holen|verbinden) sie (?:mir|mich)(?: mit)? (?:jemand(?:en|em)?|einen|einem|eine|einer) (?:vom|von|aus|ihrer|ihrem) \\w+`,
  ),
  bare: new RegExp(
    `^(?:(?:hallo|ja|nein|bitte|durchstellen|weiterverbinden|guten tag|jetzt|ich sagte|ich sage|nur|mit|zum|zur|an|einen|einem|den|der|ein|eine|sofort|stopp|stop|lieber)[ ,.!?]*)*(?:${DET} )*(?:(?:${ADJ} )+(?:person|menschen?|mitarbeiter\\w*|leute|berater)|${STRONG}|person|chef|hotline|zentrale|vermittlung|kundendienst|manager|durchstellen|weiterverbinden)(?:[ ,.!?]*(?:bitte|jetzt|sofort|danke|sprechen|verlangt|endlich|her|verbinden))*[ ,.!?]*$`,
    "u",
  ),
};
