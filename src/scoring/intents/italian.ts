import { oneOf } from "../clauses/clauses.ts";
import {
  cancellationTold,
  fraudTold,
  hardshipTold,
  identityTheftTold,
  legalThreatTold,
  noCancellation,
  noComplaint,
  noFraud,
  regulatorTold,
  selfHarmTold,
} from "./italian-told.ts";
import { type IntentRules } from "./intent-rules.ts";

/** Not when it is the card, the site or the app that will not take the payment. */
const CON_CHE =
  "(?!.{0,60}\\b(?:con (?:la |la mia |una )?(?:carta|paypal)|online|sul (?:sito|portale)|nell'app|dall'app|tramite|via))";

export const italianIntents: IntentRules = {
  fraud: {
    says: oneOf(
      fraudTold,
      /\b(?:frod[ei]|fraudolent\w+|truff\w+|phishing|hackerat\w*|clonat[oa]|clonazione|(?:mi hanno )?rubato (?:i |dei )?(?:soldi|la carta|denaro)|(?:qualcuno|hanno|sconosciut\w|un (?:ladro|hacker|truffatore))(?: \w+){0,3} (?:usato|usando|rubato|prelevato|utilizzato|clonato|svuotato|hackerato|comprando|spendendo)(?: \w+){0,4} (?:carta|conto|soldi|denaro)|non (?:ho )?(?:mai )?(?:fatto|autorizzato|riconosco|effettuato)(?: \w+){0,3} (?:pagamento|acquisto|addebito|transazione|prelievo|bonifico|operazione)|(?:pagament[oi]|acquist[oi]|addebit[oi]|transazion[ei]|operazion[ei]|preliev[oi]) (?:non (?:autorizzat\w+|riconosciut\w+)|che non (?:ho|riconosco)|sospett\w+|sconosciut\w+|stran\w+))\b/,
    ),
    aside: oneOf(noFraud),
  },
  "identity-theft": {
    says: oneOf(
      identityTheftTold,
      oneOf(
        "\\bfurto (?:di|d') ?identita\\b|\\brubato (?:la )?(?:mia )?identita\\b",
        "\\b(?:hanno|qualcuno|sconosciut\\w|e stato|e stata|truffator\\w)(?: \\w+){0,3} (?:aperto|aperta|richiesto|attivato|attivata|chiesto|fatto|intestato)(?: \\w+){0,5} a (?:mio nome|nome mio)\\b",
        "\\bsi (?:spaccia(?:no)?|sta spacciando|e spacciat\\w) per me\\b|\\b(?:qualcuno|stanno|sta|hanno)(?: \\w+){0,2} (?:usando|usato|usa|usano) (?:il mio nome|la mia identita)\\b",
      ),
    ),
  },
  cancellation: {
    says: oneOf(
      cancellationTold,
      /\b(?:annullare|annulla|annulli|cancellare|disdire|disdetta|chiudere|chiusura|rescindere|recedere|eliminare|disattivare|terminare|recesso)(?: (?:di|del|della|il|la|lo|un|una|mio|mia|questo|questa|dal|dall'|dell'|l'))*(?: ?\w+)? ?(?:conto|abbonamento|contratto|servizio|polizza|prenotazione|ordine|carta|assicurazione|appuntamento|account|profilo|linea|bonifico|acquisto|iscrizione|tessera)\b|\b(?:dare la|fare) disdetta\b|\bdisdire\b/,
    ),
    aside: oneOf(
      noCancellation,
      oneOf(
        "\\bnon (?:voglio|vorrei) (?:annullare|disdire|chiudere|cancellare)",
        "\\b(?:costi|penale|politica) di (?:cancellazione|disdetta|recesso)",
      ),
    ),
  },
  hardship: {
    says: oneOf(
      hardshipTold,
      oneOf(
        "\\b(?:pien\\w|sommers\\w|carich\\w|strozzat\\w)(?: \\w+)? (?:di|dai) debiti\\b|\\bdebiti fino al collo\\b|\\b(?:mi stanno|ci stanno|mi hanno|sono stat\\w|saro|verremo) (?:sfrattand\\w*|sfrattat\\w+)\\b|\\bcassa integrazione\\b(?=.*\\b(?:fine mese|pagare|soldi|stipendio|arrivo|basta)\\b)",
        "\\b(?:mort[oa]|decedut[oa]|malattia|malat[oa]|ospedale|disoccupat\\w|licenziat\\w|divorzio|incidente|senza (?:stipendio|reddito))\\b.{0,60}\\bnon (?:riesco|posso|ce la faccio)(?: \\w+)?(?: (?:piu|a))* ?pagare\\b(?! (?:con|online|sul))",
        "\\b(?:ho )?perso il (?:mio )?(?:lavoro|posto(?: di lavoro)?)\\b(?! (?:a sedere|auto|in))|\\b(?:sono|siamo) (?:disoccupat\\w|stat\\w licenziat\\w|in cassa integrazione|senza (?:lavoro|reddito|stipendio))\\b|\\bmi hanno licenziat\\w\\b",
        `\\bnon (?:posso|riesco a|riusciamo a|possiamo|ho i soldi per)(?: piu)? ${CON_CHE}(?:pagare|permettermi|sostenere)(?: (?:il|la|le|i|gli|l'|mio|mia|questo|questa|mie|miei))* ?(?:\\w+ )?(?:affitto|bollett[ae]|rat[ae]|mutuo|prestito|debit[oi]|fattur[ae]|spese|mese|luce|gas|canone)\\b`,
        `\\bnon (?:posso|riesco a|riusciamo a) piu ${CON_CHE}pagare\\b|\\bnon ho (?:piu )?(?:i )?soldi per ${CON_CHE}(?:pagare|mangiare|vivere|l'affitto)\\b`,
        "\\b(?:difficolta|problemi) (?:economic\\w+|finanziari\\w*|di soldi)\\b|\\b(?:sono|siamo|ho dichiarato|mia ditta e)(?: \\w+)? (?:in )?fallimento\\b|\\bsfratt\\w+|\\bpignora\\w+|\\bin (?:arretrato|ritardo) con (?:i pagamenti|le rate|l'affitto|il mutuo)\\b",
        "\\b(?:non (?:riesco|riusciamo|ce la faccio|ce la facciamo)|fatic\\w+|difficile) (?:piu )?(?:ad? )?arrivare a fine mese\\b|\\bnon arriv(?:o|iamo) (?:piu )?a fine mese\\b",
      ),
    ),
  },
  "legal-threat": {
    says: oneOf(
      legalThreatTold,
      oneOf(
        "\\b(?:vi|ti|li) (?:denuncio|denuncero|denunciamo|querelo|quereler\\w+|porto in tribunale|faccio causa|faro causa|faremo causa)\\b|\\b(?:denuncio|denuncero) (?:la (?:vostra )?(?:banca|societa|compagnia|azienda)|la vostra)\\b|\\b(?:faro|faccio|faremo|fare) causa\\b|\\bsporgere denuncia contro (?:di )?voi\\b",
        "\\b(?:azioni|vie|azione|procedere|procedero) legal\\w+\\b|\\b(?:lettera di|vi|mando una|invio una) diffid\\w+\\b",
        "\\bil mio avvocato (?:vi|si|ha|sta|dice|e (?:gia )?(?:informato|al corrente)|contattera|fara)\\b|\\b(?:contattare|chiamare|chiamero|contattero|parlare con|sentire|rivolgermi a|rivolgero a)(?:ro)? ?(?:un|il mio|al mio|ad un) ?avvocato\\b",
        "\\b(?:ci (?:vediamo|vedremo)|porto|porteremo|portero|andiamo|finira|finiremo|trascin\\w+)(?: \\w+){0,2} in tribunale\\b",
      ),
    ),
    aside: oneOf("\\bnon (?:voglio|intendo) (?:fare causa|denunciar\\w+|procedere)"),
  },
  regulator: {
    says: oneOf(
      regulatorTold,
      /\b(?:agcom|consob|banca d'italia|ivass|garante (?:della )?privacy|garante per la (?:protezione|privacy)|(?:al|dal) garante|arbitro bancario|abf|altroconsumo|codacons|federconsumatori|associazione (?:dei )?consumatori|antitrust|agcm|corecom|ombudsman)\b/,
    ),
    aside: oneOf(noComplaint),
  },
  "self-harm": {
    says: oneOf(
      selfHarmTold,
      oneOf(
        "\\bsuicid\\w+|\\b(?:uccidermi|ammazzarmi|impiccarmi|spararmi)\\b|\\b(?:mi|m') ?(?:ammazzo|uccido|uccidero|ammazzero)\\b(?! (?:di|dalle|dal))|\\btogliermi la vita\\b|\\bfarla finita\\b(?! con (?:questo|questa|il|lo|voi|l'|la (?!vita)))",
        "\\b(?:voglio|vorrei|volevo|voglia di|preferisco|preferirei|penso di|desidero)(?: (?:solo|soltanto))? (?:morire|essere mort\\w|sparire (?:per sempre|da questo mondo)|scomparire per sempre|addormentarmi e non svegliarmi|non svegliarmi piu|non essere mai nat\\w)\\b",
        "\\bnon (?:voglio|ho (?:piu )?voglia di) (?:piu )?(?:vivere|esistere|svegliarmi|andare avanti|stare al mondo)\\b(?! (?:a|in|con (?!questo dolore)|qui|da|vicino|senza)\\b)|\\bstanc\\w di vivere\\b|\\bnon (?:posso|riesco) (?:piu )?(?:ad? )?(?:andare avanti|vivere) cosi\\b|\\bnon ce la faccio piu a vivere\\b|\\bnon riesco piu ad andare avanti\\b",
        "\\bfarmi del male\\b|\\bautolesion\\w*|\\btagliarmi (?:le vene|i polsi|le braccia)\\b|\\bbuttarmi (?:dal|da un|giu|sotto)\\b",
        "\\bmeglio (?:essere )?mort\\w\\b|\\bmeglio senza di me\\b|\\bsono un peso per\\b|\\bnessuno sentirebbe la mia mancanza\\b",
        "\\b(?:la|mia|la mia) vita non (?:ha (?:piu )?senso|vale (?:piu )?(?:la pena|niente|nulla))\\b|\\bnon (?:ho|vedo) (?:piu )?(?:motiv[oi]|ragion[ei]|un motivo) (?:per|di) vivere\\b|\\ba che serve vivere\\b|\\b(?:voglio|vorrei) che (?:tutto )?finisca tutto\\b|\\b(?:voglio|vorrei) che tutto (?:finisca|finisse)\\b",
        "\\b(?:prendere|preso|ingoiare|ingoiato|prendo)(?: \\w+){0,3} (?:tutte|tutti|troppe|troppi|scatola|flacone)(?: \\w+){0,3} (?:pillole|pastiglie|medicine|farmaci|sonniferi|compresse)\\b|\\boverdose\\b",
      ),
    ),
    aside: oneOf(
      "\\bnon (?:voglio|ho intenzione di) (?:morire|uccidermi|suicid\\w+)",
      "\\b(?:muoio|morire|morendo) d(?:i|al|alla|alle|allo)\\b(?! colpo) ?\\w+",
      "\\b(?:vuole|vogliono|volete|vuoi) (?:uccidermi|ammazzarmi)\\b",
    ),
  },
  "billing-dispute": {
    says: oneOf(
      /\b(?:(?:addebitat\w+|fatturat\w+|pagato|addebito)(?: \w+)? (?:due volte|doppio|il doppio|in piu|troppo|erroneamente|per sbaglio)|doppi[oa] (?:addebito|fattura|pagamento)|(?:errore|problema) (?:nella|sulla|con la|nel|con il|di|sul) (?:mia |mio |l')?(?:fattura|bolletta|fatturazione|pagamento|addebito|conto)|(?:fattura|bolletta) (?:sbagliata|errata|troppo alta|non corretta)|(?:contestare|contestazione)(?: \w+){0,2} (?:addebito|fattura|bolletta|pagamento|spesa)|rimborso(?: \w+){0,3} non|non ho (?:ancora )?(?:ricevuto|avuto)(?: \w+){0,2} rimborso)\b/,
    ),
  },
};
