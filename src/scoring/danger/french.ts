import { oneClause } from "../clauses/clauses.ts";
import { type DangerRules, hintOf, notThen } from "./danger-rules.ts";

const KIN =
  "(?:mari|femme|epou[xs]e?|conjointe?|copain|copine|compagn(?:on|e)|ex|pere|papa|mere|maman|parents|grand[- ]?(?:pere|mere)|mamie|papy|oncle|tante|cousine?|frere|soeur|fils|fille|bebe|enfants?|gamine?|amie?|voisine?|collegue|petite? fille|petit)";
const SOMEBODY = `(?:il|elle|ils|elles|on|quelqu'un|des (?:gens|hommes|types)|un (?:homme|type|voleur|inconnu|mec)|(?:mon|ma|mes|son|sa|notre|le|la) (?:\\w+ )?${KIN})`;
const WEAPON = "(?:armes?|pistolet|couteau|fusil|machette|hache|revolver|flingue)";
const HOUSE = "(?:maison|appartement|appart|cuisine|chambre|immeuble|garage|voiture|jardin|porte|salon)";
const NOW_ONLY = notThen(
  "(?:hier|il y a (?:\\w+ ){1,2}(?:ans?|mois|semaines?|jours?)|(?:l'annee|l'an|le mois|la semaine|l'ete) derni?er?e?|en (?:19|20)\\d\\d)\\b",
);

export const french: DangerRules = {
  hint: hintOf(
    "au_secours arme frapp batt bat\\b tue[rs]?\\b tuer tire tirer tirent poignard egorg etrangl arme pistolet couteau fusil machette hache revolver flingue respir etouff s'etouff m'etouff suffoqu crise avc infarctus attaque saign sang attaqu m'attaqu agress m'agress inconscient evanoui s'est_evanoui convuls reveill reagit reagis repond bouge poitrine overdose avale medicaments javel poison mourir meurt meurs feu flammes brule incendie l'incendie fumee gaz monoxyde coinc enferm m'enferm sequestr kidnapp viol menac entre rentre cambriol cache defonc force ambulance police pompiers samu 112 15 suicid tuer sauter danger vie chez_(?:moi|nous)",
  ),
  says: oneClause(
    `${SOMEBODY} (?:\\w+ )?(?:va|vont|veut|veulent|essaie de|essaye de|essaient de|menace de|menacent de|a essaye de) (?:me |nous |m'|la |le |les |l')(?:tuer|tirer dessus|poignarder|etrangler|egorger|violer|frapper|battre|attaquer|agresser|bruler|faire du mal)\\b`,
    `(?:on|il|elle|ils|quelqu'un) (?:m'a|nous a|l'a|m'ont|lui a|les a|vient de me|vient de nous) (?:\\w+ )?(?:tire dessus|tirer dessus|poignardee?|poignarder|agressee?|violee?|etranglee?|kidnappee?|sequestree?|attaquee?|enfermee?|droguee?)\\b${NOW_ONLY}|(?:je suis|on est|j'ai ete|je me suis fait|elle s'est fait|il s'est fait|j'etais) (?:\\w+ )?(?:poignardee?r?|agressee?|agresser|violee?|violer|kidnappee?|kidnapper|sequestree?|prise? en otage|enfermee? (?:dans|chez|par|a cle))\\b${NOW_ONLY}`,
    `(?:a|ont|tient|avec|sort|sorti|porte) (?:un|une|son|des|le) ${WEAPON}\\b(?=.*\\b(?:moi|me|ici|chez|maison|nous|maintenant|porte|dedans|aide|secours)\\b|[ .!?]*$|[.!?])|(?:menac\\w*|attaqu\\w*|pointe|braque) (?:\\w+ ){0,3}(?:avec )?(?:un|une|son) ${WEAPON}|(?:il|elle|ils|quelqu'un|on) (?:me |nous |m'|est en train de m'|est en train de me |la )(?:attaque|attaquer|etrangle|etrangler|poursuit|poursuivre|tire dessus|viole)\\b|(?:ca|on|il|ils) (?:tire|tirent) (?:partout|dans la rue|sur (?:nous|moi|les gens|tout le monde))|coups de feu`,
    `(?:il|elle|ils|quelqu'un|(?:mon|ma) (?:\\w+ )?${KIN}) (?:est en train de |n'arrete pas de )?(?:me|nous|la|le|les) (?:frappe|frapper|bat|battre|cogne|cogner|tabasse|tabasser)\\b(?! (?:de|les|froid|a (?:la|plate)) )`,
    `(?:il|elle|ils) (?:ne )?(?:me|nous|m'|la) (?:laisse|laissent) pas (?:sortir|partir)\\b(?! (?:du contrat|de (?:l'abonnement|ce contrat)))|(?:je suis|on est|je me suis) (?:cachee?|cachees?|enfermee?|coincee?|coinces|bloquee?s?) (?:dans|sous|chez|a) (?:la|le|les|ma|mon|l'|un|une) ?(?:salle de bain|chambre|placard|lit|toilettes|ascenseur|voiture|maison|cave|coffre)|(?:defonc\\w+|enfonc\\w+|forc\\w+|cass\\w+) (?:la|ma|notre) porte|au secours\\b(?! (?:de|du) (?:mon compte|ma facture))|(?:est|sont) armee?s?\\b`,
    `il y a (?:quelqu'un|des gens|un (?:homme|inconnu|voleur|type|cambrioleur)|des (?:voleurs|cambrioleurs|hommes)) (?:\\w+ ){0,2}(?:chez (?:moi|nous)|dans (?:ma|la|mon|notre|l') ?${HOUSE})\\b(?! (?:qui|pour|afin) )|(?:quelqu'un|on|ils|des gens|un homme) (?:\\w+ ){0,3}?(?:entre|entrer|rentre|rentrer|rentrent|entrent|s'introduit|cambriole|cambrioler) (?:\\w+ )?(?:chez (?:moi|nous)|par (?:la|ma) fenetre|dans (?:ma|la|mon|notre) ${HOUSE})\\b`,
    `(?:ne |n')?(?:respire|arrive|arrivent|peux|peut|parviens|parvient)(?: \\w+)? (?:plus|pas|a peine)(?: (?:a|bien))? ?(?:respirer)?\\b(?<=respire (?:plus|pas|a peine|plus bien|pas bien)|respirer)|(?:du mal|des difficultes) a respirer|arrete de respirer|(?:s'|m')etouffe\\b(?! (?:de|avec (?:les|vos|ces)))|suffoque|(?:en train de) (?:s'etouffer|m'etouffer|mourir|se noyer)\\b(?! (?:de (?:faim|rire|soif|chaud|froid|honte|curiosite)|d'(?:ennui|envie)|d' ))|(?:il|elle|on|je|${KIN}) (?:se |me )?(?:noie|vais mourir|va mourir|allons mourir|meurt)\\b(?! (?:de (?:faim|rire|soif|chaud|froid|honte)|d'))`,
    `(?:fait|fais|faire) (?:une |un )?(?:\\w+ )?(?:crise cardiaque|avc|infarctus|arret cardiaque|attaque (?:cardiaque|cerebrale)|crise d'epilepsie|convulsions|overdose|reaction allergique)\\b${NOW_ONLY}|\\w* ?est (?:inconsciente?|evanouie?|tombee? dans les pommes)|(?:s'est|vient de s') ?(?:evanouie?r?|ecroulee?r?|effondree?r?)\\b${NOW_ONLY}|fait un malaise${NOW_ONLY}|perdu connaissance${NOW_ONLY}|(?:ne |n')?(?:se )?(?:reveille|reagit|bouge) (?:plus|pas)\\b(?! (?:l'|le|mon (?:ecran|ordi\\w*|telephone)))|(?:${KIN}|il|elle|et) (?:ne )?repond plus\\b(?! (?:a|au|aux|mes|mon|le|la|pas|quand|depuis))`,
    `(?:mal|douleurs?|pression|serre) (?:\\w+ ){0,3}(?:a|dans|au niveau de) la poitrine${NOW_ONLY}|(?:saigne|perd|perds|perdu) (?:\\w+ ){0,3}(?:beaucoup|partout|enormement|sang)|du sang partout|saigne (?:\\w+ )?n'arrete|(?:a|ai|vient d'|avoir) (?:avale|bu|pris|avaler) (?:\\w+ ){0,4}(?:medicaments|comprimes|cachets|javel|poison|produit|somniferes|pilules|boite)\\b(?! (?:ce matin|comme|a midi))`,
    `(?:${HOUSE}|bureau|hotel|ecole|toit|cheminee) (?:\\w+ )?(?:est|sont|a pris|prend|brule|en train de bruler)(?: en)? ?(?:feu|flammes|brule)?\\b(?<=feu|flammes|brule|bruler)|(?:il y a (?:le |un |du )?(?:feu|incendie|debut d'incendie|de la fumee)|au feu|un incendie) ?(?:\\w+ ){0,2}?(?:chez|dans|a|au|ici|partout|[.!?]|$)|(?:ca|cela) (?:sent|brule)(?: \\w+)?(?: (?:le|au) gaz| chez| dans|[ .!?]*$)|(?:odeur|fuite) de gaz|sens (?:\\w+ )?(?:le|du) gaz|monoxyde`,
    "(?:appel\\w+|envoy\\w+|besoin d'|faut|veux|demande) ?(?:\\w+ )?(?:une |la |les |le |l')?(?:ambulance|police|pompiers|samu|secours|gendarmes?)\\b(?! (?:rapport|pour (?:porter plainte|declarer)|facture))|appel\\w+ le (?:15|17|18|112)\\b",
    `${SOMEBODY} (?:\\w+ ){0,3}?(?:veut|va|essaie de|menace de|parle de|vient d'essayer de) (?:se (?:suicider|tuer|pendre|foutre en l'air|jeter)|sauter (?:du|d'un|par)|mettre fin a ses jours)|(?:peur|crains) pour ma vie|(?:ma|notre|sa) vie est en danger|(?:je suis|on est|elle est) en danger\\b`,
  ),
  aside: oneClause(
    "(?:\\w+ )?(?:va|vont) me tuer (?:si|quand|lorsqu\\w*) (?:il |elle |je |qu'il )?(?:\\w+ )?(?:apprend|voit|sait|ne|oublie|rate|decouvre)",
    "(?:failli|presque) (?:faire|avoir|mourir)(?: d')?(?: une?)?(?: crise cardiaque| avc| infarctus)?",
    "(?:assurance|contrat|couvre|garantie|garantit)(?: (?:de|contre|en cas d'?e?|un|une|le|la|les|l'|et|ou|pour|si))* (?:l'|d')?(?:incendies?|infarctus|avc|ambulance|gaz)",
    "(?:film|serie|livre|jeu|roman) (?:ou|dans lequel|sur)\\b[^.!?]*",
  ),
};
