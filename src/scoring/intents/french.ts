import { everywhere } from "../requests/request-rules.ts";
import type { IntentRules } from "./intent-rules.ts";

export const frenchIntents: IntentRules = {
  fraud: {
    says: /\b(?:fraude\w*|fraudul\w+|arnaque\w*|escroque\w*|phishing|hameconnage|pirat(?:e|er|age)\w*|vole (?:mon argent|ma carte|de l'argent)|(?:quelqu'un|on)(?: \w+){0,3} (?:utilise|vole|pirate|retire|debite)(?: \w+){0,3} (?:carte|compte|argent)|(?:paiement|achat|debit|prelevement|retrait|transaction|operation)s? (?:que je n'ai pas|non autorise\w*|non reconnu\w*|suspect\w*|inconnu\w*|frauduleu\w+)|je (?:n'ai|ne) (?:jamais |pas )?(?:pas )?(?:autorise|reconnais|effectue|fait)(?: pas)?(?: \w+){0,3} (?:paiement|achat|debit|prelevement|retrait|transaction))\b/,
  },
  "identity-theft": {
    says: /\b(?:(?:usurpation|vol) d'identite|usurpe mon identite|vole mon identite|(?:ouvert|souscrit|contracte)(?: \w+){0,4} a mon nom|se fai(?:t|re) passer pour moi)\b/,
  },
  cancellation: {
    says: /\b(?:annuler|annulez|annule|resilier|resiliez|resiliation|cloturer|fermer|supprimer|arreter|mettre fin a|interrompre|desabonner|desinscrire)(?: (?:de|mon|ma|mes|le|la|les|un|une|l'|cet|cette|ce|a))*(?: ?\w+)? ?(?:compte|abonnement|contrat|service|assurance|reservation|commande|carte|forfait|rendez-vous|virement|profil|ligne|adhesion)\b|\bme desabonner\b|\bresilier\b/,
    aside: everywhere(
      "\\bne (?:veux|souhaite) pas (?:annuler|resilier|fermer|cloturer)",
      "\\bfrais (?:d'annulation|de resiliation)",
    ),
  },
  hardship: {
    says: /\b(?:(?:j'ai )?perdu mon (?:emploi|travail|boulot)|je suis (?:au chomage|licencie\w*|sans (?:emploi|travail|revenus))|(?:peux|pouvons|arrive) (?:plus|pas)(?: \w+)? (?:payer|rembourser|regler|joindre les deux bouts)|(?:difficultes|problemes|soucis) (?:financi\w+|d'argent)|surendett\w+|expuls\w+|faillite|en retard (?:dans|sur) mes (?:paiements|loyers|mensualites)|plus (?:d'argent|les moyens))\b/,
  },
  "legal-threat": {
    says: /\b(?:(?:vais|allons) (?:vous )?(?:poursuivre|attaquer|porter plainte|saisir)|poursuites? (?:judiciaires?|en justice)|(?:action|recours|actions) (?:en justice|juridique|judiciaire|legale)s?|mon avocat\w*|(?:contacter|prendre|appeler|consulter) (?:un|mon) avocat|(?:au|devant le) tribunal|mise en demeure|porter plainte contre vous)\b/,
  },
  regulator: {
    says: /\b(?:dgccrf|acpr|amf|cnil|banque de france|mediateur|ombudsman|60 millions de consommateurs|ufc|que choisir|association de consommateurs|defenseur des droits|arcep|repression des fraudes)\b/,
  },
  "self-harm": {
    says: /\b(?:suicid\w+|me tuer|me suicider|mettre fin a (?:mes jours|ma vie|tout)|(?:veux|envie de|prefere|voudrais|aimerais) (?:mourir|etre mort\w*|en finir)|(?:veux|envie de) (?:plus|pas) vivre|plus envie de vivre|me faire du mal|m'ouvrir les veines|automutil\w+|mieux (?:si j'etais )?mort\w*|la vie (?:n'a plus|ne vaut)|en finir avec (?:la vie|tout))\b/,
    aside: everywhere(
      "\\bne (?:veux|vais) pas (?:mourir|me (?:tuer|suicider))",
      "\\bmourir de (?:rire|faim|soif|chaud|froid)",
    ),
  },
  "billing-dispute": {
    says: /\b(?:(?:debite|facture|preleve|paye|compte)\w* (?:deux fois|en double|trop|a tort)|double (?:prelevement|facturation|debit|paiement)|(?:erreur|probleme|souci) (?:de|sur|avec|dans) (?:la |ma |le |mon |une |un )?(?:facture|facturation|paiement|prelevement|montant)|facture (?:incorrecte|erronee|fausse|trop elevee)|(?:contester|contestation)(?: \w+){0,2} (?:facture|debit|prelevement|paiement|frais|montant)|(?:pas|jamais) (?:recu|eu)(?: \w+){0,2} remboursement|remboursement(?: \w+){0,4} pas|surfactur\w+)\b/,
  },
};
