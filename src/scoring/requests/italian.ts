import { oneClause, oneOf } from "../clauses/clauses.ts";
import { atEitherEnd, type RequestRules, wholeClause } from "./request-rules.ts";

const PERSON =
  "(?:uman[oaie]|esser[ei] uman[oi]|person[ae]|gente|agent[ei]|operator[ei]|operatric[ei]|rappresentant[ei]|consulent[ei]|addett[oaie]|assistent[ei]|supervisor[ei]|responsabil[ei]|manager|direttor[ei]|direttrice|capo|impiegat[oaie]|dipendent[ei]|collegh?[aie]|collega|tecnic[oi]|specialist[aie]|espert[oaie]|centralin(?:o|ista)|servizio (?:clienti|assistenza|di assistenza)|assistenza(?: clienti| umana)?|supporto(?: clienti| umano| tecnico)?|qualcuno|qualcun altro|qualcun'altro|team|reparto|ufficio \\w+|superiore|incaricato|segretaria)";
const STRONG =
  "(?:uman[oaie]|esser[ei] uman[oi]|agent[ei]|operator[ei]|operatric[ei]|rappresentant[ei]|consulent[ei]|addett[oai]|supervisor[ei]|centralinista|servizio (?:clienti|assistenza|di assistenza)|assistenza (?:clienti|umana)|(?:person[ae]|gente|qualcuno|aiuto|operatore|assistente|supporto) (?:di )?(?:vera?|vero|reale?|reali|viv[oa]|uman[oa]|in carne e ossa|fisica|di reale))";
const DET =
  "(?:uno|una|un|un'|il|lo|la|l'|i|gli|dei|degli|delle|vostro|suo|tuo|altr[oa]|qualche|al|ad|con|col|a|del|dell'|di)";
const ADJ = "(?:ver[oaie]|real[ei]|autentic[oa]|altr[oa]|brav[oa]|maledett[oa]|cazzo di|dannat[oa]|buon)";
const WHO = `(?:${DET} ?)*(?:${ADJ} )*${PERSON}`;
const WHO_STRONG = `(?:${DET} ?)*(?:(?:${ADJ} )*${STRONG}|(?:ver[oaie]|real[ei]) (?:person[ae]|operatore|uman[oi]|gente))`;
const MACHINE =
  "(?:robot|bot|macchin[ae]|computer|segreteria(?: telefonica)?|risponditore(?: automatico)?|ia|intelligenza artificiale|chatbot|assistente (?:virtuale|vocale)|programma|sistema automatico|voce (?:automatica|registrata|robotica)|disco|nastro|registrazione)";
const TALK =
  "(?:parlare|parlo|parla|parli|discutere|chattare|conversare|comunicare|confrontarmi|interagire|contattare|contatta|contatti|contatto|mettermi in contatto|chiamare|avere a che fare|dialogare|sentire)";

export const italian: RequestRules = {
  hint: oneOf(
    /trasfer|pass[aio]|collegh|tasto|uscire|esce|fuori|chat|parlar|chiunque|nessuno|niente|vostri|uman|person|gente|agent|operator|operatric|rappresent|consulent|addett|assistent|supervis|respons|manager|dirett|capo|impiegat|dipendent|colleg|tecnic|specialist|espert|centralin|servizio|assistenza|support|qualcun|team|reparto|superior|incaricat|passa|passi|passat|passar|trasfer|mett|connett|robot|bot\b|macchin|computer|ufficio|segreteria|risponditore|automatic|virtual|registra/,
  ),
  person: oneClause(`(?<![a-z])${PERSON}(?![a-z])`),
  aside: oneClause(
    `\\b(?:non ho|chi ha|mai)(?: mai)? (?:detto|chiesto)(?: \\w+)? ?(?:che (?:voglio|volevo|vorrei))?(?: (?!ma\\b)[\\w']+){0,4}? ?${PERSON}`,
    `\\b(?:miei|nostri|suoi|loro) clienti (?:\\w+ ){0,2}?(?:parlano|parlino|possano|possono|raggiungano|abbiano)(?: [\\w']+){0,3}? ?${PERSON}`,
    `\\b(?:a|per|ogni|per ogni|ciascuna) (?:persona|testa|agente|dipendente)(?! (?:vera|reale|in carne))`,
    `\\b(?:avete|c'e|ce|offrite)(?: \\w+)? ?(?:una |la )?chat\\b`,
    `\\b(?:reception|ufficio|sportello|centralino|negozio|servizio clienti)(?: \\w+)? (?:e|sono|resta) (?:apert|chius|disponibil)\\w*|\\be (?:apert|chius)\\w (?:la|il|lo|l') ?(?:reception|ufficio|sportello|centralino)`,
    `\\b(?:puo|potrebbe|deve|viene|verra)(?: \\w+)? (?:venire|passare)? ?(?:qualcuno|un tecnico|una persona) (?:a|per) (?:riparar|aggiustar|sistemar|vedere|controllar|ritirar|installar)\\w*`,
    `\\bparlare (?:della|del|dello|dell'|delle|dei|di|circa|su|riguardo)(?: (?:mia|mio|una|un|questa|questo|mie|miei|la|il))* ?[\\w']+[ .!?]*$`,
    // What would have been, what others say
    `\\bse (?:avessi|avessimo|fossi)(?: [\\w']+){0,5}? ${PERSON}`,
    `\\b(?:dice|diceva|dicono|scritto) che (?!(?:voglio|posso|vorrei) )(?:[\\w']+ ){0,5}?${PERSON}(?: (?:mi|ci|si) \\w+)?`,
    `\\b(?:nome|numero|cognome|interno) (?:della|del|dell'|di) ?${WHO}`,
    `\\b(?:sei|siete|lei e|sto parlando|(?<!come |dove )parlo|io sono|e questo|questo e|questa e|ho a che fare)(?: (?:con|davvero|realmente|per caso))*(?: ${DET})*(?: ?(?:${ADJ} )*(?:${PERSON}|${MACHINE}|reale|vero))(?: (?:vera?|reale|o .{0,30}))?`,
    `\\bnon (?:voglio|vorrei|ho bisogno|desidero|serve|occorre|mi serve|c'e bisogno)(?: (?:che|di|mi|piu))*(?: (?:parlare|passi|passate|trasferisca|essere (?:trasferit|mess)\\w+|contattare|sentire))?(?:(?! (?:robot|bot|macchina|computer|con te|con lei|ma)) [\\w']+){0,4}? (?:${WHO}|nessuno|nessun\\w*)`,
    "\\bnon (?:mi|ci) (?:passi|passate|trasferisca|trasferite|metta|colleghi)(?: \\w+){0,4}",
    `\\b(?:ho|abbiamo|avevo|avevamo)(?: (?:gia|appena|anche|ieri|prima))* (?:parlato|contattato|chiamato|sentito|chiesto|provato|tentato|discusso|avuto)(?: [\\w']+){0,5}? ${WHO}`,
    `\\b(?:il|la|lo|un|una|l'|un'|i|gli|vostro|vostra|altro|quel|questo|questa) ?(?:${PERSON})(?: \\w+){0,3} (?:mi ha|mi hanno|ci ha|ha detto|hanno detto|ha riattaccato|era|mi aveva|non mi|ha chiuso|e stat[oa]|non sapeva)`,
    `\\b(?:mi ha|mi hanno|ci hanno|mi avete)(?: \\w+){0,6}? ${PERSON}`,
    `\\b(?:quando|ogni volta che|dopo aver|prima di|dopo che)(?: \\w+){0,3} (?:parlato|parlo|parlare|chiamato|chiamo|chiesto|contattato)(?: \\w+){0,3} ${PERSON}`,
    "\\b(?:mio|mia|nostro|nostra|il mio|la mia) (?:capo|responsabile|manager|agente|consulente|collega|direttore|commercialista)\\b",
    "\\b(?:person[ae]|gente|qualcuno|uomo|donna) (?:in (?:fila|coda)|davanti|dietro|alla porta|che (?:ha|hanno|aveva))\\b",
    "\\b(?:servizio|assistenza)(?: clienti)? (?:e|era|e stat[oa]|funziona)\\b",
    `\\b(?:moglie|marito|sorella|fratello|figlio|figlia|madre|padre|amic[oa]|lui|lei) (?:ha )(?:gia )?(?:parlato|chiamato|contattato)(?: \\w+){0,2} ${PERSON}`,
    "\\bquante persone|per \\w+ persone",
    `\\b(?:ci ho messo|ci vogliono|ci vuole|impossibile|difficile|mai riuscit[oa] a|mai potuto)(?: [\\w']+){0,5}? (?:parlare|contattare|sentire|trovare)(?: (?:con|a))? ?${WHO}(?: (?:vera|reale))?`,
    `\\b(?:pregat[oa]|supplicat[oa]|implorat[oa]|chiesto)(?: [\\w']+){0,3}? (?:di|che) (?:passarmi|farmi parlare|parlare|essere|trasferirmi|mi passasse)(?: [\\w']+){0,4}? ?${PERSON}`,
    `\\bse (?:volevo|vorrei|volessi)(?: [\\w']+){0,3}? ${PERSON}`,
  ),
  ask: oneClause(
    `\\b(?:vorrei|voglio|mi passi|posso avere|mi serve|parlare con) (?:qualcuno|un[oa]) (?:del|dello|dei|di) (?:personale|staff|vostri|suoi|vostro)`,
    `\\b(?:mi (?:tiri|tira|faccia uscire|levi)|fatemi uscire|come (?:si )?(?:esce|esco|faccio (?:a|per) uscire)|voglio uscire|tiratemi)(?: fuori)? (?:da|dal) ?(?:quest[oa]|la|il)? ?(?:\\w+ )?${MACHINE}`,
    `\\b(?:quale|che|cosa|come|su quale)(?: (?:tasto|numero|pulsante|opzione))?(?: \\w+){0,3}?(?: (?:premo|premere|faccio|fare|dico|dire|schiaccio|digito|digitare))? (?:per|a) (?:parlare|avere|raggiungere|arrivare)? ?(?:con |a )?${WHO}`,
    `\\b(?:quale|che) (?:tasto|numero|pulsante|opzione)(?: (?:e|devo premere|premo))? per (?:parlare con )?${WHO}`,
    `\\bchi (?:e il (?:responsabile|capo)|comanda|e responsabile)(?: (?:li|qui|la))?[?.!]?(?: e)? (?:me l[oa] passi|mi passi|passatemel[oa]|me l[oa] passate|lo metta)`,
    `\\b(?:le|ti|vi) (?:dispiace|dispiacerebbe|secca|scoccia) (?:passarmi|mettermi|trasferirmi|collegarmi)`,
    `\\b(?:c'e|ce) (?:nessuno|qualcuno)(?: (?:li|qui|la|in linea|al telefono|di umano|di vero))?[ .!?]*$`,
    `\\b(?:zero|due|tre|quattro|cinque|sei|sette|otto|nove|\\d+|niente) (?:un |una )?(?:operatore|operatrice|umano|addetto|addetta|supervisore|agente)(?: per favore| grazie)*[ .!?]*$`,
    `\\b${TALK}(?: (?:direttamente|adesso|ora|subito|per favore|al telefono|dal vivo|urgentemente|solo|invece))*(?: (?:con|a|ad|al|allo|alla|col|l'))* ?${WHO}`,
    `\\b(?:passi|passa|passate|passare|passarmi|passami|passatemi|trasferisca|trasferisci|trasferite|trasferire|trasferirmi|trasferiscimi|trasferitemi|connetti|connetta|connettere|connettermi|connettimi|colleghi|collega|collegare|collegarmi|collegami|metta|metti|mettere|mettermi|mettimi|mettetemi|mandami|inoltra|inoltrare|indirizza|indirizzi|smista|trovami|trovatemi|dammi|datemi|dia|chiama|chiamate|chiamami|fammi parlare|fatemi parlare)(?: (?:mi|subito|ora|adesso|per favore|in (?:contatto|comunicazione|linea|collegamento)|direttamente|al telefono))*(?: (?:con|a|ad|al|allo|alla|all'|verso|da))* ?${WHO}`,
    "\\b(?:passami|passatemi|trasferiscimi|trasferitemi|mi (?:passi|trasferisca|passa|passate|metta in linea|colleghi))(?: (?:subito|ora|adesso|per favore|qualcuno))*[ .!?]*$",
    "\\b(?:puo|puoi|potete|potrebbe|potresti)(?: per favore)? (?:passarmi|trasferirmi|collegarmi|connettermi|mettermi in (?:contatto|linea|comunicazione))",
    `\\b(?:voglio|vorrei|desidero|preferisco|preferirei|esigo|pretendo|bisogno|serve|mi serve|chiedo|richiedo|cerco|gradirei|ho bisogno)(?: (?:di|avere|vedere|essere (?:mess[oa] in contatto|trasferit[oa]|aiutat[oa])|che|l'|aiuto|da|un po'|dell'|assistenza|subito|adesso))* ?(?:con |a |da |di )?(?:${WHO_STRONG}|(?:una|un|il|vostro|suo|l') ?(?:persona|ufficio \\w+|reparto \\w+|responsabile|manager|capo|superiore|direttore)|(?:aiuto|assistenza|supporto|intervento) uman[oa](?: reale)?)(?! (?:per|vicino))`,
    `\\b(?:c'e|ci sono|ce|avete|esiste|ha|hai|c'e'|vi e|c e)(?: (?:li|la|qui|forse|mica))*(?: ${DET})* ?(?:${WHO_STRONG}|${ADJ} ${PERSON}|(?:qualcuno|persona|gente|responsabile)(?: (?:disponibile|li|in linea|con cui|che|reale|vera|a cui|di reale|al telefono)))`,
    `\\bnon (?:voglio|vorrei|desidero|sopporto|mi piace|intendo|mi va)(?: (?:piu|di|continuare|a))*(?: (?:parlare|parlando|avere a che fare|discutere))?(?: (?:con|a))?(?: (?:un|una|questo|questa|il|la|altri|altre|dei|delle|un altro|stupid[oa]|maledett[oa]))* (?:${MACHINE})`,
    "\\bnon (?:voglio|vorrei|desidero)(?: \\w+)? (?:parlare|continuare) con (?:te|lei|voi)",
    `\\b(?:stufo|stufa|stanco|stanca|basta|odio)(?: (?:di|con|parlare|i|gli|le|questi|queste|un|una|con un|questo))* ${MACHINE}`,
    "\\b(?:aiuto|assistenza|supporto|servizio|intervento) (?:di una persona|da una persona|uman[oa](?: reale)?)",
    "\\b(?:posso|voglio|vorrei|potrei|devo|fammi|mi faccia|fatemi|desidero|possibile|ho bisogno di) parlare(?: con)? (?:qualcuno|qualcun altro|un'altra persona|altri)",
    "\\bdove (?:sono|e|trovo)(?: (?:le|i|gli|una|un))* (?:persone|gente|operator[ei]|umani)",
    "\\b(?:mi|ci) (?:faccia|fate|fa) (?:richiamare|chiamare|contattare|aiutare) da",
    "\\bqualcuno (?:puo|potrebbe) (?:chiamarmi|richiamarmi|contattarmi|rispondermi)\\b",
    "\\bqualcuno (?:che )?(?:mi|ci) (?:richiami|chiami|contatti|aiuti|risponda)\\b",
    `\\bbisogno (?:del|di|dell') ?(?:servizio clienti|assistenza clienti)`,
  ),
  anyway: oneClause(
    `(?<!\\bche )\\bnon (?:parlo|discuto|ho a che fare) con (?:le |i |un |una |gli )?(?:${MACHINE}|macchine)`,
    `(?:${STRONG}|responsabile|capo)\\b.{0,80}(?<!\\b(?:che|non|se) )\\b(?:voglio|vorrei)(?: parlare con (?:lui|lei|un[oa])|parlargli|parlarle| parlargli| parlarle)\\b`,
    `(?<!\\b(?:che|non|se) )\\b(?:mi serve|voglio|vorrei|ho bisogno del)(?: parlare con)?(?: il)? suo (?:capo|superiore|supervisore|responsabile)\\b|\\bme l[oa] ripass[ai]\\b`,
    `${STRONG}.{0,60}\\bme l[oa] (?:puo|puoi|potete|potrebbe) (?:passare|chiamare)`,
    // A wish, order or question of now, whatever is told before it
    `(?<!\\b(?:che|se|quando|non) )\\b(?:voglio|vorrei|desidero|preferisco|preferirei|esigo|mi serve|ho bisogno di)(?: (?:parlare|essere (?:mess|trasferit|passat)\\w+)(?: (?:con|in contatto con|a))?)? ?(?:${WHO_STRONG}|(?:una|un'altra|la stessa|quella) persona|(?:un|il|suo|vostro) (?:responsabile|capo|superiore|direttore|manager))`,
    `\\b(?:le|ti|vi) (?:ho (?:gia )?detto|dico|ripeto) che (?:voglio|vorrei) parlare(?: \\w+)? ${WHO}`,
    `(?<!\\b(?:non|che) )\\b(?:mi passi|me ne passi|mi passa|mi passate|passami|passatemi|mi faccia parlare|fammi parlare|fatemi parlare|mi metta in contatto|mi trasferisca)(?: (?:subito|ora|adesso|per favore|pure|con|a|al|il|la|suo|sua|col))* ?(?:${WHO}|un altro|un'altra|uno|una|lui|lei)\\b`,
    `${STRONG}.{0,60}\\bme l[oa] (?:passi|passa|passate|metta|chiami)\\b`,
    `(?<!\\b(?:se|che) )\\b(?:posso|potrei|si puo) parlare con (?:${WHO}|quella persona|lui|lei|uno|una|un altro|un'altra|la stessa persona)\\b`,
    `\\bdov(?:'e|e e|e) (?:il mio|la mia|il|la) ${STRONG}`,
    `^(?:\\w+ ){0,3}?(?:mi hanno|mi ha|mi e stato|ci hanno) (?:detto|consigliato|chiesto) di (?:chiedere|parlare|chiamare|contattare)(?: [\\w']+){0,3}? ?${WHO}[ .!?]*$`,
  ),
  polite: atEitherEnd(
    "per (?:favore|piacere|cortesia)|perfavore|grazie(?: (?:mille|tante))?|allora|adesso|ora|subito|immediatamente|ok|okay|si|no|va bene|d'accordo|certo|ciao|salve|pronto|buon ?giorno|buona ?sera|scusi|scusa|mi scusi|senta|ecco|beh|eh|ehm|basta|solo|meglio|e|ma|signor[ea]|signorina|ho detto|dico|se (?:possibile|puo|e possibile|non le dispiace)|presto|urgente(?:mente)?|finalmente|per l'amor di dio|pure|please",
  ),
  whole: wholeClause(
    `(?:mi |ci )?(?:puo|puoi|potrebbe|potete)? ?(?:mi )?(?:trasferisca|trasferisci|trasferire|trasferirmi|passi|passa|passarmi|colleghi|collegarmi|metta in (?:contatto|comunicazione|linea)|metterm[ia] in (?:contatto|comunicazione|linea)|passami|trasferiscimi)(?: (?:qualcuno|con qualcuno|a qualcuno))?`,
    `(?:voglio|vorrei|desidero) (?:essere|venire) (?:trasferit|mess|passat|richiamat)[oa](?: in (?:contatto|linea|comunicazione))?(?: (?:con|a|da) ${WHO})?`,
    `non (?:lei|tu|te|con lei|con te|un robot|una macchina|con un robot)(?: ma)?(?: voglio)? (?:${WHO_STRONG}|(?:una )?persona(?: vera)?|qualcuno)`,
    `(?:chiunque|qualcuno|chi vuole|qualsiasi (?:cosa|persona))(?: altro)? (?:tranne|eccetto|ma non|che non sia|meno|a parte) (?:un |una |lei|questo |questa |i )?(?:${MACHINE})?`,
    `(?:niente|nessuno|nessuna|nessuna di queste|nessuno dei due|altro|lasci perdere|non serve a niente|non funziona)(?: voglio)? (?:(?:un|una) )?(?:${STRONG}|operatore)`,
    `(?:ho (?:gia )?(?:chiesto|detto)|gliel'ho (?:gia )?(?:detto|chiesto))(?: (?:gia|\\w+ volte))*(?: che voglio)?(?: di)? ?(?:un |una |parlare con (?:un|una) )?(?:${STRONG}|persona)`,
    `(?:preferisco|voglio|vorrei)(?: \\w+)? (?:le persone|gente|persone vere|gli umani|umani)`,
    `(?:un[oa]|qualcuno|qualcuna) (?:dei|delle|del|della|di) (?:vostri|vostre|suoi|sue|vostro|suo|voi|personale|staff|vostro (?:personale|staff|team))(?: \\w+)?`,
  ),
  bare: new RegExp(
    `^(?:(?:ciao|salve|pronto|si|no|per favore|ora|adesso|subito|ho detto|dico|con|a|un|una|il|lo|buongiorno|scusi|solo)[ ,.!?]*)*(?:${DET} ?)*(?:${ADJ} )*(?:${STRONG}|responsabile|supervisore|persona(?: vera| reale)?|assistenza|persone vere)(?:[ ,.!?]*(?:per favore|per piacere|subito|ora|adesso|grazie|reale|vero|vera|uman[oa]))*[ ,.!?]*$`,
    "u",
  ),
};
