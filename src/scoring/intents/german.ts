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
  selfHarmTold,
} from "./german-told.ts";
import { type IntentRules } from "./intent-rules.ts";

/** Not when it is the card, the site or the app that will not take the payment. */
const WOMIT =
  "(?!.{0,60}\\b(?:mit (?:der |meiner )?(?:karte|kreditkarte|paypal)|online|in der app|auf der (?:website|seite)|im (?:shop|internet)|per|bar)\\b)";

export const germanIntents: IntentRules = {
  fraud: {
    says: oneOf(
      fraudTold,
      /\b(?:betrug\w*|betrogen|betruger\w*|phishing|gehackt|abgezockt|(?:karte|konto|geld|daten)(?: \w+){0,3} geklaut|(?:karte|konto)(?: \w+){0,3} (?:missbraucht|missbrauch|gehackt|kopiert)|kartenmissbrauch|(?:jemand|unbekannte|ein (?:dieb|hacker|betruger)|diebe|hacker)(?: \w+){0,6} (?:abgehoben|abgebucht|benutzt|gestohlen|eingekauft|leergeraumt|gekauft|(?<=von meinem konto (?:\w+ ){0,3})uberwiesen)|(?:unbefugt|unberechtigt|unautorisiert|verdachtig|unbekannt)\w* (?:abbuchung|zahlung|buchung|transaktion|uberweisung|lastschrift)\w*|(?:abbuchung|zahlung|buchung|transaktion|uberweisung)\w*(?: \w+){0,5} (?:nicht (?:von mir|autorisiert|gemacht|getatigt|veranlasst|erkenne)|kenne ich nicht)|nicht (?:von mir )?(?:autorisiert|getatigt|veranlasst)\w*)\b/,
    ),
    aside: oneOf(noFraud),
  },
  "identity-theft": {
    says: oneOf(
      identityTheftTold,
      oneOf(
        "\\bidentitatsdiebstahl\\w*|\\bidentitat (?:wurde |worden )?(?:gestohlen|missbraucht|geklaut)\\b|\\bidentitatsmissbrauch\\w*",
        "\\b(?:auf|in|unter) meinem namen(?: \\w+){0,6} (?:eroffnet|bestellt|abgeschlossen|beantragt)\\b|\\b(?:eroffnet|bestellt|abgeschlossen|beantragt)(?: \\w+){0,4} (?:auf|in|unter) meinem namen\\b",
        "\\bgibt sich (?:als|fur) mich aus\\b|\\b(?:gab|geben) sich (?:als|fur) mich aus\\b",
      ),
    ),
    aside: oneOf(
      "\\b(?:ich|wir|meine frau|mein mann) (?:habe|hatte|mochte|will|wollte|kann|wurde gern|haben|hat)(?: (?!jemand|unbekannte|dass|wurde)\\w+){0,6} (?:auf|in|unter) meinem namen",
      "\\b(?:habe|kann|hatte|mochte) ich(?: (?!jemand|unbekannte)\\w+){0,5} (?:auf|in|unter) meinem namen",
    ),
  },
  cancellation: {
    says: oneOf(
      cancellationTold,
      /\b(?:kundigen|kundigung|stornieren|stornierung|widerrufen|auflosen|schliessen|loschen|abbestellen|beenden|abmelden|kundige|storniere|losche)\b/,
    ),
    aside: oneOf(
      noCancellation,
      oneOf(
        "\\bnicht (?:kundigen|stornieren|loschen|schliessen|beenden)",
        "\\bstornogebuhr\\w*|\\bkundigungsfrist\\w*",
        "\\b(?:tur|fenster|app|gesprach|anruf|datei|nachricht|programm|wecker|timer|liste)(?: \\w+)? (?:schliessen|loschen|beenden)",
      ),
    ),
  },
  hardship: {
    says: oneOf(
      hardshipTold,
      oneOf(
        "\\bkurzarbeit\\b(?=.*\\b(?:geld|reicht|zahlen|bezahlen|miete|nicht)\\b)|\\b(?:hals|ohren|kopf) in schulden\\b|\\buberschuldet\\b|\\bschulden (?:uber den kopf|erdrucken)|\\bzwangsgeraumt\\b|\\bzwangsversteiger\\w+|\\b(?:raumungsklage|pfandung|gepfandet|gerichtsvollzieher)\\b(?=.*\\b(?:mich|mein\\w*|uns|mir|ich|wir)\\b)|\\bnicht (?:mehr )?uber die runden\\b|\\bgeld reicht (?:\\w+ ){0,3}nicht\\b",
        "\\b(?:gestorben|verstorben|krankgeschrieben|krank|krankenhaus|arbeitslos|entlassen|scheidung|unfall|ohne (?:lohn|einkommen|gehalt))\\b.{0,60}\\bnicht (?:mehr )?(?:zahlen|bezahlen|leisten|aufbringen)\\b",
        "\\b(?:job|arbeit|stelle|arbeitsplatz) verloren\\b|\\bbin (?:arbeitslos|gekundigt worden|zahlungsunfahig|pleite|entlassen worden)\\b|\\barbeitslos\\b|\\bwurde (?:mir )?(?:gekundigt|entlassen)[ .!?]*$",
        `\\bkann ${WOMIT}(?:ich )?(?:mir )?(?:die|meine|meinen|den|das|diesen|diese) (?:\\w+ )?(?:miete|rechnung\\w*|rate\\w*|kredit\\w*|beitrag\\w*|schulden|strom\\w*|gas|heizung|hypothek|darlehen|monat)(?: \\w+){0,3} nicht (?:mehr )?(?:bezahlen|zahlen|begleichen|leisten|aufbringen)\\b`,
        `\\bkann ${WOMIT}(?:\\w+ ){0,4}nicht mehr (?:bezahlen|zahlen|leisten|begleichen)\\b`,
        "\\b(?:finanzielle|geld) ?(?:schwierigkeiten|probleme|not|sorgen|engpass\\w*)\\b|\\bgeldsorgen\\b|\\bzahlungsschwierigkeiten\\b|\\b(?:privat)?insolven\\w+|\\bzwangsraumung\\b|\\b(?:bin|sind|ich|wir)(?: \\w+){0,3} im (?:ruckstand|verzug) mit\\b|\\bkein geld (?:mehr )?(?:fur|um|zum) (?!\\w* ?(?:zug|parken|automat))",
      ),
    ),
    aside: oneOf(
      "\\b(?:firma|handler|verkaufer|veranstalter|airline|fluggesellschaft|unternehmen|anbieter|shop|laden)(?: \\w+){0,3} insolven\\w+",
    ),
  },
  "legal-threat": {
    says: oneOf(
      legalThreatTold,
      oneOf(
        "\\b(?:verklage|verklagen)\\b|\\bklage (?:gegen|einreich\\w*|ein)\\b|\\breiche klage\\b|\\bsammelklage\\b",
        "\\b(?:werde|will|muss) (?:ich )?(?:sie|euch|die bank|ihre (?:firma|bank)|ihr unternehmen) (?:\\w+ )?anzeigen\\b|\\bzeige (?:ich )?(?:sie|euch) an\\b|\\b(?:straf)?anzeige gegen (?:sie|euch|ihr\\w*|die bank)\\b",
        "\\brechtliche (?:schritte|massnahmen)\\b|\\brechtsweg\\b|\\bgerichtlich (?:vorgehen|gegen)\\b|\\b(?:sehen uns|treffen uns|bringe|ziehe|gehe)(?: \\w+){0,4} vor gericht\\b",
        "\\bmein (?:rechts)?anwalt (?:wird|meldet|hat|pruft|sagt|ist (?:informiert|eingeschaltet)|schreibt|kummert)\\b|\\b(?:einen|meinen|den) (?:rechts)?anwalt(?: \\w+){0,2} (?:einschalten|nehmen|beauftragen|kontaktieren|einschalte|nehme|anrufen)\\b|\\b(?:zum|zu meinem|zu einem) (?:rechts)?anwalt\\b|\\b(?:rechts)?anwalt(?: \\w+)? (?:einschalten|einschalte|eingeschaltet)\\b|\\b(?:horen|schreiben)(?: \\w+){0,2} von meinem (?:rechts)?anwalt\\b",
      ),
    ),
    aside: oneOf("\\bnicht (?:verklagen|klagen)|\\bniemanden (?:verklagen|anzeigen)"),
  },
  regulator: {
    says: oneOf(
      /\b(?:bafin|bundesnetzagentur|verbraucherzentrale|verbraucherschutz\w*|ombudsmann|ombudsstelle|schlichtungsstelle|datenschutzbehorde|aufsichtsbehorde|finma|fma|wettbewerbszentrale|landesdatenschutz\w*)\b/,
    ),
    aside: oneOf(noComplaint),
  },
  "self-harm": {
    says: oneOf(
      selfHarmTold,
      oneOf(
        "\\bselbstmord\\w*|\\bsuizid\\w*|\\bselbstverletz\\w*|\\bselbst verletzen\\b|\\bmich (?:(?:selbst|heute|jetzt|gleich|einfach|noch|nachher|morgen|abend|sonst|am liebsten) ){0,3}(?:um(?:bringen|zubringen)|tote|toten|zu toten|verletzen|ritzen|aufhangen|erhangen|erschiessen)\\b|\\b(?:bringe?|brachte) mich (?:\\w+ )?um\\b|\\bvor (?:den|einen) zug (?:werfen|springen)\\b|\\bvon (?:der|einer) brucke springen\\b",
        "\\bmir (?:(?:selbst|heute|jetzt|gleich|einfach|noch|nachher|morgen|abend|sonst|am liebsten) ){0,3}(?:das leben nehmen|etwas antun|was antun|die pulsadern)\\b|\\bmeinem leben ein ende\\b|\\bende machen mit (?:allem|dem leben)\\b|\\bschluss machen mit (?:allem|dem leben)\\b|\\bdass (?:alles |es )(?:endlich )?(?:alles )?(?:vorbei ist|aufhort|endet)\\b",
        "\\b(?:will|mochte|wollte|wurde gern|wunschte|ware am liebsten|am liebsten)(?: (?:ich|nur|jetzt|ware|lieber))* (?:nicht mehr (?:leben|da sein|aufwachen|hier sein|existieren|weiterleben)|sterben|tot(?: sein)?|nie geboren)\\b|\\bam liebsten tot\\b",
        "\\bich (?:will|mag|kann) (?:das )?(?:alles )?nicht mehr(?=[ .!?]*$| \\.)|\\bkann (?:so )?nicht (?:mehr )?weiterleben|kann (?:so )?nicht mehr (?:so )?weiter(?:machen)?(?=[ .!?]*$)|\\bnicht mehr (?:leben|weiterleben)\\b(?! (?:in|bei|mit))|\\b(?:lieber|besser) tot\\b|\\blebensmude\\b",
        "\\bkein(?:en)? (?:sinn|grund) (?:mehr )?(?:zu leben|im leben|weiterzuleben|weiterzumachen)\\b|\\bleben (?:hat|macht|ergibt) (?:\\w+ )?kein(?:en)? sinn\\b|\\b(?:alles|nichts) (?:hat |macht )?(?:keinen|einen) sinn mehr\\b|\\bkeinen lebenswillen\\b|\\bohne mich besser (?:dran|gehen)\\b|\\bbesser (?:dran )?ohne mich\\b|\\b(?:falle|bin)(?: \\w+){0,3} (?:nur )?(?:zur|eine) last\\b|\\bniemand wurde mich vermissen\\b",
        "\\b(?:alle|zu viele|ganze|packung|schachtel|haufenweise)(?: \\w+){0,3} (?:tabletten|pillen|schlaftabletten|medikamente) (?:\\w+ )?(?:genommen|geschluckt|nehmen|schlucken)\\b|\\buberdosis\\b|\\beinschlafen und nicht mehr aufwachen\\b",
      ),
    ),
    aside: oneOf(
      "\\b(?:will|werde|mochte) (?:mich )?nicht (?:sterben|umbringen|toten)",
      "\\b(?:zum|vor) (?:sterben|totlachen|lachen|langeweile|hunger|durst) ?(?:sterben)?",
      "\\bsterben vor \\w+",
      "\\bnicht mehr (?:leben|sein|da sein) konnen? ohne",
    ),
  },
  "billing-dispute": {
    says: oneOf(
      /\b(?:(?:doppelt|zweimal|mehrfach|zu viel|zuviel|falsch) (?:abgebucht|berechnet|belastet|bezahlt|abgerechnet|in rechnung)|doppelte (?:abbuchung|rechnung|zahlung|belastung)|(?:fehler|problem\w*) (?:mit|auf|in|bei) (?:der|meiner|einer|die|meine|der letzten) (?:rechnung|abrechnung|zahlung|abbuchung)|rechnung (?:stimmt nicht|ist falsch|ist zu hoch|falsch)|falsche (?:rechnung|abbuchung|betrag|gebuhr)|(?:rechnung|abbuchung|gebuhr|belastung)(?: \w+){0,3} (?:anfechten|reklamieren|widersprechen|beanstanden)|(?:ruckerstattung|erstattung)(?: \w+){0,4} (?:nicht|immer noch|fehlt|wo)|uberhohte? (?:rechnung|gebuhr))\b/,
    ),
  },
};
