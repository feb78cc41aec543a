import { everywhere } from "../requests/request-rules.ts";
import type { IntentRules } from "./intent-rules.ts";

export const italianIntents: IntentRules = {
  fraud: {
    says: /\b(?:frod[ei]|fraudolent\w+|truff\w+|phishing|hackerat\w*|clonat[oa]|clonazione|(?:mi hanno )?rubato (?:i |dei )?(?:soldi|la carta|denaro)|(?:qualcuno|hanno|sconosciut\w)(?: \w+){0,3} (?:usato|usando|rubato|prelevato|utilizzato)(?: \w+){0,3} (?:carta|conto|soldi|denaro)|non (?:ho )?(?:mai )?(?:fatto|autorizzato|riconosco|effettuato)(?: \w+){0,3} (?:pagamento|acquisto|addebito|transazione|prelievo|bonifico|operazione)|(?:pagament[oi]|acquist[oi]|addebit[oi]|transazion[ei]|operazion[ei]|preliev[oi]) (?:non (?:autorizzat\w+|riconosciut\w+)|che non (?:ho|riconosco)|sospett\w+|sconosciut\w+|stran\w+))\b/,
  },
  "identity-theft": {
    says: /\b(?:furto (?:di|d') ?identita|rubato (?:la )?(?:mia )?identita|(?:aperto|richiesto|attivato|chiesto)(?: \w+){0,4} a (?:mio )?nome(?: mio)?|si spaccia(?:no)? per me|usando (?:il mio nome|la mia identita))\b/,
  },
  cancellation: {
    says: /\b(?:annullare|annulla|annulli|cancellare|disdire|disdetta|chiudere|chiusura|rescindere|recedere|eliminare|disattivare|terminare|recesso)(?: (?:di|del|della|il|la|lo|un|una|mio|mia|questo|questa|dal|dall'|dell'|l'))*(?: ?\w+)? ?(?:conto|abbonamento|contratto|servizio|polizza|prenotazione|ordine|carta|assicurazione|appuntamento|account|profilo|linea|bonifico|acquisto|iscrizione|tessera)\b|\b(?:dare la|fare) disdetta\b|\bdisdire\b/,
    aside: everywhere(
      "\\bnon (?:voglio|vorrei) (?:annullare|disdire|chiudere|cancellare)",
      "\\b(?:costi|penale|politica) di (?:cancellazione|disdetta|recesso)",
    ),
  },
  hardship: {
    says: /\b(?:(?:ho )?perso il (?:mio )?(?:lavoro|posto)|sono (?:disoccupat\w|stat\w licenziat\w|in cassa integrazione|senza lavoro)|non (?:posso|riesco a|ho i soldi per)(?: piu)? (?:pagare|permettermi|arrivare a fine mese|sostenere)|(?:difficolta|problemi) (?:economic\w+|finanziari\w*|di soldi)|fallimento|sfratt\w+|pignora\w+|in (?:arretrato|ritardo) con i pagamenti|arrivare a fine mese)\b/,
  },
  "legal-threat": {
    says: /\b(?:(?:vi |la )?(?:denuncio|denuncero|querelo|quereler\w+|porto in tribunale|faccio causa|faro causa)|(?:azioni|vie|azione|procedere) legal\w+|il mio avvocato|(?:contattare|chiamare|parlare con|sentire|rivolgermi a)(?:ro)? (?:un|il mio|al mio) ?avvocato|in tribunale|fare causa|sporgere denuncia contro di voi|diffida)\b/,
  },
  regulator: {
    says: /\b(?:agcom|consob|banca d'italia|ivass|garante(?: della)?(?: privacy)?|arbitro bancario|abf|altroconsumo|codacons|federconsumatori|associazione (?:dei )?consumatori|antitrust|agcm|corecom|ombudsman)\b/,
  },
  "self-harm": {
    says: /\b(?:suicid\w+|uccidermi|ammazzarmi|togliermi la vita|farla finita|(?:voglio|vorrei|voglia di|preferisco) (?:morire|essere mort\w)|non voglio (?:piu )?vivere|non ho (?:piu )?voglia di vivere|farmi del male|autolesion\w*|tagliarmi le vene|meglio (?:essere )?mort\w|la vita non ha (?:piu )?senso)\b/,
    aside: everywhere(
      "\\bnon (?:voglio|ho intenzione di) (?:morire|uccidermi|suicid\\w+)",
      "\\b(?:muoio|morire) d(?:i|al) (?:ridere|fame|sete|caldo|freddo|sonno)",
    ),
  },
  "billing-dispute": {
    says: /\b(?:(?:addebitat\w+|fatturat\w+|pagato|addebito)(?: \w+)? (?:due volte|doppio|il doppio|in piu|troppo|erroneamente|per sbaglio)|doppi[oa] (?:addebito|fattura|pagamento)|(?:errore|problema) (?:nella|sulla|con la|nel|con il|di|sul) (?:mia |mio |l')?(?:fattura|bolletta|fatturazione|pagamento|addebito|conto)|(?:fattura|bolletta) (?:sbagliata|errata|troppo alta|non corretta)|(?:contestare|contestazione)(?: \w+){0,2} (?:addebito|fattura|bolletta|pagamento|spesa)|rimborso(?: \w+){0,3} non|non ho (?:ancora )?(?:ricevuto|avuto)(?: \w+){0,2} rimborso)\b/,
  },
};
