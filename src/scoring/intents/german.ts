import { everywhere } from "../requests/request-rules.ts";
import type { IntentRules } from "./intent-rules.ts";

export const germanIntents: IntentRules = {
  fraud: {
    says: /\b(?:betrug\w*|betrogen|betruger\w*|phishing|gehackt|abgezockt|geklaut|(?:karte|konto)(?: \w+){0,3} (?:missbraucht|missbrauch|gehackt|kopiert)|kartenmissbrauch|(?:jemand|unbekannte)(?: \w+){0,6} (?:abgehoben|abgebucht|benutzt|gestohlen|eingekauft|uberwiesen)|(?:unbefugt|unberechtigt|unautorisiert|verdachtig|unbekannt)\w* (?:abbuchung|zahlung|buchung|transaktion|uberweisung|lastschrift)\w*|(?:abbuchung|zahlung|buchung|transaktion|uberweisung)\w*(?: \w+){0,5} (?:nicht (?:von mir|autorisiert|gemacht|getatigt|veranlasst|erkenne)|kenne ich nicht)|nicht (?:von mir )?(?:autorisiert|getatigt|veranlasst)\w*)\b/,
  },
  "identity-theft": {
    says: /\b(?:identitatsdiebstahl|identitat (?:wurde )?gestohlen|identitatsmissbrauch|(?:auf|in|unter) meinem namen(?: \w+){0,6} (?:eroffnet|bestellt|abgeschlossen|beantragt)|gibt sich (?:als|fur) mich aus)\b/,
  },
  cancellation: {
    says: /\b(?:kundigen|kundigung|stornieren|stornierung|widerrufen|auflosen|schliessen|loschen|abbestellen|beenden|abmelden|kundige|storniere|losche)\b/,
    aside: everywhere(
      "\\bnicht (?:kundigen|stornieren|loschen|schliessen|beenden)",
      "\\bstornogebuhr\\w*|\\bkundigungsfrist\\w*",
      "\\b(?:tur|fenster|app|gesprach|anruf|datei|nachricht|programm|wecker|timer|liste)(?: \\w+)? (?:schliessen|loschen|beenden)",
    ),
  },
  hardship: {
    says: /\b(?:(?:job|arbeit|stelle|arbeitsplatz) verloren|bin (?:arbeitslos|gekundigt worden|zahlungsunfahig|pleite)|arbeitslos|kann (?:die|meine|das|es|den|mir)?(?: \w+){0,4} nicht (?:mehr )?(?:bezahlen|zahlen|leisten|begleichen)|(?:finanzielle|geld) ?(?:schwierigkeiten|probleme|not|sorgen)|geldsorgen|zahlungsschwierigkeiten|insolven\w+|zwangsraumung|im (?:ruckstand|verzug) mit|kein geld (?:mehr )?(?:fur|um|zum))\b/,
  },
  "legal-threat": {
    says: /\b(?:(?:verklage|verklagen|anzeigen|klage)(?: sie| gegen| ein\w*)?|rechtliche schritte|rechtsweg|gerichtlich (?:vorgehen|gegen)|(?:mein|meinen|meinem|einen|zum|den) (?:rechts)?anwalt|rechtsanwalt\w*|vor gericht|anwalt einschalten|strafanzeige|klage einreichen|sammelklage)\b/,
    aside: everywhere(
      "\\banzeigen (?:lassen|sie mir|zeig)|\\b(?:mir|kontostand|liste|karte|app|bildschirm) (?:\\w+ )?anzeigen",
    ),
  },
  regulator: {
    says: /\b(?:bafin|bundesnetzagentur|verbraucherzentrale|verbraucherschutz\w*|ombudsmann|ombudsstelle|schlichtungsstelle|datenschutzbehorde|aufsichtsbehorde|finma|fma|wettbewerbszentrale|landesdatenschutz\w*)\b/,
  },
  "self-harm": {
    says: /\b(?:selbstmord\w*|suizid\w*|mich (?:selbst )?(?:um(?:bringen|zubringen)|tote|toten|verletzen|ritzen|aufhangen|erschiessen)|mir (?:das leben nehmen|etwas antun|was antun|die pulsadern)|(?:will|mochte|wollte|wurde gern) (?:nicht mehr (?:leben|da sein|aufwachen)|sterben|tot sein)|(?:lieber|besser) tot|nicht mehr leben|kein(?:en)? (?:sinn|grund) (?:mehr )?(?:zu leben|im leben)|meinem leben ein ende|ende machen mit (?:allem|dem leben))\b/,
    aside: everywhere(
      "\\b(?:will|werde|mochte) (?:mich )?nicht (?:sterben|umbringen|toten)",
      "\\b(?:zum|vor) (?:sterben|totlachen|lachen)",
    ),
  },
  "billing-dispute": {
    says: /\b(?:(?:doppelt|zweimal|mehrfach|zu viel|zuviel|falsch) (?:abgebucht|berechnet|belastet|bezahlt|abgerechnet|in rechnung)|doppelte (?:abbuchung|rechnung|zahlung|belastung)|(?:fehler|problem\w*) (?:mit|auf|in|bei) (?:der|meiner|einer|die|meine|der letzten) (?:rechnung|abrechnung|zahlung|abbuchung)|rechnung (?:stimmt nicht|ist falsch|ist zu hoch|falsch)|falsche (?:rechnung|abbuchung|betrag|gebuhr)|(?:rechnung|abbuchung|gebuhr|belastung)(?: \w+){0,3} (?:anfechten|reklamieren|widersprechen|beanstanden)|(?:ruckerstattung|erstattung)(?: \w+){0,4} (?:nicht|immer noch|fehlt|wo)|uberhohte? (?:rechnung|gebuhr))\b/,
  },
};
