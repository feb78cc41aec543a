import { oneClause } from "../clauses/clauses.ts";
import { type DangerRules, hintOf, notThen } from "./danger-rules.ts";

const KIN =
  "(?:marito|moglie|compagn[oa]|fidanzat[oa]|ex|padre|papa|madre|mamma|genitori|nonn[oa]|zi[oa]|cugin[oa]|fratello|sorella|figli[oa]?|bambin[oaie]|bimb[oa]|neonat[oa]|amic[oa]|vicin[oa]|collega|suocer[oa]|nipote|ragazz[oa])";
const SOMEBODY = `(?:lui|lei|loro|qualcuno|un (?:uomo|tizio|ladro|estraneo)|degli uomini|(?:il |la )?(?:mio|mia|suo|sua|nostro|nostra) (?:\\w+ )?${KIN}|mi[oa] ${KIN})`;
const WEAPON = "(?:pistola|coltello|arma|fucile|machete|ascia|revolver)";
const HOUSE = "(?:casa|appartamento|cucina|camera|stanza|palazzo|garage|macchina|giardino|porta|finestra)";
const NOW_ONLY = notThen(
  "(?:ieri|(?:\\w+ ){1,2}(?:anni|mesi|settimane|giorni|anno|mese) fa|(?:l'anno|il mese|la settimana) scors[oa]|nel (?:19|20)\\d\\d)\\b",
);

export const italian: DangerRules = {
  hint: hintOf(
    "sfond armat aiuto picchi menan mena men[ao]\\b uccid ammazz spar accoltell pugnal strangol pistola coltello arma\\b fucile machete ascia respir soffoc infarto ictus convuls crisi sangu sanguin aggred svenut svegli risponde reagisc muove petto incoscien pillol pastigli medicin farmaci overdose candeggina veleno ingoiat annega morendo morir muor fuoco fiamme incendio bruci fumo gas monossido intrappol bloccat chius[oa] rinchius legat rapit sequestr stupr violent minacci entrando entrare scassin nascost ambulanza polizia carabinieri pompieri vigili_del 112 118 911 suicid togliersi buttarsi pericolo paura vita c'e_qualcuno ci_sono",
  ),
  says: oneClause(
    "(?:mi|ci|la|lo|ti) (?:vuole|vogliono|sta per|sta|stanno per|cerca di|prova a|ha minacciato di) (?:uccidere|uccidendo|ammazzare|ammazzando|sparare|accoltellare|strangolare|strangolando|violentare|picchiare|bruciare|aggredire)\\b|(?:vuole|vogliono|sta per|stanno per|sta cercando di|cerca di|minaccia di|ha minacciato di) (?:uccider|ammazzar|sparar|accoltellar|strangolar|violentar|picchiar|aggredir)(?:mi|ci|la|lo|li)\\b|mi (?:uccide|ammazza) (?:adesso|ora)\\b",
    `(?:mi|ci|gli|le|l') ?(?:ha|hanno|ho) (?:\\w+ )?(?:sparato|accoltellat[oa]|pugnalat[oa]|aggredit[oa]|rapit[oa]|sequestrat[oa]|stuprat[oa]|violentat[oa]|strangolat[oa]|picchiat[oa]|investit[oa]|chius[oa] (?:dentro|in casa|in camera)|rinchius[oa]|legat[oa])${NOW_ONLY}|(?:sono|e|siamo) stat[oaie] (?:\\w+ )?(?:accoltellat[oa]|aggredit[oa]|rapit[oa]|sequestrat[oa]|stuprat[oa]|violentat[oa]|sparat[oa])${NOW_ONLY}`,
    `(?:ha|tiene|hanno|con) (?:una?|il|la|l'|in mano una?) ?(?:\\w+ )?${WEAPON}\\b(?=.*\\b(?:mi|me|qui|casa|ora|adesso|ci|porta|aiuto|dentro)\\b|[ .!?]*$|[.!?])|(?:minacci\\w+|punta\\w*) (?:\\w+ ){0,3}(?:con )?(?:un|una|il|la) ${WEAPON}|mi sta (?:aggredendo|picchiando|strangolando|inseguendo|minacciando di morte|soffocando|accoltellando)|stanno sparando|c'e una sparatoria`,
    `(?:mi|ci|la|lo) (?:sta|stanno) (?:picchiando|menando|pestando)\\b|${SOMEBODY} (?:mi|ci|la|lo) (?:picchia|mena|pesta)\\b`,
    "non (?:mi|ci|la) (?:fa|fanno|lascia|lasciano) (?:uscire|andare via)\\b(?! d(?:al|all'|alla) ?(?:contratto|app|abbonamento))|(?:sono|siamo) (?:\\w+ )?(?:chius[oaie]|rinchius[oaie]|intrappolat[oaie]|bloccat[oaie]|nascost[oaie]) (?:dentro|in|nel|nella|sotto|nell') ?(?:\\w+ )?(?:casa|bagno|camera|ascensore|macchina|cantina|armadio|letto|incendio|bagagliaio)",
    `(?:c'e|ci sono|e entrato|sento) (?:qualcuno|un (?:uomo|ladro|estraneo|tizio)|gente|dei ladri|delle persone|i ladri) (?:\\w+ ){0,2}?(?:in|dentro|nella|nel) (?:mia |nostra |la |mio )?${HOUSE}\\b(?! (?:che|per) )|(?:stanno|sta|qualcuno|vogliono|cercano di|cerca di) (?:\\w+ ){0,3}?(?:entrando|entrare|scassinando|sfondando|forzando|sfondare) (?:in|la|nella|a|dalla|nel)? ?(?:mia |nostra |la )?${HOUSE}`,
    "non (?:riesco|riesce|riusciamo) (?:piu |quasi |neanche )?a respirare\\b(?! (?:con (?:questo|questa|tutt)|dal (?:caldo|ridere)))|non (?:sta respirando|respira|respiro)(?: piu)?\\b|ha smesso di respirare|(?:fatico|fatica|difficolta) a respirare|mi manca (?:il respiro|l'aria)|(?:sta|sto|si sta) (?:\\w+ )?(?:soffocando|annegando|affogando|strozzando)\\b(?! (?:nei|nelle|di|tra|con) )",
    `(?:sto|sta|ha|ho|credo|penso|gli e venuto|le e venuto|mi e venuto)(?: \\w+){0,3}? (?:avendo |avuto |in corso )?(?:un |una )?(?:infarto|ictus|attacco di cuore|arresto cardiaco|attacco epilettico|crisi epilettica|convulsioni|shock anafilattico|reazione allergica|overdose)\\b${NOW_ONLY}|(?:e|sta|era|lo trovo|la trovo) (?:\\w+ )?(?:svenut[oa]|incosciente|priv[oa] di sensi|senza sensi|in overdose)${NOW_ONLY}|non (?:si (?:sveglia|muove)|reagisce)(?: piu)?\\b(?! (?:il|lo schermo))|${KIN} (?:\\w+ ){0,4}non risponde\\b(?! (?:al|ai|alle|alla|a))`,
    `(?:dolore|dolori|male|pressione|peso) (?:\\w+ ){0,3}(?:al|sul|nel) petto${NOW_ONLY}|(?:sta )?sanguina(?:ndo)? (?:\\w+ )?(?:molto|tanto|tantissimo|dalla testa|ovunque)|(?:perdendo|perde|perso|tanto|molto) (?:molto |tanto )?sangue|sangue (?:dappertutto|ovunque)|non smette di sanguinare|(?:ha|ho) (?:ingoiato|ingerito|bevuto|preso|mandato giu) (?:\\w+ ){0,4}(?:pillole|pastiglie|medicine|farmaci|candeggina|veleno|detersivo|flacone|scatola)\\b(?! (?:stamattina|come))`,
    "(?<!(?:telefono|cellulare|batteria|computer|portatile|internet|connessione|pianta|piante) )(?:sto|sta|stiamo|si sta) (?:per )?(?:morendo|morire)\\b(?! (?:di (?:fame|sete|sonno|caldo|freddo|noia|vergogna|curiosita|invidia|paura|ridere)|dal (?:ridere|caldo|freddo|sonno)|dalla (?:voglia|noia|curiosita|fame|sete)|per))",
    `(?:${HOUSE}|ufficio|albergo|scuola|tetto|forno|bosco) (?:\\w+ )?(?:sta |e |ha )?(?:bruciando|brucia|in fiamme|andando a fuoco|preso fuoco|a fuoco)|(?:c'e|e scoppiato) (?:un |il |tanto |del )?(?:incendio|fuoco|fumo)\\b|incendio (?:in|nel|nella|a)${NOW_ONLY}|(?:odore|puzza|sento|fuga|perdita|c'e) (?:\\w+ )?(?:di )?gas\\b(?! (?:naturale|metano a))|monossido`,
    "(?:chiam\\w+|mand\\w+|bisogno di|serve|servono|voglio|inviat\\w+) (?:\\w+ )?(?:un'|un |l'|la |i |una |le )?(?:ambulanza|polizia|carabinieri|pompieri|vigili del fuoco|112|118|soccorsi)\\b(?! (?:verbale|denuncia|per (?:la denuncia|denunciare)|fattura))",
    `(?:${SOMEBODY}|vuole|ha detto che) (?:\\w+ ){0,3}?(?:vuole|sta per|cerca di|minaccia di|sta cercando di|intende) (?:uccidersi|suicidarsi|ammazzarsi|togliersi la vita|buttarsi|impiccarsi|farla finita)|(?:grida|urla|chiede) aiuto|(?:e|sono) armat[oi]\\b|(?:ho paura|temo) per la mia vita|(?:la mia|la sua|la nostra) vita e in pericolo|(?:sono|siamo) in pericolo\\b(?! di)`,
  ),
  aside: oneClause(
    "mi ammazza (?:se|quando) (?:lo |non )?(?:scopre|vede|sa|viene)\\b",
    "(?:quasi|per poco) (?:non )?(?:mi|gli|le) (?:viene|veniva|e venuto|e preso|prende) (?:un )?(?:infarto|colpo|ictus)",
    "(?:assicurazione|polizza|copre|copertura)(?: (?:contro|per|in caso di|un|una|il|la|l'|e|o|gli))* (?:incendio|incendi|infarto|ictus|ambulanza|gas)",
    "(?:film|serie|libro|gioco|romanzo) (?:dove|in cui|nel quale|su)\\b[^.!?]*",
  ),
};
