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
} from "./french-told.ts";
import { type IntentRules } from "./intent-rules.ts";

/** Not when it is the card, the site or the app that will not take the payment. */
const AVEC_QUOI =
  "(?!.{0,60}\\b(?:(?:par|avec (?:ma|la|une)) carte|en ligne|sur (?:le|votre|l'|la) ?(?:site|app\\w*|page)|par (?:internet|paypal|cheque)|via))";

export const frenchIntents: IntentRules = {
  fraud: {
    says: oneOf(
      fraudTold,
      /\b(?:fraude\w*|fraudul\w+|arnaque\w*|escroque\w*|phishing|hameconnage|pirat(?:e|er|age)\w*|vole (?:mon argent|ma carte|de l'argent)|(?:quelqu'un|on|un (?:voleur|pirate|hacker|escroc)|m'a|m'ont)(?: \w+){0,3} (?:utilise|vole|pirate|retire|debite|clone|copie|vide|achete|depense)(?: \w+){0,4} (?:carte|compte|argent)|(?:paiement|achat|debit|prelevement|retrait|transaction|operation)s? (?:que je n'ai pas|non autorise\w*|non reconnu\w*|suspect\w*|inconnu\w*|frauduleu\w+)|je (?:n'ai|ne) (?:jamais |pas )?(?:pas )?(?:autorise|reconnais|effectue|fait)(?: pas)?(?: \w+){0,3} (?:paiement|achat|debit|prelevement|retrait|transaction))\b/,
    ),
    aside: oneOf(noFraud),
  },
  "identity-theft": {
    says: oneOf(
      identityTheftTold,
      oneOf(
        "\\b(?:usurpation|vol) d'identite\\b|\\b(?:usurpe|vole|utilise) mon identite\\b",
        "\\b(?:quelqu'un|on|ont|inconnu|escroc|a ete|ete)(?: \\w+){0,3} (?:ouvert|souscrit|contracte|demande)e?s?(?: \\w+){0,6} a mon nom\\b",
        "\\bse fai(?:t|sait|re) passer pour moi\\b",
      ),
    ),
    aside: oneOf(
      "\\b(?:nous|je|j'ai|on m')\\b(?: (?!quelqu|on|un|a|ont)\\w+){0,3} (?:ouvert|souscrit|contracte|demande)(?: \\w+){0,4} a mon nom",
    ),
  },
  cancellation: {
    says: oneOf(
      cancellationTold,
      /\b(?:annuler|annulez|annule|resilier|resiliez|resiliation|cloturer|fermer|supprimer|arreter|mettre fin a|interrompre|desabonner|desinscrire)(?: (?:de|mon|ma|mes|le|la|les|un|une|l'|cet|cette|ce|a))*(?: ?\w+)? ?(?:compte|abonnement|contrat|service|assurance|reservation|commande|carte|forfait|rendez-vous|virement|profil|ligne|adhesion)\b|\bme desabonner\b|\bresilier\b/,
    ),
    aside: oneOf(
      noCancellation,
      oneOf(
        "\\bne (?:veux|souhaite) pas (?:annuler|resilier|fermer|cloturer)",
        "\\bfrais (?:d'annulation|de resiliation)",
      ),
    ),
  },
  hardship: {
    says: oneOf(
      hardshipTold,
      oneOf(
        "\\bcrible\\w* de dettes|\\bnoye\\w* (?:sous|dans) les dettes\\b|\\bendette\\w* jusqu'au cou|\\bsurendettement\\b|\\b(?:m'|me |nous |va me |va nous )?(?:expulse[rs]?|expulsion)\\b(?=.*)(?<=\\b(?:on va |ils vont |va |vont |se faire |etre |risque |avis d'|menace d')(?:m'|me |nous |etre )?(?:expulse[rs]?|expulsion))",
        "\\b(?:sans (?:salaire|revenus?|ressources)|arret maladie|au chomage|mort|decedee?|malade|hopital|licenciee?|divorce|accident)\\b.{0,60}\\b(?:ne (?:peux|pouvons) (?:pas|plus)|n'arrive plus a|n'arrivons plus a) (?:\\w+ )?(?:payer|rembourser|y arriver)\\b(?! (?:en ligne|par|avec))|\\bplus (?:d'argent|un sou|rien) pour (?:payer|manger|vivre|le loyer)",
        "\\b(?:j'ai )?(?:perdu|perdre) mon (?:emploi|boulot|travail)\\b|\\b(?:je suis|suis|sommes|me retrouve) (?:au chomage|licencie\\w*|sans (?:emploi|travail|revenus?|ressources))\\b|\\bj'ai ete licencie\\w*",
        `\\b(?:peux|pouvons|arrive|arrivons|pourrai) (?:plus|pas)(?: a)?(?: \\w+)? ${AVEC_QUOI}(?:payer|rembourser|regler) (?:(?:mon|ma|mes|le|la|les|l'|notre|nos|ce) ?)+(?:\\w+ )?(?:loyers?|factures?|credits?|prets?|mensualites?|echeances?|dettes?|traites?|mois|electricite|gaz)\\b`,
        `\\b(?:peux|pouvons|arrive) plus(?: a)? ${AVEC_QUOI}(?:payer|rembourser)\\b|\\bjoindre les deux bouts\\b|\\bn'(?:ai|avons) (?:plus|pas) (?:d'argent(?! sur| dans)|les moyens)\\b`,
        "\\b(?:difficultes|problemes|soucis) (?:financi\\w+|d'argent)\\b|\\bsurendett\\w+|\\b(?:vais|va|risque|etre|ete|suis) (?:\\w+ )?expuls\\w+|\\bexpulsion de mon\\b|\\b(?:suis|sommes|ma|mon entreprise est) (?:en )?faillite\\b|\\ben retard (?:dans|sur|de) mes (?:paiements|loyers|mensualites|factures)\\b",
      ),
    ),
  },
  "legal-threat": {
    says: oneOf(
      legalThreatTold,
      oneOf(
        "\\b(?:vais|allons) (?:vous (?:poursuivre|attaquer|assigner|trainer)|(?:poursuivre|attaquer|assigner) (?:votre|la) (?:banque|societe|entreprise|compagnie)|saisir (?:la justice|le tribunal|les tribunaux|le juge|un avocat|mon avocat))\\b|\\bporter plainte contre (?:vous|votre|la (?:banque|societe|compagnie))\\b|\\bje (?:vous )?(?:attaque|poursuis|assigne) (?:en justice|votre)",
        "\\bpoursuites? (?:judiciaires?|en justice)\\b|\\b(?:action|recours|actions) (?:en justice|juridiques?|judiciaires?|legales?)\\b",
        "\\bmon avocate? (?:va|vous|a|contactera|prendra|est (?:au courant|prevenu|saisi)|m'a|dit|sera|vous contactera)\\b|\\b(?:contacter|prendre|appeler|consulter|saisir) (?:un|mon) avocat\\b",
        "\\b(?:on se (?:voit|verra|retrouve\\w*)|trainer|irai|ira|iront|porter\\w*)(?: \\w+){0,3} (?:au|devant le|devant les) tribuna(?:l|ux)\\b|\\bmise en demeure\\b",
      ),
    ),
    aside: oneOf("\\bne (?:veux|vais|souhaite) pas (?:vous )?(?:poursuivre|attaquer|porter plainte)"),
  },
  regulator: {
    says: oneOf(
      regulatorTold,
      /\b(?:dgccrf|acpr|amf|cnil|banque de france|mediateur|ombudsman|60 millions de consommateurs|ufc|(?:a|avec|par|contacter) que choisir|association de consommateurs|defenseur des droits|arcep|repression des fraudes)\b/,
    ),
    aside: oneOf(noComplaint),
  },
  "self-harm": {
    says: oneOf(
      selfHarmTold,
      oneOf(
        "\\bsuicid\\w+|\\b(?:me|m') ?(?:tuer|suicider|pendre|flinguer|foutre en l'air|ouvrir les veines|oter la vie)\\b|\\bm'oter la vie\\b|\\bme supprimer\\b(?! (?:de|du|la|le|mon))",
        "\\bmettre fin a (?:mes jours|ma vie|mes souffrances|tout)\\b(?! (?:contrat|abonnement|service|engagement|cela))",
        "\\b(?:veux|envie de|prefere|prefererais|voudrais|aimerais|souhaite|pense a) (?:mourir|etre mort\\w*|disparaitre|m'endormir|ne (?:plus|pas) (?:me reveiller|exister)|en finir(?! avec (?:cet|cette|ce|mon|l'|votre|le |les |vos)))",
        "\\b(?:veux|envie de|souhaite) (?:plus|pas) (?:vivre|continuer a vivre|exister|me reveiller|etre la)\\b(?! (?:a|en|dans (?!ce monde)|ici|la|chez|pres|loin|avec (?!cette douleur|ca|cela))\\b)|\\bplus envie de (?:vivre|continuer a vivre)\\b",
        "\\benvie d'en finir\\b(?! avec (?:cet|cette|ce|mon|votre))|\\bme faire du mal\\b|\\bautomutil\\w+|\\bmutiler\\b|\\bme jeter (?:sous|du|d'un|par) ",
        "\\bmieux (?:si j'etais )?(?:mort\\w*|sans moi)\\b|\\bsuis un (?:poids|fardeau) pour\\b|\\bpersonne ne me regrettera\\w*",
        "\\b(?:la|ma) vie (?:n'a (?:plus|pas|aucun) ?(?:de |aucun )?sens|ne (?:vaut|sert))|\\ben finir avec (?:la vie|tout)\\b|\\b(?:plus|aucune?|pas de) (?:raison|raisons|gout|interet) (?:de|a) (?:vivre|la vie)\\b|\\ba quoi (?:bon )?(?:vivre|continuer a vivre|continuer[ .!?]*$)|\\bque (?:tout ca |tout |ca )?(?:s'arrete|finisse|se termine) (?:pour toujours|pour de bon)\\b|\\b(?:veux|voudrais) que tout (?:s'arrete|finisse|se termine)\\b|\\bfatigue\\w* de vivre\\b|\\bne peux plus continuer[ .!?]*$|\\bpeux plus (?:vivre|continuer) comme ca\\b",
        "\\b(?:aval\\w+|prendre|pris|prends)(?: \\w+){0,3} (?:tous|toute|trop|plein|boite|plaquette|tube)(?: \\w+){0,3} (?:medicaments?|cachets?|pilules?|somniferes?|comprimes?)\\b|\\boverdose\\b|\\bsurdose\\b",
      ),
    ),
    aside: oneOf(
      "\\bne (?:veux|vais) pas (?:mourir|me (?:tuer|suicider))",
      "\\bmourir (?:de (?!suite|ma)|d')(?:rire|faim|soif|chaud|froid|honte|ennui|sommeil|envie|peur|fatigue)",
      "\\b(?:va|vont|allez|vas|veut|veulent) me tuer\\b",
    ),
  },
  "billing-dispute": {
    says: oneOf(
      /\b(?:(?:debite|facture|preleve|paye|compte)\w* (?:deux fois|en double|trop|a tort)|double (?:prelevement|facturation|debit|paiement)|(?:erreur|probleme|souci) (?:de|sur|avec|dans) (?:la |ma |le |mon |une |un )?(?:facture|facturation|paiement|prelevement|montant)|facture (?:incorrecte|erronee|fausse|trop elevee)|(?:contester|contestation)(?: \w+){0,2} (?:facture|debit|prelevement|paiement|frais|montant)|(?:pas|jamais) (?:recu|eu)(?: \w+){0,2} remboursement|remboursement(?: \w+){0,4} pas|surfactur\w+)\b/,
    ),
  },
};
