import { oneClause, oneOf } from "../clauses/clauses.ts";
import { atEitherEnd, type RequestRules, wholeClause } from "./request-rules.ts";

const PERSON =
  "(?:humanos?|humanas?|ser(?:es)? humanos?|pessoas?|gente|agentes?|atendentes?|representantes?|operador(?:a|es)?|assistentes?|consultor(?:a|es)?|supervisor(?:a|es)?|gerentes?|chefes?|responsave(?:l|is)|funcionari[oa]s?|colaborador(?:a|es)?|tecnic[oa]s?|especialistas?|telefonistas?|atendimento(?: ao cliente| humano| pessoal)?|servico(?:s)? (?:ao|de apoio ao|de atendimento ao|de) cliente|apoio ao cliente|suporte(?: humano| tecnico)?|sac|central de atendimento|equipe|equipa|colega|alguem|outra|outro|departamento|setor(?: de \\w+)?|encarregad[oa]|superior)";
const STRONG =
  "(?:humanos?|humana|ser(?:es)? humanos?|agentes?|atendentes?|representantes?|operador(?:a|es)?|supervisor(?:a|es)?|telefonistas?|gerente|atendimento (?:ao cliente|humano|pessoal)|apoio ao cliente|servico (?:ao|de apoio ao|de atendimento ao) cliente|central de atendimento|(?:pessoa|gente|alguem|assistente|ajuda|atendente)s? (?:de verdade|reais|real|humana|humano|viva|de carne e osso|fisica))";
const DET = "(?:um|uma|uns|algum|alguma|o|a|os|seu|sua|teu|vosso|outr[oa]|qualquer|ao|com|meu)";
const ADJ = "(?:verdadeir[oa]s?|bom|boa|maldit[oa]|porra de|droga de|ser|real|outr[oa])";
const WHO = `(?:${DET} )*(?:${ADJ} )*${PERSON}`;
const WHO_STRONG = `(?:${DET} )*(?:${ADJ} )*${STRONG}`;
const MACHINE =
  "(?:robos?|robots?|bots?|maquinas?|computador(?:es)?|gravac(?:ao|oes)|secretaria eletronica|ia|inteligencia artificial|chatbots?|assistente virtual|programa|sistema automatico|atendimento (?:automatico|eletronico)|ura|voz automatica)";
const TALK =
  "(?:falar|fala|fale|falo|conversar|converse|dialogar|chat|contactar|contatar|comunicar|entrar em (?:contato|contacto)|tratar|ligar|atendimento|papo)";

export const portuguese: RequestRules = {
  hint: oneOf(
    /tira|tire|sair|saio|tecla|opcao|menos|chat|falar|quem|nada|seus|human|pessoa|gente|agente|atend|represent|operador|assistente|consultor|supervisor|gerente|chefe|respons|funcion|colabor|tecnic|especialista|telefonista|servico|apoio|suporte|\bsac\b|equip|colega|alguem|departamento|encarreg|transf|pass[ae]|conect|encaminh|robo|bot|maquina|computador|gravac|virtual|superior|liga|setor/,
  ),
  person: oneClause(`(?<![a-z])${PERSON}(?![a-z])`),
  aside: oneClause(
    `\\b(?:nunca|jamais|nao|quem) (?:eu )?(?:disse|falei|pedi|digo|falou)(?: \\w+)? ?(?:que (?:eu )?(?:quero|queria|preciso))?(?: (?!mas)\\w+){0,4}? ${PERSON}`,
    `\\b(?:meus|nossos|os|seus) clientes (?:\\w+ ){0,2}?(?:falarem|falem|possam|falam|consigam|tenham|chegarem)(?: \\w+){0,3}? ${PERSON}`,
    `\\b(?:por|cada|a cada) (?:pessoa|agente|funcionario)`,
    `\\b(?:tem|voces tem|ha|existe|oferecem)(?: \\w+)? ?(?:um |o )?chat\\b(?: (?:ao vivo|online))?`,
    `\\b(?:recepcao|escritorio|balcao|atendimento|central|loja)(?: \\w+)? (?:esta|estao|fica|ta) (?:abert|fechad|funcionando)\\w*`,
    `\\b(?:alguem|um tecnico|uma pessoa)(?: \\w+)? (?:vir|venha|vem|passar aqui|consertar|arrumar)\\b|\\b(?:pode|podem|poderia) (?:vir|mandar) (?:alguem|um tecnico)`,
    `\\b(?:falar|conversar) (?:da|do|sobre|de|das|dos|acerca)(?: (?:a|o|da|do|minha|meu|uma|um|as|os|minhas|meus))* \\w+[ .!?]*$`,
    // Promised, refused, offered; what would have been; what others say
    `\\b(?:disse|disseram|dizia|diziam|falou|falaram|prometeu|prometeram|avisou|garantiu)(?: \\w+){0,2}? que (?!(?:quero|preciso|posso) )(?:me |nos |ele |ela |eu )*(?:ia|iria|seria|iam|vai|vao|passaria|ligaria|ligariam|transferiria|entraria|um|uma|o|a|alguem)(?:(?! (?:quero|preciso|posso)) \\w+){0,5}? ${PERSON}`,
    `\\bse eu (?:quisesse|tivesse|fosse|soubesse)(?: \\w+){0,5}? ${PERSON}`,
    `\\bnao (?:me|nos|o|a|deixaram|deixou) ?(?:deixaram|deixou|permitiram|quiseram|quis|passaram)?(?: (?:minha|meu) \\w+)? (?:falar|passar|conversar)(?: \\w+){0,3}? ${PERSON}`,
    `\\b(?:foi|fui|foram|fomos|era) (?:transferid|passad|conectad|encaminhad|atendid)\\w+(?: \\w+){0,2}? ${PERSON}`,
    `\\b(?:me|nos|lhe) (?:ofereceram|ofereceu|prometeram|prometeu|propuseram)(?:(?! (?:quero|preciso|posso|entao)) \\w+){0,4}? ${PERSON}`,
    `\\b(?:diz|dizem|dizia|fala|falam) que (?!(?:quero|preciso|posso) )(?:\\w+ ){0,5}?(?:(?:pedir|falar|ligar|exigir) (?:\\w+ ){0,2}?)?${PERSON}(?: (?:vai|ia|entrara)(?: \\w+){0,4})?`,
    `\\b(?:nome|numero|contato|ramal) (?:da|do|de uma?|de) ${PERSON}`,
    `\\b(?:expliquei|contei|disse)(?: \\w+){0,3} (?:para|pro|pra|ao|a) (?:o |a |um |uma )?${PERSON}`,
    `\\b(?:fiquei|passei|estive)(?: \\w+){0,3} (?:falando|conversando|a falar)(?: \\w+){0,4}? ${PERSON}`,
    `\\b(?:voce e|tu es|es|e voce|estou falando|estou a falar|(?<!como |onde )falo|eu sou|voce nao e|isso e|isto e|sera que e|voces sao)(?: (?:com|um|uma|realmente|mesmo))*(?: (?:${ADJ} )*(?:${PERSON}|${MACHINE}|real))(?: (?:de verdade|ou .{0,30}))?`,
    `\\bnao (?:quero|preciso|desejo|e preciso|e necessario|precisa|gostaria|queria)(?: (?:que|me|de|mais))*(?: (?:falar|conversar|passe|transfira|conecte|ligue|ser transferid[oa]|contactar))?(?:(?! (?:robo|bot|maquina|contigo|voce|consigo|mas|sim)) \\w+){0,4}? (?:${WHO}|ninguem|nenhum\\w*)`,
    "\\bnao (?:me|nos) (?:passe|transfira|transfere|conecte|ligue|encaminhe)(?: \\w+){0,4}",
    `\\b(?:falei|falamos|conversei|liguei|contactei|contatei|tinha falado|ja falei|havia falado|fui atendid[oa]|pedi|pedimos|tentei|consegui)(?: \\w+){0,4}? ${WHO}`,
    `(?<!que |com )\\b(?:o|a|um|uma|os|outro|outra|seu|meu|esse|essa) ${PERSON}(?: \\w+){0,2} (?:me|nos|disse|disseram|falou|ligou|foi|era|estava|desligou|atendeu|prometeu|explicou|nao (?:me|sabia|quis|ajudou|fez)|garantiu|informou)`,
    `\\b(?:me|nos) (?:disse|disseram|falou|falaram|pediu|pediram|mandou|mandaram|passou|passaram|transferiu|transferiram)(?: \\w+){0,6}? ${PERSON}`,
    `\\b(?:quando|cada vez que|toda vez que|sempre que|depois de|antes de|apos)(?: \\w+){0,3} (?:falei|falo|falar|liguei|ligo|ligar|perguntei)(?: \\w+){0,3} ${PERSON}`,
    "\\b(?:meu|minha|nosso|nossa) (?:chefe|gerente|agente|consultor|supervisor|colega)\\b",
    "\\b(?:pessoa|gente|alguem|homem|mulher)s? (?:na|no|em|atras|que (?:\\w+ou|\\w+aram|\\w+eram)\\b)",
    "\\b(?:servico|atendimento)(?: ao cliente)? (?:e|foi|era|esta|estava)\\b",
    `\\b(?:ele|ela|esposa|marido|irma|irmao|filho|filha|mae|pai|amig[oa]) (?:ja )?(?:falou|ligou|conversou)(?: \\w+){0,2} ${PERSON}`,
    "\\bquantas pessoas|para \\w+ pessoas",
    `\\b(?:levei|demorei|demora|demorou|impossivel|dificil|(?:nunca|jamais) (?:consegui|pude))(?: \\w+){0,4}? (?:falar|contatar|contactar|conversar)(?: com)? ${WHO}(?: (?:de verdade|real))?`,
    `\\b(?:perguntou|perguntaram) se (?:eu )?(?:queria|quero|gostaria)(?: \\w+){0,3}? ${PERSON}`,
    `(?<!com )\\b(?:o|a|um|uma|seu|sua) ${PERSON} ja (?:\\w+ou|\\w+eu|\\w+iu|fez)\\b`,
    `\\b(?:implorei|pedi|supliquei|insisti)(?: \\w+){0,4}? (?:para|que|pra)(?: \\w+){0,4}? ${PERSON}`,
  ),
  ask: oneClause(
    `\\b(?:me tira|me tire|tira me|tire me|quero sair|como (?:eu )?(?:saio|faco para sair)|como sair)(?: (?:logo|daqui))? (?:dess[ae]|dest[ae]|da|do|de) (?:\\w+ )?${MACHINE}`,
    `\\b(?:qual|que|o que|como)(?: (?:numero|tecla|botao|opcao|e a opcao))?(?: (?:eu|e que|devo|tenho que|preciso))* ?(?:digo|disco|aperto|pressiono|falo|dizer|digitar|digito|apertar|faco|fazer|teclar|consigo|posso)? ?(?:para|pra) (?:falar|ser atendid[oa]|chegar|ter|conseguir falar)(?: (?:com|por|a))? ${WHO}`,
    `\\bquem (?:e o (?:responsavel|chefe|gerente)|manda|esta no comando)(?: (?:ai|aqui|por ai))?[?.!]?(?: e)? (?:me (?:passa|passe|liga|poe|coloca)|passe|passa)`,
    `\\b(?:se importa|se importaria|importa se|incomoda) (?:de|em) me (?:transferir|passar|conectar|encaminhar|ligar)`,
    `\\b(?:zero|dois|tres|quatro|cinco|seis|meia|sete|oito|nove|\\d+|nada|nenhuma) (?:um |uma )?(?:atendente|operador(?:a)?|humano|representante|supervisor(?:a)?)(?: por favor| obrigad[oa])*[ .!?]*$`,
    `\\b${TALK}(?: (?:direto|diretamente|agora|ja|por favor|por telefone|ao vivo|logo|urgentemente|diretamente))*(?: (?:com|a|ao|para|pro|pra))+ ${WHO}`,
    `\\b(?:quero|queria|preciso|desejo|gostaria|prefiro|exijo|solicito|necessito|me (?:da|de|passa|passe|conecta|conecte|transfere|transfira|liga|ligue|arranja|chama|chame)|da me|de me|chama|chame|chamem|contate|contatar|contacte|contactar|contato|contacto|passa|passe|transfere|transfira|transferir|liga|ligue|liguem|conecte|conecta|traga|arranje|bota|coloca|coloque|manda)(?: (?:me|ja|agora|de|com|a|ao|para|pro|pra|ser atendid[oa] por|ser ajudad[oa] por|que me (?:passem?|transfiram?|atenda)|ter|ver|ajuda de|falar|por favor|do|da|o|um|uma))* (?:${WHO_STRONG}|(?:uma|um|o) (?:pessoa|setor de \\w+|departamento de \\w+|responsavel|funcionari[oa]|chefe|consultor)|(?:seu|sua|o|a) (?:chefe|gerente|superior|responsavel))(?! (?:para|perto|proxim))`,
    `\\b(?:passa|passe|passem|passar|passar-me|transfira|transfere|transfiram|transferir|transferid[oa]|conecte|conecta|conectar|conectad[oa]|encaminhe|encaminhar|encaminha|ligue|ligar|ligad[oa]|coloque|colocar|direcione|direcionar|redirecione|redirecionar|poe|ponha|por)(?: (?:me|ja|agora|por favor|em contato|em contacto|na linha|a chamada|a ligacao|minha ligacao))*(?: (?:com|a|ao|para|pra|pro|no|na))+ ${WHO}`,
    "\\b(?:me (?:transfere|transfira|passa|passe|conecta|conecte|encaminha|encaminhe)|transfira-?me|passe-?me|transfere-?me)(?: (?:ja|agora|por favor))*[ .!?]*$",
    "\\b(?:pode|podes|poderia|podia|podem)(?: por favor)?(?: me)? (?:transferir|passar|conectar|encaminhar)(?: me)?(?: (?:a|para|por favor|com|pra)| ?[.!?]*$)(?! (?:dinheiro|a conta|fundos|minha conta|o valor))",
    `\\b(?:ha|tem|existe|teria|havera|temos|voces tem|esta)(?: (?:ai|aqui|por ai))?(?: (?:alguma?|algum|um|uma|outra|nenhum|nenhuma|ninguem))* (?:${WHO_STRONG}|(?:pessoas?|alguem|gente|tecnico|responsavel)(?: \\w+){0,3} (?:falar|atender|atenda|ajudar|conversar|real|disponivel|ai|de verdade))`,
    `\\b(?:pode|posso|poderia|que) (?:me )?(?:atender|ajudar|atenda|ajude|ligue|contate|contacte)(?:-me)? (?:por )?(?:um|uma|algum|alguma|outra|outro) (?:${PERSON})`,
    "\\bque (?:alguem|um|uma|o|a)(?: \\w+)? (?:me|nos) (?:ligue|atenda|ajude|contate|contacte|retorne)",
    "\\balguem (?:pode|poderia)? ?me (?:ligar|ligue|atender|telefonar|contactar|contatar)",
    `\\bnao (?:quero|desejo|gosto|aguento|suporto|vou|queria|gostaria)(?: (?:mais|de|continuar|ficar|ter que|estar))*(?: (?:falar|falando|conversar|conversando|tratar|lidar))?(?: (?:com|a))?(?: (?:um|uma|este|esta|esse|essa|o|a|mais|outro|nenhum\\w*|maldit[oa]|porra de))* (?:${MACHINE})`,
    "\\bnao (?:quero|desejo|gosto de)(?: \\w+)? (?:falar|conversar|falando) (?:contigo|consigo|com voce|com o senhor)",
    `\\b(?:farto|fart[oa]|cansad[oa]|chega|basta|odeio|para)(?: (?:de|falar|os|as|esses?|essas?|com|um|uma|o|a))* ${MACHINE}`,
    "\\b(?:ajuda|atendimento|assistencia|suporte|servico|intervencao) (?:de uma pessoa|human[oa]|pessoal)",
    "\\b(?:quero|preciso|posso|queria|gostaria|desejo|poderia|da para|pode me deixar|deixa eu|deixe-?me|quero e)(?: (?:de|muito|urgente))* (?:falar|conversar)(?: com)? (?:alguem|outra pessoa)",
    `\\b(?:preciso|quero|queria)(?: \\w+){0,2} (?:servico ao cliente|atendimento ao cliente|apoio ao cliente)`,
    "\\b(?:onde esta|cade|onde estao)(?: (?:a|as|os|o|uma))* (?:pessoas?|gente|atendentes?|human\\w+)",
  ),
  anyway: oneClause(
    `(?<!\\bque )\\bnao (?:falo|converso|lido|trato|quero falar|quero conversar) com (?:um |uma |esse |essa )?(?:${MACHINE})`,
    `(?:${STRONG}|gerente|responsavel|chefe)\\b.{0,80}(?<!\\b(?:que|nao|se) )\\b(?:quero|preciso|queria) falar com (?:uma?|el[ea]|ess[ea])[ .!?]*$`,
    `(?<!\\b(?:que|nao|se) )\\b(?:quero|preciso)(?: d[eo])?(?: falar com)?(?: o)? (?:chefe|gerente|supervisor|superior) del[ea]\\b`,
    `(?<!\\bnao )\\bme (?:transfere|transfira|passa|passe|conecta|conecte)[ .!?]*$`,
    // A wish, order or question of now, whatever is told before it
    `(?<!\\b(?:que|se|quando|nao)(?: eu)? )\\b(?:quero|queria|preciso|gostaria|prefiro|exijo|desejo)(?: de)?(?: (?:falar|conversar|ser (?:transferid|atendid)\\w+)(?: \\w+)? (?:com|para|por))? ?(?:${WHO_STRONG}|(?:uma|outra|a mesma|essa) pessoa|(?:um|o|seu) (?:gerente|chefe|responsavel))`,
    `\\b(?:te|lhe|ja|eu) (?:disse|falei)(?: \\w+)? que (?:quero|preciso)(?: de)?(?: falar)?(?: com)? ${WHO}`,
    `(?<!\\bnao )\\b(?:me (?:passa|passe|transfere|transfira|conecta|conecte|liga|ligue|coloca|poe)|(?:passe|transfira|ligue|conecte|passa) me|deixa eu falar|deixe me falar|me deixa falar)(?: (?:ja|agora|por favor|logo))*(?: (?:para|pra|pro|com|ao|a))+ (?:${WHO}|outr[oa]|el[ea]|uma?|o chefe del[ea]|seu (?:chefe|superior))\\b`,
    `(?<!\\b(?:se|que) )\\b(?:posso|poderia|da para|consigo) (?:falar|conversar) com (?:${WHO}|essa pessoa|el[ea]|uma?|outr[oa]|a mesma pessoa)\\b`,
    `\\b${STRONG}\\b.{0,40}\\b(?:pode|poderia) me (?:conectar|reconectar|passar|transferir|ligar)(?: \\w+)? ?(?:de novo|outra vez|novamente|agora)`,
    `\\b(?:cade|onde esta|onde ta) (?:o |a )?(?:meu|minha|o|a) ?${STRONG}`,
    `^(?:\\w+ ){0,3}?(?:me|nos) (?:disseram|mandaram|falaram|disse|pediram|aconselharam)(?: \\w+)? (?:para|pra) (?:pedir|falar|ligar|procurar|solicitar|contactar)(?: \\w+){0,3}? ${WHO}[ .!?]*$`,
  ),
  polite: atEitherEnd(
    "por favor|por gentileza|pfv|obrigad[oa]|muito obrigad[oa]|valeu|entao|agora(?: mesmo)?|ja|logo|ok|okay|sim|bom dia|boa (?:tarde|noite)|ola|oi|alo|moc[oa]|senhora?|desculpe?|com licenca|olha|bem|tambem|imediatamente|urgente|rapido|de uma vez|se (?:puder|possivel|for possivel)|so|chega|e|mas|eu disse|disse|claro|certo|ta bom|esta bem|por deus|pelo amor de deus|please",
  ),
  whole: wholeClause(
    `(?:(?:pode|poderia|podia|podes|da para|quer) (?:me )?)?(?:me )?(?:transfere|transfira|transferir|passa|passe|passar|conecta|conecte|conectar|encaminha|encaminhe|encaminhar|liga)(?: ?me)?(?: (?:pra|para|a|com) (?:alguem|frente))?`,
    `(?:voce|vc|o senhor|a senhora) nao (?:quero )?(?:${WHO_STRONG}|(?:uma )?pessoa)|nao (?:voce|um robo|uma maquina|com voce|quero robo|quero maquina)(?: mas| sim)?(?: quero)? (?:${WHO_STRONG}|(?:uma )?pessoa|gente|pessoas)`,
    `(?:qualquer um|qualquer pessoa|alguem|qualquer coisa|outra coisa)(?: \\w+)? (?:menos|exceto|que nao seja|tirando|fora) (?:um |uma |voce|esse |essa )?(?:${MACHINE})?`,
    `(?:nada|nenhum|nenhuma|nenhuma das opcoes|nao adianta|outra coisa|esquece|esqueca)(?: quero)? (?:(?:um|uma) )?(?:${STRONG})`,
    `(?:ja )?(?:pedi|falei|disse)(?: (?:ja|\\w+ vezes))*(?: que)?(?: quero)? (?:um |uma |falar com (?:um|uma) )?(?:${STRONG}|pessoa)`,
    `(?:so )?(?:prefiro|quero) (?:falar com |ser atendid[oa] por )?(?:gente|pessoas|humanos)`,
    `(?:(?:um|uma|alguem|algum) (?:dos|das|de|da) (?:seus|suas|voces|equipe|sua equipe|vossa equipa|equipa)) ?(?:funcionari[oa]s|atendentes|colegas|colaboradores|pessoas|agentes)?`,
  ),
  bare: new RegExp(
    `^(?:(?:ola|oi|alo|sim|nao|por favor|ja|agora|eu disse|disse|com|a|o|um|uma|quero|bom dia|boa tarde|desculpe)[ ,.!?]*)*(?:${DET} )*(?:${ADJ} )*(?:${STRONG}|pessoas?|supervisor|atendimento|atendente humano|sac|suporte humano|pessoa real)(?:[ ,.!?]*(?:por favor|ja|agora|urgente|obrigad[oa]|real|de verdade|humano|humana))*[ ,.!?]*$`,
    "u",
  ),
};
