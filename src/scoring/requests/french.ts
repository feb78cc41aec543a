import { oneClause, oneOf } from "../clauses/clauses.ts";
import { atEitherEnd, type RequestRules, wholeClause } from "./request-rules.ts";

const PERSON =
  "(?:humaine?s?|etres? humains?|personnes?|gens|agente?s?|conseill(?:er|ere|ers|eres)|representante?s?|operat(?:eur|rice|eurs)|opera?trice|responsables?|superviseure?s?|managers?|gerante?s?|chefs?|employee?s?|collegues?|collaborat(?:eur|rice|eurs)|technicien(?:ne|s)?|specialistes?|expert(?:e|s)?|interlocut(?:eur|rice)|assistante?|standard(?:iste)?|service (?:client(?:s|ele)?|a la clientele|apres vente|humain|technique|commercial|(?:des? )?(?:fraudes?|facturation|reclamations?|contentieux|comptabilite|resiliations?|sinistres))|services? clients?|sav|support(?: (?:client|humain|technique))?|equipe|quelqu'un(?:e)?|quelqun|qqun|qqn|quelq'un|teleconseill(?:er|ere)|accueil|departement|direct(?:eur|rice)|secretaire|superieur)";
const STRONG =
  "(?:humaine?s?|etres? humains?|agente?s?|conseill(?:er|ere|ers|eres)|representante?s?|operat(?:eur|rice|eurs)|superviseure?|interlocut(?:eur|rice)|standardiste|teleconseill(?:er|ere)|service (?:client(?:s|ele)?|a la clientele|(?:des? )?(?:fraudes?|facturation|reclamations?|contentieux|resiliations?|sinistres))|(?:personne|gens|quelqu'un|assistance|aide|conseiller|technicien)s? (?:de )?(?:reelle?s?|vraie?s?|vivante?s?|humaine?s?|physiques?|en chair et en os))";
const DET = "(?:une?|des|de|le|la|les|l'|votre|vos|autre|un autre|une autre|mon|quelque|ce|d')";
const ADJ = "(?:vraie?s?|veritables?|reelle?s?|autres?|bonne?|putain de|foutue?|satanee?|simple|vrai)";
const WHO = `(?:${DET} ?)*(?:${ADJ} )*${PERSON}`;
const WHO_STRONG = `(?:${DET} ?)*(?:(?:${ADJ} )*${STRONG}|(?:vraie?s?|veritables?|reelle?s?) (?:personnes?|gens|humains?|etres?|conseiller|quelqu'un))`;
const MACHINE =
  "(?:robots?|bots?|machines?|ordinateurs?|repondeurs?|automates?|serveur vocal|boite vocale|ia|intelligence artificielle|voix (?:automatique|robotique|synthetique)|chatbots?|assistant (?:virtuel|vocal)|programme|systeme automatique|enregistrement)";
const TALK =
  "(?:parler|parle|parlez|discuter|echanger|dialoguer|m'entretenir|converser|communiquer|causer|m'adresser|joindre|contacter|contactez|tchatter|chatter|avoir affaire|traiter|avoir)";

export const french: RequestRules = {
  hint: oneOf(
    /transfer|sortez|touche|bouton|appui|pas vous|chat|parler|n'importe|gens|membre|gars|humain|personne|gens|agent|conseill|represent|operat|opera?trice|respons|supervis|manager|gerant|chef|employe|collegue|collabor|technicien|specialiste|expert|interlocut|assistant|standard|service|support|equipe|quelqu|qqu?n|accueil|departement|direct|transf|passe|mett|connect|robot|bot\b|machine|ordinateur|repondeur|automat|vocal|secretaire|superieur|sav\b/,
  ),
  person: oneClause(`(?<![a-z])${PERSON}(?![a-z])`),
  aside: oneClause(
    `\\bprefere(?:rais)? (?:ne pas|eviter de|pas) (?:parler|etre|avoir|passer)(?: [\\w']+){0,4}? ?${PERSON}`,
    `\\b(?:n'ai|n'avais|ai|ne|qui) (?:\\w+ )?(?:jamais|pas|a) (?:dit|demande|pretendu)(?: \\w+)? ?(?:que je (?:veux|voulais|souhaitais|voudrais))?(?: (?!mais)[\\w']+){0,4}? ?${PERSON}`,
    `\\b(?:mes|nos|les|leurs) clients (?:\\w+ ){0,2}?(?:aient|puissent|peuvent|parlent|joignent|tombent)(?: [\\w']+){0,3}? ?${PERSON}`,
    `\\b(?:par|pour une|chaque) (?:personne|agent|employe)`,
    `\\b(?:avez vous|y a t il|il y a|vous avez|est ce que vous avez)(?: \\w+)? (?:un |le )?(?:chat|tchat)\\b(?: en (?:direct|ligne))?`,
    `\\b(?:accueil|standard|bureau|agence|service \\w+) (?:est (?:il |elle )?|sont )(?:ouverte?|fermee?|joignable)`,
    `\\bquelqu'un (?:\\w+ )?(?:peut|pourrait|va|doit|peut il|vienne|viendra|passe|passera)(?: il)? ?(?:venir|passer|se deplacer)?(?=.*\\b(?:venir|passer|reparer|deplacer|installer|vienne|chez moi)\\b)`,
    `\\b(?:parler|discuter) (?:de|sur|d'|du|des)(?: (?:ma|mon|la|le|l'|mes|une|un|cette|ce))?(?: |')(?!une? (?:vraie|autre) |quelqu)[\\w']+(?: d[eu] \\w+)?[ .!?]*$`,
    // Promised, refused, offered; what others did or say
    `\\b(?:femme|mari|pere|mere|voisine?|amie?|collegue|il|elle|ils|qui|soeur|frere|fils|fille) (?:a|ont|avait|avaient) (?:\\w+ ){0,3}?(?:demande|reclame|voulu|passe|propose|appele|transfere)(?: \\w+){0,4}? ${PERSON}`,
    `\\b(?:m'a|m'ont|nous a|nous ont|lui a|leur a|l'a|l'ont) (?:\\w+ ){0,4}?(?:laisse|passe|propose|promis|transfere|mis|offert|permis)(?:e|s|es)?(?:(?! (?:je|passez|est ce)) [\\w']+){0,4}? ?${PERSON}`,
    `\\b(?:dit|disent|disait|indique|precise|conseille)(?: \\w+)? (?:qu'|que |d'|de )(?!je (?:veux|peux) )(?:[\\w']+ ){0,5}?${PERSON}(?: (?:va|vont|doit|devrait|me|m'appellerait|me rappellera)(?: \\w+){0,2})?`,
    `\\b(?:nom|numero|coordonnees|prenom) (?:de|du|de la|d'|des) ?${WHO}`,
    `\\b(?:etes vous|vous etes|es tu|tu es|t'es|est ce que (?:vous etes|tu es|je parle)|suis je|je parle|je suis en train de parler|c'est|est ce|ai je affaire)(?: (?:bien|vraiment|en train de parler|a|avec|en ligne avec))*(?: ${DET})*(?: ?(?:${ADJ} )*(?:${PERSON}|${MACHINE}))(?: (?:ou|reelle?).{0,30})?`,
    `\\bje (?:ne )?(?:veux|souhaite|desire|voudrais|cherche) pas(?: (?:a|que|vous|me|etre|du tout))*(?: (?:${TALK}|passiez?|transferer?|transferez|transfere|mis|mettiez))?(?:(?! (?:robot|machine|bot|vous|mais|toi)) \\w+){0,4}? (?:${WHO}|personne)`,
    "\\bne (?:veux|souhaite|voudrais|desire)(?: \\w+){0,2} (?:a|avec|par) (?:personne|aucune?)\\b(?! (?:reelle|physique|humaine))",
    "\\b(?:ne )?(?:me|nous) (?:passez|transferez|connectez|mettez) pas(?: \\w+){0,4}",
    `\\b(?:pas|plus) (?:besoin|la peine|necessaire)(?: [\\w']+){0,5}?[ ']${PERSON}`,
    `\\b(?:j'ai|on a|nous avons|j'avais|ai|avais|ayant)(?: (?:deja|ete|bien|aussi|hier|eu))* (?:parle|eu|contacte|appele|discute|demande|joint|essaye|tente|voulu|echange|mis|transfere|passe)(?:e|s)?(?: \\w+){0,5}? ${WHO}`,
    `\\b(?:le|la|une?|votre|l'|les|mon|cette|ce|autre) ?(?:${PERSON})(?: \\w+){0,3} (?:m'a|m'ont|nous a|a dit|a raccroche|etait|m'avait|ne m'a|a ete|n'a)`,
    `\\b(?:on m'a|il m'a|elle m'a|ils m'ont|vous m'avez)(?: \\w+){0,6}? ${PERSON}`,
    `\\b(?:quand|lorsque|chaque fois que|apres avoir|avant de|des que) (?:j'|je |nous )?(?:\\w+ ){0,2}(?:parle|appele|parler|appelle|demande|contacte)(?:e|s)?(?: \\w+){0,3} ${PERSON}`,
    "\\b(?:mon|ma|notre|son|sa) (?:chef|responsable|manager|agent|conseiller|collegue|directeur|patron)\\b",
    `\\b(?:il|elle|on|femme|mari|soeur|s\u0153ur|frere|fils|fille|mere|pere|amie?|qui) (?:a|ont|avait) (?:deja )?(?:parle|discute|appele|contacte|eu)(?: \\w+){0,3}? ${WHO}`,
    "\\b(?:quelqu'un|personnes?|gens) (?:devant|derriere|a la porte|dans|chez|qui (?:a|ont|avait|est))\\b",
    "\\bservices? (?:clients?|clientele|technique) (?:est|etait|a ete|sont)\\b|\\bil n'y a (?:plus )?personne(?! (?:de|a qui|avec|pour))",
    "\\bpour \\w+ personnes|combien de personnes",
    `\\b(?:impossible|difficile|complique|dur)(?: \\w+){0,3}? (?:de |d'|a )?(?:parler|avoir|joindre|contacter)(?: [\\w']+){0,3}? ?${PERSON}(?: (?:reelle|humaine))?`,
    `\\b(?:fallu|faut|mis) (?:\\w+ ){1,4}?pour (?:avoir|parler|joindre|obtenir)(?: (?:a|avec))? ?${WHO}`,
    `\\b(?:jamais|pas) (?:reussi|pu|arrivee?)(?: a| d')? ?(?:parler|avoir|joindre|contacter)(?: (?:a|avec|au))? ?${WHO}`,
    `\\b(?:demande|demandait|demander) si (?:je|on|nous) (?:voulais|souhaitais|voulait|voulions)(?: \\w+){0,3}? ?${PERSON}`,
    `\\b(?:j'allais|allais|allait|allaient|devais) etre (?:\\w+ ){0,4}?(?:avec|a|par|au) ${WHO}`,
    `\\b${WHO} (?:doit|devait|devrait|va|allait|devrais) (?:me|nous|m') ?(?:rappeler|appeler|contacter|telephoner)`,
  ),
  ask: oneClause(
    `\\b(?:pas|aucune|plus) (?:envie|besoin|question|l'intention) (?:de |d')(?:parler|discuter|continuer)(?: (?:a|avec))?(?: (?:une?|cette|ce|des|votre))? ?${MACHINE}`,
    `\\b(?:sortez|sors|sortir|enlevez)(?: moi)? de (?:cette|ce|la|votre) (?:\\w+ )?${MACHINE}`,
    `\\b(?:sur )?(?:quelle touche|quel (?:bouton|numero|chiffre)|que|qu'est ce que)(?: \\w+){0,3} (?:appuie|appuyer|fais|faire|dis|dire|taper|tape|composer)(?: \\w+){0,2}? pour (?:avoir|parler|joindre|obtenir)(?: (?:a|avec))? ?${WHO}`,
    `\\bcomment (?:je fais|faire|puis je|je peux|est ce que je peux|on fait|fait on|avoir|joindre|parler)(?: pour)?(?: (?:avoir|parler|joindre|obtenir|atteindre))?(?: (?:a|avec))? ?(?:${WHO_STRONG}|quelqu'un|une? (?:vraie )?personne)`,
    `\\bqui est (?:le |la )?(?:responsable|chef|patron)(?: (?:ici|la|chez vous))?[?.!]?(?: et)? (?:passez|donnez|mettez)`,
    `\\bje (?:ne )?(?:parle|discute|traite|fais confiance) pas (?:aux|avec les|avec des|a des|a une?|avec une?) ?(?:${MACHINE})`,
    `\\b(?:derangerait|gene(?:rait)?|ennuie(?:rait)?)(?: pas)? de me (?:passer|transferer|mettre|connecter)`,
    `\\b(?:zero|deux|trois|quatre|cinq|six|sept|huit|neuf|\\d+|rien|aucun) (?:un |une )?(?:conseiller|conseillere|agent|operateur|operatrice|humain|representant|superviseur)(?: s'il vous plait| svp| merci)*[ .!?]*$`,
    `\\b${TALK}(?: (?:directement|maintenant|tout de suite|vite|au telephone|de vive voix|en direct|plutot))*(?: (?:a|avec|au|aux|de))? ?${WHO}`,
    `\\b(?:personne|quelqu'un|humain|agent|conseiller)(?: \\w+){0,2} (?:(?:que je|a qui|avec qui|a laquelle|avec lequel|qui) )+(?:je )?(?:peux|puisse|pourrais|peut)?(?: me)? ?(?:parler|discuter|m'aider|aider|repondre)`,
    `\\b(?:passe|passez|passer|transfere|transferez|transferer|connecte|connectez|connecter|mettez|mets|mettre|mis|dirigez|diriger|redirigez|rediriger|orientez|branchez|transmettez|renvoyez|envoyez|trouvez|donnez|donne|passiez|mettiez|appelez|appelle|cherchez)(?: moi| nous)?(?: (?:vite|donc|directement|tout de suite|s'il vous plait|en (?:relation|contact|communication|ligne|lien)|au telephone))*(?: (?:a|au|avec|vers|sur|aux|chez))? ?(?:${WHO})`,
    "\\b(?:passez|transferez|connectez|transfere|passe) moi(?: (?:quelqu'un|s'il vous plait|svp|maintenant))*[ .!?]*$",
    "\\b(?:pouvez vous|pourriez vous|peux tu|vous pouvez|tu peux)(?: me| nous)? (?:transferer|connecter|passer|rediriger)\\b(?! (?:une commande|commande|de l'argent|des fonds))",
    `\\b(?:veux|voudrais|souhaite|souhaiterais|desire|aimerais|prefere|prefererais|exige|reclame|besoin|faut|faudrait|demande)(?: (?:bien|avoir|voir|etre (?:mis|transfere|mise|transferee|en contact|en relation)|que|a|en contact|de|d'|l'aide|aide|un peu))* ?(?:avec |a |par )?(?:${WHO_STRONG}|(?:une|un|votre|le) (?:personne|responsable|manager|superieur|collegue)|(?:aide|assistance|support|soutien|contact|intervention) humaine?(?: reelle?)?)(?! (?:pour|a proximite))`,
    `\\b(?:y a t il|y at il|il y a|y a til|est il|est ce qu'il y a|avez vous|existe t il|y a|y'a)(?: (?:bien|t il|la))*(?: ${DET})* ?(?:${WHO_STRONG}|${ADJ} ${PERSON}|(?:personne|quelqu'un|gens|responsable)(?: (?:au bout|de disponible|disponible|la|ici|en ligne|que|a qui|avec qui|qui|reelle?|de reelle?)))`,
    `\\b(?:je|on) (?:ne )?(?:veux|souhaite|desire|supporte|aime) (?:pas|plus)(?: (?:continuer|a))*(?: (?:${TALK}|de parler|parlant))?(?: (?:a|avec))?(?: (?:une?|ce|cette|la|le|ces|des|cet|votre|un autre))* ?(?:${MACHINE})`,
    "\\b(?:veux|souhaite) (?:pas|plus)(?: \\w+)? (?:parler|discuter) (?:avec|a) (?:vous|toi)",
    `\\brefuse (?:de )?(?:${TALK}|parler|discuter)(?: (?:a|avec))?(?: (?:une?|ce|cette|la|le))* ?(?:${MACHINE})`,
    `\\b(?:marre|ras le bol|assez|arretez|stop|deteste)(?: (?:de|des|du|ces|les|parler|a|avec|un|une|cette|ce|avec les))* ?${MACHINE}`,
    `\\b(?:ou (?:sont|est|trouver))(?: (?:les|la|le|des|une?))* (?:${WHO_STRONG}|vrais gens|vraies personnes)`,
    "\\b(?:aide|assistance|support|service|contact|intervention) (?:d'une personne|humaine?(?: reelle?)?)\\b",
    `\\b(?:besoin|veux|voudrais|cherche|souhaite) (?:du|le|d'un|un|de) ?service (?:client|a la clientele|clientele)`,
    "\\b(?:que )?quelqu'un (?:me|nous|m') ?(?:rappelle|appelle|contacte|reponde|aide)\\b",
    "\\b(?:je peux|puis je|pourrais je|est ce que je peux|je veux|je voudrais|j'aimerais|possible de) (?:parler|discuter|avoir)(?: a| avec)? quelqu'un",
    "\\bparlez? moi de vive voix|quelqu'un d'autre (?:s'il vous plait|svp)",
  ),
  anyway: oneClause(
    `(?:${STRONG}|responsable|chef)\\b.{0,80}\\b(?:je (?:veux|voudrais|souhaite)|j'aimerais) lui parler`,
    `\\b(?:il me faut|je (?:veux|voudrais)|j'ai besoin de) (?:parler a |voir )?(?:son|sa|leur) (?:chef|responsable|superieure?|manager|patron)|\\bvous me l[ea] (?:repassez|passez)`,
    `\\b(?:${STRONG}|responsable)\\b.{0,60}\\b(?:vous pouvez|pouvez vous|pourriez vous|vous pourriez) me l[ea] (?:passer|repasser|donner)`,
    `(?<!\\b(?:si|quand|que|lorsque) )\\bje (?:veux|voudrais|souhaite) parler (?:a|avec) (?:son|sa|leur|votre) (?:chef|responsable|superieure?|manager|patron)`,
    // A wish, order or question of now, whatever is told before it
    `(?<!\\b(?:si|quand|que|lorsque) )\\b(?:je (?:veux|voudrais|souhaite|souhaiterais|prefere|prefererais|exige)|j'aimerais|j'ai besoin (?:de|d'))(?: (?:parler|discuter|etre (?:mise?|transferee?)(?: en (?:relation|contact))?|avoir))?(?: (?:a|au|avec|aux))? ?(?:${WHO_STRONG}|(?:une|la meme|cette) personne|(?:un|une|le|votre) (?:responsable|superieur|chef|manager))`,
    `\\bje (?:vous|te) (?:ai|dis|l'ai|repete)(?: \\w+){0,2} que je veux(?: \\w+){0,2} ${WHO}`,
    `\\b(?:passez|transferez|mettez|connectez|donnez|passe|laissez|transfere) (?:moi|nous|m'en|m')(?: (?:parler|en (?:relation|contact|ligne)|plutot|maintenant))*(?: (?:a|au|avec|vers))? ?(?:${WHO_STRONG}|(?:une|la) personne|quelqu'un|une? autre|(?:son|sa|votre|le|un|une) (?:chef|responsable|superieure?|manager|collegue))`,
    `(?<!\\b(?:si|que|qu') ?)\\b(?:est ce que je (?:peux|pourrais)|puis je|je peux|pourrais je|je pourrais) (?:parler|discuter|avoir)(?: (?:a|au|avec|aux))? ?(?:${WHO_STRONG}|cette personne|la meme personne|lui|elle|quelqu'un|une? autre|(?:un|votre|le) responsable)\\b`,
    `\\b(?:${STRONG}|responsable)\\b.{0,60}\\b(?:peux|puis|pourrais)(?: je)? en (?:avoir|voir) une?\\b`,
    `\\bou (?:est|reste) (?:mon|ma|le|la) ?${STRONG}`,
    `^(?:\\w+ ){0,3}?(?:on m'a|ils m'ont|elle m'a|il m'a|on nous a) (?:dit|demande|conseille|indique)(?: \\w+)? (?:de|d') ?(?:demander|parler|appeler|contacter|voir)(?: \\w+){0,3}? ${WHO}[ .!?]*$`,
  ),
  polite: atEitherEnd(
    "s'il (?:vous|te) plait|svp|stp|merci(?: (?:beaucoup|bien|d'avance))?|alors|maintenant|tout de suite|immediatement|vite|rapidement|ok|okay|d'accord|oui|ouais|non|bonjour|bonsoir|allo|madame|monsieur|euh|ben|bon|donc|juste|pardon|excusez moi|ecoutez|enfin|et|mais|voila|stop|j'ai dit|je dis|si (?:possible|vous pouvez|c'est possible)|bien sur|tres bien|plutot|please",
  ),
  whole: wholeClause(
    `(?:je (?:veux|voudrais|souhaite|prefere) |passez moi |j'aimerais )?(?:parler (?:a|avec) |avoir )?(?:(?:(?:un )?membre|quelqu'un) (?:du|de (?:votre|l')|de votre) ?(?:personnel|equipe)|(?:un|une) de vos (?:collegues|gars|gens|collaborateurs|conseillers|agents|employes|equipes))`,
    `(?:(?:pouvez|pourriez) vous |vous pouvez |tu peux )?(?:me |nous )?(?:transfere[rz]?|passe[rz]?|connecte[rz]?|rebascule[rz]?|redirige[rz]?|bascule[rz]?)(?: moi| nous)?(?: (?:quelqu'un|a quelqu'un))?`,
    `(?:mettez|mets|mettre)(?: moi| nous)? en (?:relation|contact|communication|ligne)(?: avec (?:quelqu'un|\\w+))?`,
    `(?:je (?:veux|voudrais|souhaite|prefere)|j'aimerais) (?:bien )?etre (?:transferee?|mise? en (?:relation|contact)|connectee?|redirigee?|rappelee? par ${WHO})`,
    `pas (?:vous|toi|un robot|une machine|a vous|a un robot)(?: mais)?(?: je veux)? (?:${WHO_STRONG}|(?:une |a une )?(?:vraie )?personne|quelqu'un)`,
    `(?:n'importe qui|quelqu'un|tout|qui vous voulez)(?: d'autre)? (?:sauf|mais pas|autre que|a part) (?:un |une |vous|ce |cette |les )?(?:${MACHINE})?`,
    `(?:rien|aucun|aucune|aucun des deux|autre chose|laissez tomber|ca ne (?:marche|va) pas|ca marche pas)(?: je veux)? (?:(?:un|une) )?(?:${STRONG})`,
    `(?:j'ai (?:deja )?(?:demande|dit|reclame)|je (?:vous )?(?:ai|l'ai) (?:deja )?dit)(?: (?:deja|\\w+ fois))*(?: que je voulais| que je veux)? (?:(?:un|une|a parler a un) )?(?:${WHO_STRONG})`,
    `je (?:prefere|veux|voudrais)(?: \\w+)? (?:des gens|des humains|des vraies personnes)`,
  ),
  bare: new RegExp(
    `^(?:(?:bonjour|oui|non|s'il vous plait|svp|allo|maintenant|j'ai dit|un|une|je dis|avec|a|le|la|au|stop|juste)[ ,.!?]*)*(?:${DET} ?)*(?:${ADJ} )*(?:${STRONG}|personne reelle|conseiller client(?:ele)?|responsable|superviseur|personne physique|vraie personne|service clients?)(?:[ ,.!?]*(?:s'il vous plait|s'il te plait|svp|maintenant|tout de suite|vite|merci|reel|humain|humaine))*[ ,.!?]*$`,
    "u",
  ),
};
