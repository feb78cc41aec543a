import { oneClause } from "../clauses/clauses.ts";
import { type DangerRules, hintOf, notThen } from "./danger-rules.ts";

const KIN =
  "(?:marido|mulher|esposo|esposa|companheir[oa]|namorad[oa]|ex|pai|mae|pais|avo|tio|tia|prim[oa]|irma[o]?|filh[oa]s?|filhinh[oa]|bebe|crianca|criancas|amig[oa]|vizinh[oa]s?|colega|sogr[oa]|net[oa]|menin[oa])";
const SOMEBODY = `(?:ele|ela|eles|elas|alguem|um (?:homem|cara|ladrao|estranho|sujeito)|uns (?:homens|caras)|(?:o |a )?(?:meu|minha|nosso|nossa|seu|sua|o|a) (?:\\w+ )?${KIN})`;
const WEAPON = "(?:armas?|facas?|pistolas?|revolver|espingarda|facao|machado|navalha)";
const HOUSE = "(?:casa|apartamento|cozinha|quarto|predio|garagem|carro|quintal|porta|janela)";
const NOW_ONLY = notThen(
  "(?:ontem|(?:ha|faz) (?:\\w+ ){1,2}(?:anos?|mes(?:es)?|semanas?|dias?)|(?:\\w+ ){0,2}atras|(?:ano|mes|semana) passad[oa]|em (?:19|20)\\d\\d)\\b",
);

export const portuguese: DangerRules = {
  hint: hintOf(
    "socorro armad bat agred espanc apanh mat atir tiro baleado esfaque arma faca pistola revolver espingarda facao machado navalha respir infarto enfarte avc derrame convuls sangr atac desmai inconsciente estrangul sufoc enforc engasg afog acorda reage responde mexe peito overdose comprimidos remedios veneno agua_sanitaria lixivia morrendo morrer fogo chamas incendio queima ardendo arder fumaca fumo gas monoxido pres[oa] tranc sequestr estupr viol ameac invadi entrando entrar arromb escondid ambulancia policia bombeiros 112 190 192 911 samu suicid se_matar matar-se perigo medo vida dentro_d",
  ),
  says: oneClause(
    "(?:vai|vao|quer|querem|esta tentando|tentou|tenta|esta a tentar|ameacou|disse que vai) (?:me |nos |a )?(?:matar|esfaquear|estrangular|bater|estuprar|violar|atacar|machucar|queimar)(?:[- ]me|[- ]nos)?\\b(?<=me \\w+|nos \\w+|-me|-nos|ar me|er me)|me (?:vai|quer) (?:matar|bater)\\b|vai (?:atirar|dar um tiro) em mim\\b",
    `(?:levei|levou|levamos|tomei|tomou) (?:um |uns )?(?:tiros?|facadas?)${NOW_ONLY}|(?:fui|foi|fomos|estou sendo|esta sendo|foram) (?:\\w+ )?(?:esfaquead[oa]|balead[oa]|atacad[oa]|agredid[oa]|sequestrad[oa]|estuprad[oa]|violad[oa]|estrangulad[oa]|espancad[oa]|atropelad[oa])\\b(?! (?:pelo|pela|por) (?:banco|empresa|hacker\\w*))${NOW_ONLY}|(?:ele|ela|eles|alguem) (?:me |nos |a )?(?:esfaqueou|baleou|estuprou|violou|sequestrou|atacou|espancou|estrangulou|atirou em mim|deu um tiro)(?:[- ]me)?\\b${NOW_ONLY}`,
    `(?:tem|estao com|esta com|puxou|com) (?:uma? )?(?:\\w+ )?${WEAPON}\\b(?=.*\\b(?:me|mim|aqui|casa|agora|nos|porta|socorro|ajuda|dentro)\\b|[ .!?]*$|[.!?])|(?:ameac\\w+|apont\\w+)(?:[- ]me)? (?:\\w+ ){0,3}${WEAPON}|(?:esta|estao) (?:me |nos )(?:atacando|estrangulando|sufocando|ameacando de morte|perseguindo|esfaqueando|enforcando)|(?:esta|estao) a (?:atacar|estrangular|perseguir|enforcar)[- ]me|(?:tiroteio|estao atirando|esta atirando)`,
    `(?:esta|estao) (?:me (?:batendo|agredindo|espancando|machucando)|a bater(?: |-)me|a agredir(?: |-)me|batendo em mim|batendo na minha \\w+|a bater na minha \\w+)\\b|(?:ele|ela|(?:meu|minha) (?:\\w+ )?${KIN}) (?:me (?:bate|espanca|machuca)|bate(?: |-)me|me agride|bate em mim)\\b(?! com a porta)`,
    `(?:me|nos) (?:trancou|trancaram|prendeu|prenderam|amarrou|amarraram|mantem pres[oa])|(?:trancou|prendeu|amarrou)[- ]me|nao (?:me|nos) deix(?:a|am) (?:sair|ir embora)\\b(?! d[oe] (?:contrato|plano|aplicativo|app|assinatura))|(?:estou|estamos) (?:\\w+ )?(?:tranca?d[oa]s?|pres[oa]s?|escondid[oa]s?) (?:em|no|na|num|numa|dentro|embaixo) (?:\\w+ )?(?:casa|quarto|banheiro|carro|elevador|porao|armario|porta-malas|predio|ferragens)`,
    `(?:tem|ha|esta|estao) (?:alguem|gente|um (?:homem|ladrao|estranho|cara)|ladroes|uns (?:homens|caras)) (?:\\w+ ){0,2}?(?:dentro da|na|dentro de|no) (?:minha |nossa |meu |a minha )?${HOUSE}\\b(?! (?:que|para|pra) )|(?:estao|esta|alguem|querem|tentando|tentam) (?:\\w+ ){0,2}?(?:invadindo|invadir|entrando|entrar|arrombando|arrombar|a entrar|a invadir) (?:n?a|em|na|o|no) ?(?:minha |nossa |meu )?${HOUSE}`,
    "nao (?:consigo|consegue|esta conseguindo|estou conseguindo|posso|conseguem) (?:nem |mais )?respirar\\b(?! (?:com (?:esse|essa|tant)|de tant))|nao (?:esta respirando|respira|esta a respirar)\\b|(?:parou|deixou) de respirar|(?:falta|sem) (?:de )?ar\\b(?! condicionado)|(?:esta|estou|ta|to) (?:\\w+ )?(?:sufocando|a sufocar|engasgad[oa]|engasgando|se afogando|a afogar[- ]se|afogando)\\b(?! (?:em|de|nas|nos) (?:dividas|contas|trabalho|papeis))",
    `(?:esta|estou|ta|to|acho que) (?:\\w+ ){0,2}?(?:tendo|a ter|teve|sofrendo|a sofrer) (?:um |uma )?(?:infarto|enfarte|avc|derrame|convuls\\w+|ataque (?:cardiaco|do coracao)|parada cardiaca|reacao alergica|overdose)${NOW_ONLY}|(?:esta|estou|ta) (?:inconsciente|desmaiad[oa]|desacordad[oa]|convulsionando)|desmaiou${NOW_ONLY}|nao (?:acorda|reage|se mexe|esta acordando|esta reagindo)\\b(?! (?:o|a) (?:tela|celular|computador))|${KIN} (?:\\w+ ){0,3}nao responde\\b(?! (?:a|ao|as|os|minhas?|meus|mensagens))`,
    `(?:dor|dores|aperto|pressao) (?:\\w+ ){0,3}no peito${NOW_ONLY}|(?:sangrando|a sangrar) (?:\\w+ )?(?:muito|demais|pela cabeca|sem parar)|perdendo (?:muito )?sangue|muito sangue|sangue por toda|nao para de sangrar|(?:tomou|engoliu|bebeu|tomei|ingeriu) (?:\\w+ ){0,4}(?:remedios|comprimidos|veneno|agua sanitaria|lixivia|soda caustica|pilhas?|frasco|cartela)\\b(?! (?:hoje de manha|como))|overdose`,
    "(?<!(?:internet|bateria|celular|telefone|telemovel|planta|plantas|computador|notebook) )(?:estou|esta|estamos|vou|vamos|ele vai|ela vai) (?:a )?(?:morrendo|morrer)\\b(?! (?:de (?:fome|rir|sede|vontade|vergonha|calor|frio|sono|tedio|raiva|saudades?|curiosidade|medo|inveja)|por|com (?:essas?|esses?|as|os)|aqui esperando))",
    `(?:${HOUSE}|escritorio|hotel|escola|fogao|mato|loja) (?:\\w+ )?(?:esta |estao |ta )?(?:em chamas|pegando fogo|a arder|ardendo|queimando|pegou fogo|incendiando)|(?:tem|ha|esta) (?:\\w+ )?(?:um )?(?:incendio|fogo|muita fumaca|vazamento de gas)\\b|incendio (?:na|no|em)${NOW_ONLY}|cheir(?:o|ando|a)(?: \\w+){0,2} (?:a|de|forte de|muito a) ?(?:gas|queimado)|(?:vazamento|fuga) de gas|monoxido de carbono`,
    "(?:cham\\w+|mand\\w+|envi\\w+|preciso|precisamos|quero|liga\\w*|ligue)(?: de| para| pra)?(?: \\w+)? (?:uma |a |os |o )?(?:ambulancia|policia|bombeiros|samu|112|190|192|emergencia medica)\\b(?! (?:boletim|relatorio|conta|fatura|federal|civil para))|preciso d(?:a|e|os) (?:uma )?(?:ambulancia|policia|bombeiros)\\b(?! (?:boletim))",
    `${SOMEBODY} (?:\\w+ ){0,3}?(?:quer|vai|esta tentando|tentando|ameaca|disse que vai|esta a tentar) (?:se (?:matar|suicidar|jogar|enforcar)|matar-se|suicidar-se|matar se|suicidar se|tirar a (?:propria )?vida|pular d[ao])|socorro(?=[ .!?]*$|[.!?]| )|(?:esta|estao|homem|cara) armad[oa]s?\\b|(?:medo|temo) (?:por|pela) minha vida|(?:minha|nossa) vida (?:esta|corre) (?:em )?perigo|(?:estou|estamos) em perigo\\b|risco de vida`,
  ),
  aside: oneClause(
    "vai me matar (?:se|quando) (?:souber|descobrir|vir|ver|eu|ela|ele)\\b",
    "(?:quase) (?:tive|tenho|me deu|deu) (?:um )?(?:infarto|enfarte|treco|avc|derrame)",
    "(?:seguro|apolice|cobre|cobertura|plano)(?: (?:de|contra|por|em caso de|um|uma|o|a|e|ou))* (?:incendios?|infarto|enfarte|avc|ambulancia|gas)",
    "(?:filme|serie|livro|jogo|novela) (?:onde|em que|no qual|sobre)\\b[^.!?]*",
  ),
};
