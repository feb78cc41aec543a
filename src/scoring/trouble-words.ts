import type { Language } from "./language.ts";

/** Words that tell that assistant and caller do not get on with each other's business, on plain text. */
export type TroubleWords = {
  /** The assistant brings no good: nothing found, not possible, sorry. */
  readonly badNews: RegExp;
  /** The caller does not believe it, or asks to try once more. */
  readonly doubts: RegExp;
  /** The caller puts the assistant right: not this, already said. */
  readonly corrects: RegExp;
  /** The caller takes something back or makes it clearer: sorry, I meant, actually. */
  readonly repairs: RegExp;
  /** The caller gives up, or makes do. */
  readonly givesUp: RegExp;
  /** The caller wants to get on, whatever is asked: any will do, just do it. */
  readonly hurries: RegExp;
  /** What is offered does not please. */
  readonly rejects: RegExp;
  /** A refusal with good manners, or for now. */
  readonly declinesPolitely: RegExp;
  /** The assistant asks what the caller thinks of something, or why: hard words in the answer are about that. */
  readonly asksOpinion: RegExp;
};

const en: TroubleWords = {
  badNews:
    /^(?:no|nope)\b|\b(?:sorry|unfortunately|apologi\w+|i'm afraid|unable|unsuccessful|failed|impossible|not (?:currently |quite )?(?:possible|available|able|allowed|offered|sure|found|open)|(?:could|can|was|were|is|are|do|does|did|has|have|would)(?:n't| ?not) (?:\w+ ){0,2}(?:able|find|get|make|book|available|allow\w*|offer\w*|have|match\w*|complete|process|found|see|seem|help|accept\w*|work|do that|understand)|cannot|(?:there (?:is|are|was|were)|there's|we have|i have|i find|i see|i found|has|have|shows?) (?:no|none|not any|zero|nothing)|none\b|no \w+(?: \w+){0,3} (?:available|match\w*|found|left)|(?:no|zero) (?:listings?|results?|match\w*)|sold out|fully booked|closed|out of stock)\b/,
  doubts:
    /\b(?:are you (?:sure|certain|serious|kidding|(?:still )?(?:there|with me|listening))|you still there|is that (?:really )?(?:all|it) (?:there is|you have|you can)|(?:check|look|try|search|double[- ]check)(?: \w+){0,4} (?:again|one more time|once more)|double[- ]check|try (?:again|harder)|keep (?:looking|searching|trying)|there (?:must|has to|should|have to) be|i thought (?:you|there|that|it)|(?:nothing|none|no \w+|anything|not any) at all|how (?:come|is that possible|can that be)|why (?:not|is|can't|don't|won't|are you|do you|did you))\b/,
  corrects:
    /\b(?:(?:that|this|it)(?:'s| is| was|s)? ?(?:not (?:it|right(?! now)|correct|true|what|the one|how)|n't (?:it|right|correct|what)|wrong|incorrect)|not (?:right(?! (?:now|away|this))|correct|what i)\b|wrong|incorrect|mistake|i (?:already |just |have already |have |had )?(?:said|told|asked|mentioned|requested|answered|specified|explained)|i (?:did ?n't|did not|never) (?:ask|say|want|mean|request|order)\w*|(?:like|as) i (?:said|told|asked)|again,|for the (?:second|third|last) time|you (?:already|just|did ?n't|did not|never|keep|forgot|misunderst\w+|gave me|only|can't|are ?n't|are not|have ?n't)|you(?:'re|r|'ve| are)? not)\b/,
  repairs:
    /\b(?:sorry|apologi[sz]e|my (?:mistake|bad|apologies)|misspoke|mistyped|confus\w+|i (?:mean|meant)|to clarify|to be clear|actually|on second thought|chang\w+ my mind|start over|wait)\b/,
  givesUp:
    /\b(?:never ?mind|forget (?:it|that|about)|figure (?:it|something|this) out|out of luck|g[ia]ve up|oh well|too bad|oh no|that's (?:unfortunate|a shame|a pity|disappointing|a bummer|no good|not good)|(?:will|'ll|would) have to do|i guess|what a (?:shame|pity)|somewhere else|someone else|i'll (?:just )?(?:do it|look|go|try|call|check) (?:myself|elsewhere|somewhere|someone|later))\b/,
  hurries:
    /\b(?:(?:do ?n't|does ?n't|not) (?:really )?(?:care|matter)|(?:no|don't have (?:a|any)|have no)(?: \w+)? preference|any(?:thing|one| of (?:them|those))? (?:\w+ )?(?:will (?:do|be)|is (?:fine|ok)|would be fine)|as long as|whatever|whichever|just (?:need|want|give|book|tell|do|make|pick|find|get|the|one|a|looking|recommend|suggest|answer)|can't you|could you (?:please )?just|come on|hurry|quick(?:er)?|taking (?:so|too|forever)|at least)\b/,
  rejects:
    /\b(?:(?:not|n't|never) (?:really |that |all that |particularly |too |very |at all )?(?:like|liked|enjoy\w*|want|interested|into|keen|care for|sound\w*|appeal\w*|interest\w*|work\w*|suit\w*|help\w*|happy|good|great|what i|my|a (?:big |huge )?fan)|hated?|dislike\w*|boring|rather not|too (?:early|late|far|expensive|much|long|slow|many|small|big))\b/,
  declinesPolitely:
    /\b(?:no,? thanks?|no,? thank you|not (?:now|yet|today|right now|at this time|at the moment|necessary)|(?:maybe|may be|perhaps) later|that(?:'s|'ll| is| will| would)? (?:be )?(?:all|it|everything)|i(?:'m| am) (?:good|fine|ok|all set)|nothing else|no need|all set)\b/,
  asksOpinion:
    /\b(?:why|how come|reasons?|what (?:went wrong|(?:do|did|don't|didn't|do not|did not) (?:you |u )(?:not )?(?:think|like|enjoy|find))|how (?:was|were|did you (?:like|find)) |(?:don't|didn't|do not|did not) (?:you |u |really |particularly )*(?:like|enjoy)|dislike\w*|hated?|(?:think|thought|opinion) (?:of|about))/,
};

const es: TroubleWords = {
  badNews:
    /^no\b|\b(?:lo siento|lamentablemente|desgraciadamente|por desgracia|disculp\w+|perdon|me temo|imposible|no (?:es posible|esta\w* disponible\w*|hay|tenemos|tengo|existe\w*|encuentro|encontre|he encontrado|puedo|pude|podemos|se puede|he podido|ha sido posible|queda\w*|acepta\w*|ofrece\w*|permite\w*)|ningun\w* \w+|agotad\w+|cerrad\w+|complet[oa]s?)\b/,
  doubts:
    /\b(?:esta(?:s)? segur\w|sigue(?:s)? ahi|me (?:oye|oyes|escucha|escuchas)|(?:mire|mira|busque|busca|compruebe|comprueba|intente\w*|pruebe|vuelva a) (?:\w+ ){0,2}(?:otra vez|de nuevo|mirar|buscar|intentar\w*|probar)|tiene que haber|debe haber|por que (?:no|me|siempre)|como que no)\b/,
  corrects:
    /\b(?:eso no|no es (?:eso|lo que|correcto|asi)|esta mal|equivocad\w|incorrect\w|ya (?:le|te|se lo|lo)? ?(?:dije|he dicho|di|he dado)|he dicho|dije que|le dije|no (?:he )?(?:pedi|pedido|dije|dicho)|por (?:segunda|tercera|ultima) vez|no me (?:entiende|entiendes|escucha|escuchas))\b/,
  repairs:
    /\b(?:perdon|disculp\w+|me (?:equivoque|he equivocado)|quise decir|quiero decir|en realidad|mejor dicho|cambie de (?:idea|opinion)|espera|espere)\b/,
  givesUp:
    /\b(?:(?:dejelo|dejalo|olvidelo|olvidalo|da igual|que pena|que lastima|ni modo|me rindo)|ya (?:vere|buscare|lo hare)|en otro sitio)\b/,
  hurries:
    /\b(?:me da igual|no (?:me )?importa|cualquier\w*|lo que sea|solo (?:quiero|necesito|dame|deme|digame)|simplemente|venga|vamos|dese prisa|date prisa|rapido|de una vez)\b/,
  rejects:
    /\b(?:no (?:me )?(?:gusta\w*|interesa\w*|convence\w*|sirve\w*|vale|apetece|quiero)|odio|demasiado|muy (?:caro|lejos|tarde|temprano))\b/,
  declinesPolitely:
    /\b(?:no,? (?:muchas )?gracias|ahora no|todavia no|aun no|mas tarde|eso es todo|nada mas|no hace falta)\b/,
  asksOpinion:
    /\b(?:por que|(?:que|cual) (?:le|te) (?:parecio|parece|gusto|gusta|molesta|molesto)|(?:no|menos) (?:le|te) (?:gusta|gusto)|que (?:opina|piensa|fallo|salio mal)|motivos?|razon(?:es)?)\b/,
};

const fr: TroubleWords = {
  badNews:
    /^non\b|\b(?:desolee?s?|malheureusement|excus\w+|je (?:crains|regrette)|impossible|aucun\w*|(?:n'est|ne sont) (?:\w+ )?(?:pas|plus)|n'(?:y )?a (?:pas|plus|rien)|n'ai (?:pas|rien) (?:pu|trouve)|ne (?:peux|peut|pouvons|trouve|parviens|propose\w*|accepte\w*) (?:\w+ )?pas|pas (?:disponible\w*|possible\w*)|complet|ferme\w*|epuise\w*)\b/,
  doubts:
    /\b(?:(?:etes-vous|vous etes|t'es|tu es) s[uû]r\w*|vous etes (?:encore |toujours )?la|vous m'entendez|(?:regardez|cherchez|verifiez|essayez|reessayez) (?:\w+ )?(?:encore|a nouveau|de nouveau|une fois de plus)|il doit (?:bien )?y (?:en )?avoir|pourquoi|comment ca)\b/,
  corrects:
    /\b(?:ce n'est pas (?:ca|ce que|bon|correct|juste)|c'est (?:faux|pas ca|pas ce que|pas bon)|erreur|incorrect\w*|(?:j'ai|je l'ai|je vous l'ai|je vous ai) (?:deja |bien )?(?:dit|demande|donne)|je n'ai (?:pas|jamais) (?:dit|demande|commande)|pour la (?:deuxieme|troisieme|derniere|enieme) fois|vous ne (?:comprenez|m'ecoutez|m'entendez))\b/,
  repairs:
    /\b(?:pardon|desole\w*|excus\w+|je me suis trompe\w*|je veux dire|je voulais dire|en fait|finalement|attendez|j'ai change d'avis)\b/,
  givesUp: /\b(?:laissez tomber|laisse tomber|tant pis|dommage|oubliez|peu importe|je verrai|ailleurs|je renonce)\b/,
  hurries:
    /\b(?:n'importe (?:quel\w*|qui|lequel|laquelle)|ca m'est egal|peu importe|je veux (?:juste|seulement)|juste (?:besoin|un|une|le|la)|donnez-moi (?:juste|seulement)|allez|depechez\w*|vite|quand meme)\b/,
  rejects:
    /\b(?:(?:n'aime|ne veux|ne m'interesse|ne me (?:plait|convient)|n'en veux) pas|(?:aime|veux|plait|convient) pas|deteste|trop (?:cher|loin|tard|tot|long\w*|petit\w*|grand\w*)|plutot pas)\b/,
  declinesPolitely:
    /\b(?:non,? merci|pas (?:maintenant|encore|tout de suite|pour l'instant)|plus tard|(?:c'est|ce sera) tout|rien d'autre|pas besoin)\b/,
  asksOpinion:
    /\b(?:pourquoi|pour quelle raison|raisons?|que (?:pensez|penses)|qu'avez-vous pense|qu'est-ce qui (?:ne )?(?:vous |t')?(?:a )?(?:deplu|deplait|plait|plu|gene)|n'avez(?:-vous)? pas aime|n'aimez(?:-vous)? pas|votre avis)\b/,
};

const de: TroubleWords = {
  badNews:
    /^(?:nein|nee)\b|\b(?:leider|tut mir (?:sehr )?leid|entschuldig\w+|bedauer\w*|unmoglich|keine?[nrsm]? \w+(?: \w+){0,3} (?:gefunden|verfugbar|frei|vorhanden|mehr)|nicht (?:moglich|verfugbar|gefunden|gefunden werden|erlaubt|angeboten|frei|buchen|helfen|finden|machen|geklappt|verstanden)|(?:gibt es|haben wir|habe ich|finde ich) (?:\w+ )?(?:keine?\w*|nichts)|nichts (?:gefunden|verfugbar|passendes|frei)|ausverkauft|ausgebucht|geschlossen|fehlgeschlagen)\b/,
  doubts:
    /\b(?:sind sie (?:sich )?(?:sicher|noch da|noch dran)|bist du (?:sicher|noch da)|horen sie mich|(?:schauen|sehen|suchen|prufen|probieren|versuchen) sie (?:\w+ ){0,3}(?:noch ?mal|noch einmal|erneut)|(?:noch ?mal|noch einmal) (?:nachsehen|schauen|suchen|prufen|versuchen)|es muss doch|das kann (?:doch )?nicht sein|warum|wieso|wie kann)\b/,
  corrects:
    /\b(?:das (?:ist|war) (?:nicht (?:richtig|das|was|korrekt)|falsch)|(?:das )?stimmt (?:so )?nicht|falsch\w*|irrtum|nicht das,? was|(?:ich habe|hab ich|habe ich) (?:\w+ ){0,3}(?:gesagt|gefragt|genannt|gegeben|bestellt)|wie (?:ich )?(?:schon |bereits )?gesagt|zum (?:zweiten|dritten|letzten) mal|sie verstehen (?:mich )?nicht|sie horen (?:mir )?nicht)\b/,
  repairs:
    /\b(?:entschuldig\w+|tut mir leid|verzeihung|sorry|ich meine|ich meinte|vielmehr|eigentlich|doch lieber|moment|ich habe mich (?:vertan|geirrt|versprochen))\b/,
  givesUp:
    /\b(?:vergessen sie(?: es|'s)?|vergiss es|egal dann|dann eben nicht|dann lass\w* (?:wir|ich)|lassen sie(?: es|'s)|schade|na gut|hat keinen (?:sinn|zweck)|woanders|ich gebe auf)\b/,
  hurries:
    /\b(?:(?:ist mir|mir ist(?: das)?|das ist) (?:ganz |vollig )?egal|spielt keine rolle|irgend\w+|hauptsache|einfach (?:nur )?|ich (?:will|mochte|brauche) (?:doch )?(?:nur|bloss|einfach)|machen sie schon|schneller|beeil\w+|endlich)\b/,
  rejects:
    /\b(?:(?:gefallt|passt|interessiert|hilft|reicht|mag|will|mochte) (?:\w+ ){0,3}nicht|mag (?:ich )?keine?\w*|hasse|lieber nicht|zu (?:teuer|weit|spat|fruh|lange?|klein|gross))\b/,
  declinesPolitely:
    /\b(?:nein,? (?:vielen )?danke|(?:jetzt|im moment|heute|noch) nicht|vielleicht spater|das (?:ist|war|ware)(?:'s| es)? alles|das war's|sonst nichts|nicht notig)\b/,
  asksOpinion:
    /\b(?:warum|weshalb|wieso|aus welchem grund|gr[uü]nde?|was (?:hat|gefallt|gefiel|stort|storte|halten|denken|meinen)|wie (?:fanden|war|gefallt|gefiel)|nicht (?:gefallen|gemocht|mogen)|ihre meinung)\b/,
};

const pt: TroubleWords = {
  badNews:
    /^nao\b|\b(?:lamento|desculp\w+|infelizmente|sinto muito|receio|impossivel|nao (?:e possivel|esta\w* disponive\w*|ha|tem|temos|tenho|existe\w*|encontrei|encontro|consigo|consegui|posso|podemos|foi possivel|aceita\w*|oferece\w*|permite\w*)|nenhum\w* \w+|esgotad\w+|fechad\w+|lotad\w+)\b/,
  doubts:
    /\b(?:(?:tem|tens) certeza|ainda esta ai|(?:esta )?me ouvindo|(?:procure|procura|veja|verifique|tente|tenta) (?:\w+ ){0,2}(?:de novo|outra vez|novamente)|tem que haver|deve haver|por que (?:nao|voce)|como assim nao)\b/,
  corrects:
    /\b(?:isso nao|nao e (?:isso|o que|correto)|esta errad\w|errad[oa]|(?:eu )?ja (?:disse|falei|dei|te disse|lhe disse|informei)|eu (?:disse|falei|pedi)|nao (?:foi isso|pedi|disse|falei)|pela (?:segunda|terceira|ultima) vez|(?:voce )?nao (?:me )?(?:entende|entendeu|escuta|ouve))\b/,
  repairs:
    /\b(?:desculp\w+|perdao|me enganei|enganei-me|quis dizer|quero dizer|na verdade|alias|mudei de ideia|espera|espere)\b/,
  givesUp:
    /\b(?:deixa (?:pra la|para la|estar)|deixe (?:pra la|para la|estar)|esquec\w+|que pena|tanto faz entao|desisto|em outro lugar|noutro sitio)\b/,
  hurries:
    /\b(?:tanto faz|nao (?:me )?importa|qualquer (?:um|uma|coisa)|(?:eu )?so (?:quero|preciso|me de|me diga)|apenas|rapido|anda logo|de uma vez|pelo menos)\b/,
  rejects:
    /\b(?:nao (?:gosto|gostei|quero|me interessa|serve|agrada|convem)|odeio|muito (?:caro|longe|tarde|cedo)|caro demais)\b/,
  declinesPolitely:
    /\b(?:nao,? (?:muito )?obrigad\w|agora nao|ainda nao|mais tarde|(?:e|era) (?:so isso|tudo)|mais nada|nao precisa)\b/,
  asksOpinion:
    /\b(?:por ?que|porque|qual (?:e )?o motivo|motivos?|razao|razoes|o que (?:achou|acha|pensa|nao gostou|correu mal|deu errado)|nao (?:gosta|gostou)|sua opiniao)\b/,
};

const it: TroubleWords = {
  badNews:
    /^no\b|\b(?:mi dispiace|purtroppo|scus\w+|spiacente|temo|impossibile|non (?:e possibile|e disponibile|sono disponibili|c'e|ci sono|abbiamo|ho|trovo|posso|possiamo|riesco|accetta\w*|offre|offrono|permette)|nessun\w* \w+|esaurit\w+|chius\w+|al completo)\b/,
  doubts:
    /\b(?:(?:e|sei) (?:proprio )?sicur\w|(?:e|sei) ancora (?:li|in linea)|mi sente|mi senti|(?:guardi|guarda|cerchi|cerca|controlli|controlla|provi|prova|riprovi) (?:\w+ )?(?:di nuovo|ancora|un'altra volta)|ci deve essere|deve esserci|perche (?:non|mai)|come mai)\b/,
  corrects:
    /\b(?:non e (?:questo|quello|cosi|corretto|giusto|vero)|e sbagliat\w|sbagliat\w|errore|(?:gliel'|l'|ve l')?ho (?:gia |appena )?(?:detto|chiesto|dato)|come ho detto|non ho (?:detto|chiesto|ordinato)|per la (?:seconda|terza|ultima|ennesima) volta|non (?:mi )?(?:capisce|ascolta|sta ascoltando))\b/,
  repairs:
    /\b(?:scus\w+|mi dispiace|mi sono sbagliat\w|volevo dire|intendevo|voglio dire|in realta|anzi|aspett\w+|ho cambiato idea)\b/,
  givesUp:
    /\b(?:lasci (?:stare|perdere)|lascia (?:stare|perdere)|non importa allora|peccato|pazienza|rinuncio|altrove|da un'altra parte)\b/,
  hurries:
    /\b(?:non (?:m'|mi )?importa|e (?:lo stesso|uguale)|(?:uno|una|uno qualsiasi|una qualsiasi|qualsiasi|qualunque)\b|voglio (?:solo|soltanto)|mi (?:serve|dica|dia) (?:solo|soltanto)|solo (?:il|la|un|una)|sbrig\w+|in fretta|almeno)\b/,
  rejects:
    /\b(?:non (?:mi )?(?:piac\w+|interess\w+|convince|va bene|serve)|non (?:lo |la |li )?voglio|odio|troppo (?:caro|lontano|tardi|presto|lungo|piccolo))\b/,
  declinesPolitely:
    /\b(?:no,? grazie|(?:adesso|ora|per ora|al momento) no|non (?:ora|adesso|ancora)|piu tardi|e tutto|basta cosi|nient'altro|non serve)\b/,
  asksOpinion:
    /\b(?:perche|come mai|motiv[oi]|ragion[ei]|(?:che )?cosa (?:ne )?(?:pensa|pensi|non (?:le|ti)|(?:le|ti) (?:e|ha))|non (?:le|ti) (?:piace|e piaciut\w)|com'e stat\w|sua opinione)\b/,
};

const pl: TroubleWords = {
  badNews:
    /^nie\b|\b(?:niestety|przepraszam|przykro mi|obawiam sie|niemozliwe|nie (?:ma|mamy|moge|mozemy|udalo sie|znalazlem|znalazlam|znaleziono|jest (?:dostepn\w+|mozliw\w+)|da sie)|brak|wyprzedan\w+|zamkniet\w+)\b/,
  doubts:
    /\b(?:(?:jest pani?|jestes) pew\w+|czy (?:na pewno|pani? mnie slyszy)|(?:sprawdz|poszukaj|sprobuj)\w* (?:\w+ )?(?:jeszcze raz|ponownie|znowu)|musi (?:cos )?byc|dlaczego|jak to)\b/,
  corrects:
    /\b(?:to nie (?:to|tak|jest)|nie o to|zle|bledn\w+|pomylka|(?:juz )?(?:mowil[ae]m|powiedzial[ae]m|podal[ae]m|prosil[ae]m)|nie (?:mowil[ae]m|prosil[ae]m|chcial[ae]m)|po raz (?:drugi|trzeci|ostatni)|nie rozumie(?:sz)?)\b/,
  repairs: /\b(?:przepraszam|pomylil[ae]m sie|mial[ae]m na mysli|to znaczy|wlasciwie|jednak|chwila|chwileczke)\b/,
  givesUp: /\b(?:niewazne|trudno|szkoda|zapomnij|prosze zapomniec|dam sobie spokoj|gdzie indziej|rezygnuje)\b/,
  hurries:
    /\b(?:wszystko jedno|obojetn\w+|jakikolwiek|jakakolwiek|cokolwiek|po prostu|tylko (?:chce|potrzebuje|prosze)|szybciej|przynajmniej)\b/,
  rejects: /\b(?:nie (?:podoba|interesuje|pasuje|chce|lubie)|nienawidze|za (?:drog\w+|daleko|pozno|wczesnie))\b/,
  declinesPolitely: /\b(?:nie,? dziek\w+|nie teraz|jeszcze nie|moze pozniej|to wszystko|nic wiecej|nie trzeba)\b/,
  asksOpinion:
    /\b(?:dlaczego|czemu|z jakiego powodu|pow[oó]d\w*|co (?:pan|pani|ty)? ?(?:sadzi\w*|mysli\w*)|nie podoba\w*|jak (?:bylo|sie podobal\w*))\b/,
};

const zh: TroubleWords = {
  badNews: /^(?:不|没)|抱歉|对不起|很遗憾|无法|不能|没有(?:找到|可用|符合)|不可用|不支持|不提供|已满|售罄|关闭|失败/,
  doubts: /你确定|您确定|还在吗|听得到吗|再(?:查|找|看|试)一(?:下|次|遍)|怎么(?:会|可能)|为什么/,
  corrects: /不是这(?:个|样)|不对|错了|我(?:已经)?说(?:过|的是)|我刚说|我没(?:有)?说|你没听懂/,
  repairs: /不好意思|我的意思|其实|我说错了|等一下|改主意/,
  givesUp: /算了|可惜|不用管了|那就这样吧|我自己来|别的地方/,
  hurries: /随便|都行|都可以|无所谓|只(?:想|要|需要)|快点|赶紧/,
  rejects: /不(?:喜欢|想要|感兴趣|合适)|讨厌|太(?:贵|远|晚|早|慢)/,
  declinesPolitely: /不用了|不,?谢谢|不需要|现在不|以后再说|就这些|没别的/,
  asksOpinion: /为什么|什么原因|觉得(?:怎么样|如何)|不喜欢(?:什么|哪)|有什么(?:看法|意见|不满)/,
};

export const TROUBLE_WORDS: Readonly<Record<Language, TroubleWords>> = { en, es, fr, de, pt, it, pl, zh };
