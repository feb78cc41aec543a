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
} from "./portuguese-told.ts";
import { type IntentRules } from "./intent-rules.ts";

/** Not when it is the card, the site or the app that will not take the payment. */
const COM_QUE =
  "(?!.{0,60}\\b(?:com (?:o |meu |o meu |um )?cartao|pelo (?:app|site|aplicativo)|no (?:app|site|aplicativo)|na (?:app|pagina)|online|pela internet|por pix|via)\\b)";

export const portugueseIntents: IntentRules = {
  fraud: {
    says: oneOf(
      fraudTold,
      /\b(?:fraude\w*|fraudulent\w+|golpe|burla\w*|phishing|hackead\w*|hackearam|clonad\w*|clonaram|(?:me )?roubaram (?:dinheiro|o (?:meu )?cartao|meu)|(?:alguem|outra pessoa|um (?:ladrao|hacker|golpista))(?: \w+){0,3} (?:usou|usando|roubou|sacou|utilizou|invadiu|clonou|esvaziou|comprando|gastando|hackeou)(?: \w+){0,4} (?:cartao|conta|dinheiro)|nao (?:fiz|reconheco|autorizei|realizei)(?: \w+){0,3} (?:compra|pagamento|cobranca|transacao|saque|transferencia|levantamento)|(?:compra|pagamento|cobranca|transacao|movimento)s? (?:que nao (?:fiz|reconheco|autorizei)|nao (?:autorizad\w+|reconhecid\w+)|suspeit\w+|estranh\w+))\b/,
    ),
    aside: oneOf(noFraud),
  },
  "identity-theft": {
    says: oneOf(
      identityTheftTold,
      oneOf(
        "\\b(?:roubo|furto|usurpacao) de identidade\\b|\\b(?:roubaram|roubou|usaram|usurparam) (?:a )?minha identidade\\b",
        "\\b(?:abriram|pediram|solicitaram|fizeram|contrataram|(?:alguem|outra pessoa)(?: \\w+){0,2} (?:abriu|pediu|solicitou|fez|contratou)|foi aberta?|foram abertas?|foi feito)(?: \\w+){0,5} (?:em|no|com o) meu (?:nome|cpf)\\b",
        "\\bse pass(?:a|ando|ou|aram) por mim\\b|\\bfazer-se passar por mim\\b|\\b(?:alguem|estao|esta|outra pessoa)(?: \\w+){0,2} usando (?:o )?meu (?:nome|cpf|nif)\\b",
      ),
    ),
  },
  cancellation: {
    says: oneOf(
      cancellationTold,
      /\b(?:cancelar|cancela|cancele|cancelamento|encerrar|encerramento|fechar|rescindir|eliminar|apagar|excluir|anular|terminar|desativar)(?: (?:de|do|da|o|a|meu|minha|um|uma|este|esta|esse|essa|com))*(?: \w+)? ?(?:conta|assinatura|contrato|servico|plano|reserva|pedido|encomenda|cartao|seguro|consulta|subscricao|perfil|linha|compra|transferencia)\b/,
    ),
    aside: oneOf(
      noCancellation,
      oneOf(
        "\\bnao (?:quero|desejo) (?:cancelar|encerrar|fechar)",
        "\\btaxa de cancelamento|\\bpolitica de cancelamento",
      ),
    ),
  },
  hardship: {
    says: oneOf(
      hardshipTold,
      oneOf(
        "\\b(?:afogad|atolad|enterrad|chei)\\w+ (?:em|de|nas) dividas\\b|\\b(?:ser|fui|sendo|vao me|vou ser) despejad?\\w*\\b|\\bdinheiro nao (?:chega|da|dura)(?: \\w+){0,3} (?:fim do mes|final do mes|pagar|contas|comida)\\b|\\bnao (?:chego|chegamos) (?:ao|no) fim do mes\\b",
        "\\b(?:faleceu|morreu|doente|hospital|licenca|desempregad\\w|demitid\\w|divorcio|acidente|sem salario|sem renda)\\b.{0,60}\\bnao (?:consigo|posso|tenho como)(?: \\w+)? pagar\\b(?! (?:com|pel|no site|online))",
        "\\bperdi (?:o |meu |o meu )(?:emprego|trabalho)\\b|\\b(?:fui|fomos) (?:despedid\\w+|demitid\\w+|mandad\\w embora)\\b|\\b(?:estou|fiquei|ficamos) (?:desempregad\\w|sem (?:emprego|trabalho|renda|rendimentos))\\b",
        `\\bnao (?:consigo|posso|conseguimos)(?: \\w+)? ${COM_QUE}pagar(?: (?:a|o|as|os|minhas?|meus?|esta|este|essa|esse))+ (?:\\w+ )?(?:faturas?|contas?|aluguel|renda|hipoteca|parcelas?|prestac\\w+|emprestimos?|dividas?|boletos?|luz|agua|gas|mes|mensalidade\\w*)\\b`,
        `\\bnao (?:consigo|posso) mais ${COM_QUE}pagar\\b|\\bnao tenho (?:dinheiro|como|condicoes)(?: \\w+)? (?:de |para )?${COM_QUE}(?:pagar|comer|o aluguel|a renda)\\b`,
        "\\b(?:dificuldades?|problemas?) (?:financeir\\w+|economic\\w+|de dinheiro)\\b|\\b(?:estou|fali|declar\\w+|pedi)(?: \\w+)? falencia\\b|\\b(?:acao|ordem) de despejo\\b|\\bdespejad\\w\\b|\\batrasad\\w (?:com|nos|no|na) (?:os |o |a )?(?:pagamentos?|aluguel|renda|parcelas|contas)\\b",
      ),
    ),
  },
  "legal-threat": {
    says: oneOf(
      legalThreatTold,
      oneOf(
        "\\b(?:vou|vamos) (?:processar (?:voces|vcs|o banco|a (?:empresa|companhia|loja)|esta empresa|essa empresa|os senhores)|processa-los|acionar (?:a justica|judicialmente|voces na justica|(?:o )?meu advogado)|entrar na justica|(?:meter|abrir|mover) (?:um )?processo)\\b",
        "\\bmedidas (?:legais|judiciais|cabiveis)\\b|\\bacao (?:judicial|legal|na justica)\\b|\\bprocesso (?:judicial|contra (?:voces|a empresa|o banco))\\b|\\bpequenas causas\\b",
        "\\b(?:meu advogado|minha advogada) (?:vai|ira|entrara|ja|disse|esta|entrou)\\b|\\b(?:contatar|contactar|falar com|chamar|procurar|acionar) (?:um|o meu|meu|minha) advogad[oa]\\b",
        "\\b(?:vemo-nos|nos vemos|levar\\w*|levo|encontramo\\w*|vejo voces)(?: \\w+){0,2} (?:no|ao|em) tribunal\\b",
      ),
    ),
    aside: oneOf("\\bnao (?:quero|vou) (?:processar|entrar na justica)"),
  },
  regulator: {
    says: oneOf(
      regulatorTold,
      /\b(?:procon|banco central|banco de portugal|anatel|anacom|(?:a|na|pela) deco|deco proteste|provedor d(?:e justica|o cliente|o consumidor)|livro de reclamacoes|reclame aqui|ouvidoria|susep|cvm|cmvm|(?:autoridade|agencia|comissao)(?: \w+){0,2} protecao de dados|anpd|defesa do consumidor|consumidor gov)\b/,
    ),
    aside: oneOf(noComplaint),
  },
  "self-harm": {
    says: oneOf(
      selfHarmTold,
      oneOf(
        "\\bsuicid\\w+|\\bme matar\\b|\\bmatar-me\\b|\\b(?:tirar|acabar com|terminar com|por fim a) (?:a )?minha (?:propria )?vida\\b|\\bvou me matar\\b|\\bme enforcar\\b|\\benforcar-me\\b",
        "\\b(?:quero|queria|gostaria de|vontade de|prefiro|preferia|penso em|desejo)(?: (?:mesmo|so))? (?:morrer|estar mort\\w|sumir (?:para sempre|deste mundo|desse mundo|do mundo)|desaparecer(?: para sempre)?[ .!?]*$|dormir e nao acordar|nao acordar mais|nunca ter nascido)\\b",
        "\\b(?:nao (?:quero|aguento)|ja nao quero|cansad\\w de|sem vontade de|sem razao para)(?: mais)? (?:viver|existir|acordar|estar viv\\w)\\b(?! (?:em|no|na|com (?:meus|minha|eles)|perto|aqui|ali|longe))|\\bnao aguento mais viver\\b|\\bnao (?:consigo|posso) continuar (?:a viver|vivendo)\\b",
        "\\bme machucar\\b|\\bmagoar-me\\b|\\bautomutil\\w+|\\bme cortar\\b(?! (?:a|o|as|os) \\w+)|\\bcortar os pulsos\\b|\\bme jogar (?:da|do|na frente|de uma)\\b|\\batirar-me (?:da|do|de)\\b",
        "\\bacabar com tudo\\b|\\b(?:quero|queria|so queria) que (?:tudo|isso tudo|isto tudo) (?:acabe|acabasse|termine|pare)\\b",
        "\\bmelhor (?:estar )?mort\\w\\b|\\bmelhor sem mim\\b|\\bsou um (?:peso|fardo) para\\b|\\bninguem (?:vai |iria )?sentir(?:ia)? (?:a )?minha falta\\b",
        "\\b(?:a|minha|a minha) vida (?:ja )?nao (?:faz (?:mais )?sentido|vale (?:mais )?(?:a pena|nada)|tem (?:mais )?sentido)\\b|\\bnao tenho (?:mais )?(?:razao|motivos?|vontade) (?:para|de) (?:viver|continuar viv\\w+)\\b|\\bpara que viver\\b",
        "\\b(?:tomar|tomei|engolir|engoli)(?: \\w+){0,3} (?:todos|todas|muitos|muitas|demais|cartela|frasco|caixa)(?: \\w+){0,3} (?:comprimidos|remedios|medicamentos|pilulas)\\b|\\boverdose\\b",
      ),
    ),
    aside: oneOf(
      "\\bnao (?:quero|vou) (?:morrer|me matar)",
      "\\bmorr\\w+ de (?!vez|verdade)\\w+",
      "\\b(?:vai|vao|quer|querem) me matar\\b",
    ),
  },
  "billing-dispute": {
    says: oneOf(
      /\b(?:(?:cobrad\w+|cobraram|debitad\w+|debitaram|pago|faturad\w+)(?: \w+)? (?:duas vezes|em dobro|a mais|em duplicado|errado|demais|indevidamente)|cobranca (?:duplicada|indevida|errada|dupla|incorreta)|(?:erro|problema) (?:na|no|com|em) (?:a |o |minha |meu )?(?:fatura|conta|cobranca|pagamento|boleto)|fatura (?:errada|incorreta|muito alta)|(?:contestar|disputar|reclamar)(?: \w+){0,2} (?:cobranca|fatura|compra|pagamento)|reembolso(?: \w+){0,3} nao|nao (?:recebi|chegou)(?: \w+){0,2} (?:reembolso|estorno))\b/,
    ),
  },
};
