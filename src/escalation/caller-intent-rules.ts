import type { Language } from "../scoring/language.ts";

/** On plain words: lower case, no diacritics, no punctuation but the apostrophe. */
export type CallerIntentRules = {
  readonly cancel: RegExp;
  /** Looks like a cancellation but is about something else, or denies it. */
  readonly notCancel: RegExp;
  readonly callback: RegExp;
  readonly notCallback: RegExp;
  readonly wait: RegExp;
  readonly notWait: RegExp;
  /** Leave word for the team. */
  readonly note: RegExp;
  readonly accept: RegExp;
  readonly decline: RegExp;
};

const en: CallerIntentRules = {
  cancel:
    /\b(?:cancel(?: (?:it|that|this|the (?:transfer|call|agent|person|handoff)))?(?: please)?$|cancel (?:it|that|this|the transfer)\b|wait cancel|never ?mind|forget (?:it|that|about it)|changed my mind|stop (?:the transfer|transferring|connecting|that|it)|(?:don't|dont|do not|no need to) (?:transfer|connect|put me through|get anyone|bother|call anyone)|(?:no|actually|wait|rather) (?:let's |let us |please |just )*(?:go on|continue|keep going|carry on|go ahead)\b|(?:stay|continue|go on|carry on|keep (?:going|talking)) with you|i(?:'ll| will| would|'d)? (?:rather )?(?:stay|talk|continue) with you|you can (?:help|do it)|(?:don't|dont|do not) (?:need|want) (?:an? |the |any ?)?(?:human|person|agent|one|more)|it's (?:fine|okay|ok) (?:i don't|forget|never)|call(?: it)? off|scratch that|(?:talk|speak|continue) (?:to|with) you instead|(?:don't|dont|do not) want to (?:talk|speak) (?:to|with) (?:an? |the |any ?)?(?:\w+ )?(?:human|person|agent|one|body)|^(?:please |no )?stop(?: please)?$)\b/,
  notCancel:
    /\b(?:(?:don't|dont|do not|please don't) cancel|cancel(?:l?ing|l?ed)? (?:my|our|the|this|an?) (?!transfer|call\b|agent|person|handoff)|don't forget)\b/,
  callback:
    /\b(?:call ?backs?|(?:call|ring|phone|calling|ringing) (?:me|us) (?:back|later|again|tomorrow|tonight|today|on|at|in|this|next|when)|(?:call|ring|phone) back|give me a (?:call|ring)|return(?:ed)? call|have (?:someone|somebody|them|him|her) (?:call|ring|phone) me)\b/,
  notCallback:
    /\b(?:don't|dont|do not|no|not|rather than|instead of)(?: \w+){0,4} (?:call(?: me)? ?backs?|call me|ring me)\b/,
  wait: /\b(?:i(?:'ll| will| can| could| would|'d)(?: \w+)? (?:wait|hold|stay)|(?:i'd |i would )?rather (?:wait|hold)|(?:i'm |i am )?(?:happy|fine|willing|okay|ok|going) (?:to |with )?(?:wait|hold|waiting|holding)|wait(?:ing)? (?:is fine|is ok|is okay|please|here|on the line|for (?:someone|them|him|her|an? |the |it))|(?:stay|hold|keep me|remain) on (?:the )?(?:line|phone|hold)|keep (?:waiting|holding)|let's wait|i choose to wait|^(?:yes |ok |okay )?(?:wait|hold)(?:ing)?(?: please)?$)/,
  notWait: /\b(?:can't|cannot|can not|don't|dont|do not|won't|will not|not)(?: \w+){0,3} (?:wait|hold)\b/,
  note: /\b(?:(?:write|note|take|jot) (?:it|that|this) down|(?:leave|take) (?:a |my )?(?:message|word|note)|(?:have|get) it written down|make a note)\b/,
  accept:
    /^(?:um |uh |oh |well |so )*(?:yes|yeah|yep|yup|ya|sure|ok|okay|please|of course|absolutely|definitely|certainly|alright|all right|fine|go ahead|do (?:it|that)|sounds (?:good|great|fine)|that (?:works|would|is|'s)|that'd|that's (?:fine|good|great|ok|okay|right|correct)|correct|right|exactly|uh huh|mhm|perfect|great|i (?:would|do|'d)|i'd (?:like|love|appreciate)|works for me|why not|i guess so|let's do)\b/,
  decline:
    /^(?:um |uh |oh |well |ok |okay |actually )*(?:no|nope|nah|not (?:now|yet|really|necessary|today|needed)|no thanks?|i(?:'m| am) (?:good|fine|ok|okay)|i(?:'d| would) rather not|don't|do not|dont)\b|\b(?:no thank(?:s| you)|not necessary|no need|i don't (?:want|need) (?:that|it|to))\b/,
};

const es: CallerIntentRules = {
  cancel:
    /\b(?:cancel(?:a|e|alo|elo|ar)(?: (?:eso|la transferencia|la llamada|todo))?(?: por favor)?$|olvid(?:alo|elo|a eso|ese)|dej(?:alo|elo|e eso)|no (?:me )?(?:transfieras|transfiera|pases|pase|conectes|conecte)\b|(?:mejor|prefiero) (?:sigo|seguir|continuar|sigamos|contigo|con usted)|(?:sig(?:o|amos|ue)|continu(?:o|emos|a)) (?:contigo|con usted)|no (?:hace falta|es necesario|quiero (?:hablar con )?(?:nadie|una persona|un agente))|cambie de (?:idea|opinion)|ya no (?:quiero|hace falta))\b/,
  notCancel:
    /\b(?:no (?:lo |la |me )?cancel(?:es|en|eis)|cancelar? (?:mi|nuestra?|el|la|una?) (?!transferencia|llamada))/,
  callback:
    /\b(?:(?:me )?(?:llam(?:e|en|a|as|an|ad)(?:me|nos)?|llamarme|devuelv\w*|devolver\w*)(?: \w+){0,2} (?:mas tarde|luego|despues|manana|de vuelta|cuando|a las|esta tarde|la llamada)|llam(?:ame|eme|enme)|devolucion de llamada|que me (?:llamen|llame)|devolver(?:me)? la llamada)\b/,
  notCallback: /\bno (?:\w+ ){0,3}(?:me llam|llam(?:ame|eme|enme)|que me llam)/,
  wait: /\b(?:(?:prefiero|puedo|quiero|voy a) (?:esperar|quedarme)|espero(?: en linea| aqui)?|me espero|me quedo(?: en (?:la )?linea)?|(?:esperar|quedarme) en (?:la )?linea|seguire esperando)\b/,
  notWait: /\bno (?:\w+ ){0,2}esper(?:ar|o)\b/,
  note: /\b(?:(?:anot|apunt)(?:a|e|arlo|elo|alo|en)|dej(?:ar|o|e|elo|alo)? (?:un (?:mensaje|recado)|aviso|anotado|recado))\b/,
  accept:
    /^(?:eh |bueno |pues )*(?:si|claro|vale|de acuerdo|por supuesto|por favor|perfecto|ok|okay|dale|esta bien|muy bien|bien|correcto|exacto|desde luego|como no|adelante|me parece bien)\b/,
  decline: /^(?:eh |bueno |pues |ay )*(?:no|nada|ahora no|todavia no|mejor no|asi esta bien)\b|\bno gracias\b/,
};

const fr: CallerIntentRules = {
  cancel:
    /\b(?:annul(?:ez|e|er)(?: (?:ca|cela|tout|le transfert|l'appel))?(?: s'il vous plait)?$|laissez tomber|laisse tomber|oubliez(?: ca)?|oublie|(?:ne )?(?:me )?(?:transferez|passez|connectez)(?: moi)? pas|(?:je )?(?:prefere )?(?:continue(?:r|z|ons)?|reste(?:r)?) avec vous|j'ai change d'avis|pas la peine|(?:ce n'est|c'est) (?:pas|plus) (?:la peine|necessaire)|finalement non|je ne veux (?:plus|pas|parler a) (?:personne|d'agent))\b/,
  notCancel: /\b(?:n'annulez pas|annul(?:er|ez) (?:mon|ma|mes|le|la|une?) (?!transfert|appel))/,
  callback: /\b(?:rappel(?:ez|e|er|ent|lez|le)(?: ?moi| nous)?|(?:me|nous) rappel\w*|etre rappele\w*|un rappel)\b/,
  notCallback: /\b(?:ne (?:me |nous )?rappel\w* pas|pas (?:de |besoin de )?rappel|pas etre rappele)/,
  wait: /\b(?:(?:je )?(?:prefere|peux|veux|vais) (?:attendre|patienter|rester)|j'attends|j'attendrai|je patiente|(?:attendre|rester|reste) en ligne|je reste)\b/,
  notWait: /\bpas (?:\w+ ){0,2}(?:attendre|patienter)\b/,
  note: /\b(?:notez (?:le|la|ca|ma demande)|laisse[rz]? un message|prenez (?:un message|note)|faites la noter)\b/,
  accept:
    /^(?:euh |ben |bah |alors |bon )*(?:oui|ouais|si|d'accord|ok|okay|bien sur|volontiers|s'il vous plait|avec plaisir|parfait|tres bien|tout a fait|exactement|allez y|entendu|pourquoi pas|ca marche|ca me va)\b/,
  decline:
    /^(?:euh |ben |bah |alors |bon )*(?:non|pas (?:maintenant|encore|la peine)|plutot pas|ca ira)\b|\bnon merci\b/,
};

const de: CallerIntentRules = {
  cancel:
    /\b(?:(?:abbrechen|stornieren|stopp|stop)(?: bitte)?$|(?:brechen|brich)(?: sie)?(?: das)? ab|(?:vergessen sie|vergiss)(?: es| das)|hat sich erledigt|lassen sie(?: es| das)?(?: sein)?$|nicht (?:verbinden|weiterleiten|durchstellen)|(?:verbinden|leiten|stellen) sie mich nicht|(?:lieber |doch )?(?:mit ihnen|bei ihnen) (?:weiter\w*|bleiben|reden|sprechen)|(?:doch|lieber) (?:mit ihnen )?weiter(?:machen)?|machen wir(?: \w+)? weiter|anders uberlegt|doch nicht|nicht (?:mehr )?notig|brauche (?:doch )?(?:keinen|niemanden))\b/,
  notCancel:
    /\b(?:nicht (?:abbrechen|stornieren)|(?:mein|meine|meinen|den|die|das|einen?) (?!transfer|anruf|gesprach|verbindung)\w+ (?:\w+ )?(?:abbrechen|stornieren))\b/,
  callback:
    /\b(?:ruckruf\w*|zuruckruf\w*|zuruck ?gerufen|(?:rufen|ruft|ruf) (?:sie |ihr )?(?:mich|uns)(?: \w+){0,4} (?:zuruck|an|spater|morgen)|(?:mich|uns)(?: \w+){0,3} (?:zuruckrufen|anrufen))\b/,
  notCallback: /\b(?:kein(?:en)? ruckruf|nicht zuruckruf\w*|nicht (?:zuruck ?gerufen|angerufen))/,
  wait: /\b(?:(?:ich )?(?:warte|bleibe)(?: (?:lieber|gern|gerne|dann|hier|dran|auf|in|am|kurz))+|(?:ich )?(?:kann|mochte|wurde|will|werde)(?: \w+){0,2} (?:warten|dranbleiben|dran bleiben)|(?:lieber|gern|gerne) (?:warten|dranbleiben)|ich warte|ich bleibe(?: dran)?|in der leitung)\b/,
  notWait: /\b(?:nicht|kein(?:e)?)(?: \w+){0,2} (?:warten|zeit)\b/,
  note: /\b(?:(?:schreiben|notieren) sie (?:es|das|sich das)(?: bitte)?(?: auf)?$|(?:aufschreiben|notieren)(?: bitte| lassen)?$|(?:eine )?nachricht (?:hinterlassen|da ?lassen)|aufgeschrieben|schreiben sie (?:es |das )?auf)\b/,
  accept:
    /^(?:ah |ahm |eh |also |na |ach )*(?:ja|jawohl|jo|klar|gern|gerne|okay|ok|bitte|natuerlich|naturlich|selbstverstandlich|genau|richtig|in ordnung|einverstanden|das (?:ware|passt|klingt)|passt|sehr gern|machen sie das|gut|super|perfekt|sicher|meinetwegen)\b/,
  decline:
    /^(?:ah |ahm |eh |also |na |ach |oh )*(?:nein|ne|nee|no|nicht (?:jetzt|notig)|lieber nicht|noch nicht|danke nein|besser nicht)\b|\bnein danke\b/,
};

const pt: CallerIntentRules = {
  cancel:
    /\b(?:cancel(?:a|e|ar|em)(?: (?:isso|a transferencia|a chamada|a ligacao|tudo))?(?: por favor)?$|deix(?:a|e) (?:para la|pra la|estar|isso)|esquec(?:a|e)(?: isso)?|nao (?:me )?(?:transfira|transfere|passe|ligue)\b|(?:prefiro|quero|vamos|melhor) (?:continuar|seguir)(?: (?:com voce|consigo|contigo))?|(?:continuo|continua|continuar|seguir) (?:com voce|consigo|contigo)|mudei de ideias?|ja nao (?:quero|preciso|e preciso)|nao (?:e preciso|precisa|preciso de (?:ninguem|um atendente|uma pessoa)))\b/,
  notCancel: /\b(?:nao cancel|cancelar? (?:meu|minha|o meu|a minha|o|um|uma) (?!transferencia|chamada|ligacao))/,
  callback:
    /\b(?:(?:me )?(?:lig(?:ue|uem|a|am|ar)|telefon(?:e|em|ar)|retorn(?:e|em|ar|a)|chame)(?:me| me)?(?: \w+){0,2} (?:de volta|mais tarde|depois|amanha|quando|as|hoje|a ligacao|a chamada)|(?:ligue|liguem|telefone|telefonem|retorne|retornem)(?:me| me| pra mim| para mim)|(?:que )?me (?:liguem|ligue|retornem|retorne|telefonem)|retorno(?: da (?:chamada|ligacao))?|devolv\w+ a (?:chamada|ligacao))\b/,
  notCallback: /\bnao (?:\w+ ){0,3}(?:me lig|lig(?:ue|uem)|retorn|telefon)/,
  wait: /\b(?:(?:prefiro|posso|quero|vou) (?:esperar|aguardar|ficar)|eu espero|(?:eu )?aguardo|espero na linha|fico (?:na linha|a espera|aguardando)|(?:esperar|aguardar) na linha)\b/,
  notWait: /\bnao (?:\w+ ){0,2}(?:esperar|aguardar)\b/,
  note: /\b(?:(?:pode )?anot(?:e|ar|a)(?: isso)?|deix(?:ar|o|e) (?:um )?(?:recado|mensagem|anotado|aviso))\b/,
  accept:
    /^(?:eh |bom |entao |ah )*(?:sim|claro|pode (?:ser|sim)|ok|okay|por favor|com certeza|perfeito|esta bem|ta bom|tudo bem|certo|isso|exato|aceito|quero|gostaria|de acordo|combinado|beleza)\b/,
  decline: /^(?:eh |bom |entao |ah )*(?:nao|agora nao|ainda nao|melhor nao|nem)\b|\bnao obrigad[oa]\b/,
};

const it: CallerIntentRules = {
  cancel:
    /\b(?:annull(?:a|i|are)(?: (?:tutto|il trasferimento|la chiamata))?(?: per favore)?$|lasci(?:a)? (?:stare|perdere)|lascia(?:mo)? (?:stare|perdere)|(?:si )?dimentich(?:i|ilo)|non (?:mi )?(?:trasferisca|passi|colleghi|trasferire|passare)\b|(?:preferisco|voglio|meglio) (?:continuare|andare avanti|restare)(?: con (?:lei|te))?|(?:continuo|continuiamo|andiamo avanti|resto) con (?:lei|te)|ho cambiato idea|non (?:serve|importa|occorre|ho bisogno di nessuno)(?: piu)?)\b/,
  notCancel: /\b(?:non annull|annullare? (?:il mio|la mia|i miei|le mie|l'|un|una) ?(?!trasferimento|chiamata))/,
  callback:
    /\b(?:(?:mi )?richiam(?:i|ate|ino|a|are|atemi|imi|armi)|(?:essere|venire) richiamat[oa]|(?:mi )?(?:chiam|telefon)(?:i|ate|ino|are|atemi)(?:mi)?(?: \w+){0,2} (?:piu tardi|dopo|domani|quando|alle)|(?:che )?mi richiamino|una richiamata)\b/,
  notCallback: /\bnon (?:\w+ ){0,3}(?:richiam|mi chiam)/,
  wait: /\b(?:(?:preferisco|posso|voglio|vorrei) (?:aspettare|attendere|restare|rimanere)|aspetto(?: in linea)?|attendo|(?:resto|rimango|restare|rimanere|attendere) in (?:linea|attesa)|io aspetto)\b/,
  notWait: /\bnon (?:\w+ ){0,2}(?:aspettare|attendere)\b/,
  note: /\b(?:annot(?:i|are|a)|prend(?:a|ere) nota|lasci(?:are|o|a) (?:un )?(?:messaggio|detto)|scriv(?:a|ere|i)(?:lo)?)\b/,
  accept:
    /^(?:eh |ehm |beh |allora |ah )*(?:si|certo|certamente|va bene|d'accordo|ok|okay|per favore|volentieri|perfetto|esatto|naturalmente|grazie si|bene|faccia pure|procedi|proceda|magari|sicuro)\b/,
  decline: /^(?:eh |ehm |beh |allora |ah )*(?:no|non (?:ora|adesso|ancora)|meglio di no)\b|\bno grazie\b/,
};

const pl: CallerIntentRules = {
  cancel:
    /\b(?:anuluj(?: to)?(?: prosze)?$|niewazne|zapomnij|nie (?:lacz|przelaczaj)|rozmyslilem|rozmyslilam|wole (?:z toba|kontynuowac)|juz nie trzeba)\b/,
  notCancel: /\bnie anuluj|anulowac moj/,
  callback: /\b(?:oddzwon\w*|zadzwon\w* (?:do mnie|pozniej|jutro))\b/,
  notCallback: /\bnie (?:oddzwaniaj|dzwon)/,
  wait: /\b(?:(?:po)?czekam|zaczekam|wole (?:po)?czekac|moge (?:po)?czekac)\b/,
  notWait: /\bnie (?:\w+ ){0,2}(?:po)?czekac\b/,
  note: /\b(?:zapis(?:z|ac)|zanotuj|zostawic wiadomosc)\b/,
  accept: /^(?:tak|jasne|dobrze|ok|okej|prosze|oczywiscie|pewnie|zgoda)\b/,
  decline: /^(?:nie|raczej nie|jeszcze nie)\b/,
};

const zh: CallerIntentRules = {
  cancel: /取消(?:吧|转接)?$|算了|不用(?:转|接)|不要转|别转|继续跟你/,
  notCancel: /取消我的|不要取消/,
  callback: /回电|回拨|打(?:回|给我)|晚点(?:打|联系)|给我打电话/,
  notCallback: /不(?:要|用)(?:回电|回拨|打)/,
  wait: /我(?:可以|愿意)?等|等着|继续等/,
  notWait: /不(?:想|能|要|愿意)等/,
  note: /留言|记下来|记录下/,
  accept: /^(?:好|是|可以|行|对|要|嗯|没问题|当然)/,
  decline: /^(?:不|没有|别)/,
};

/** What callers say while a handoff is in progress, by language. */
export const CALLER_INTENT_RULES: Readonly<Record<Language, CallerIntentRules>> = { en, es, fr, de, pt, it, pl, zh };
