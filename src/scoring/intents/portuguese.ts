import { everywhere } from "../requests/request-rules.ts";
import type { IntentRules } from "./intent-rules.ts";

export const portugueseIntents: IntentRules = {
  fraud: {
    says: /\b(?:fraude\w*|fraudulent\w+|golpe|burla\w*|phishing|hackead\w*|hackearam|clonad\w*|clonaram|(?:me )?roubaram (?:dinheiro|o (?:meu )?cartao|meu)|(?:alguem|outra pessoa)(?: \w+){0,3} (?:usou|usando|roubou|sacou|utilizou|invadiu)(?: \w+){0,3} (?:cartao|conta|dinheiro)|nao (?:fiz|reconheco|autorizei|realizei)(?: \w+){0,3} (?:compra|pagamento|cobranca|transacao|saque|transferencia|levantamento)|(?:compra|pagamento|cobranca|transacao|movimento)s? (?:que nao (?:fiz|reconheco|autorizei)|nao (?:autorizad\w+|reconhecid\w+)|suspeit\w+|estranh\w+))\b/,
  },
  "identity-theft": {
    says: /\b(?:roubo de identidade|roubaram (?:a )?minha identidade|(?:abriram|aberta|pediram|solicitaram)(?: \w+){0,4} (?:em|no) meu nome|se passa(?:ndo)? por mim|fazer-se passar por mim|usando (?:o )?meu (?:nome|cpf))\b/,
  },
  cancellation: {
    says: /\b(?:cancelar|cancela|cancele|cancelamento|encerrar|encerramento|fechar|rescindir|eliminar|apagar|excluir|anular|terminar|desativar)(?: (?:de|do|da|o|a|meu|minha|um|uma|este|esta|esse|essa|com))*(?: \w+)? ?(?:conta|assinatura|contrato|servico|plano|reserva|pedido|encomenda|cartao|seguro|consulta|subscricao|perfil|linha|compra|transferencia)\b/,
    aside: everywhere(
      "\\bnao (?:quero|desejo) (?:cancelar|encerrar|fechar)",
      "\\btaxa de cancelamento|\\bpolitica de cancelamento",
    ),
  },
  hardship: {
    says: /\b(?:(?:perdi|fui despedid\w|fui demitid\w)(?: (?:o|meu) (?:emprego|trabalho))?|perdi (?:o |meu |o meu )(?:emprego|trabalho)|estou desempregad\w|nao (?:consigo|tenho (?:dinheiro|como)|posso)(?: \w+)? (?:pagar|para (?:pagar|comer|o aluguel|a renda))|(?:dificuldades?|problemas?) (?:financeir\w+|economic\w+|de dinheiro)|falencia|despejo|despejad\w|atrasad\w (?:com|nos) (?:os )?pagamentos|nao tenho condicoes de pagar)\b/,
  },
  "legal-threat": {
    says: /\b(?:(?:vou|vamos) (?:processar|acionar|entrar na justica|meter (?:um )?processo|abrir (?:um )?processo)|medidas (?:legais|judiciais|cabiveis)|acao (?:judicial|legal|na justica)|(?:o )?meu advogado|minha advogada|(?:contatar|contactar|falar com|chamar|procurar) (?:um|o meu|meu) advogado|(?:no|ao|em) tribunal|processo (?:judicial|contra)|pequenas causas)\b/,
  },
  regulator: {
    says: /\b(?:procon|banco central|banco de portugal|anatel|anacom|deco|provedor|livro de reclamacoes|reclame aqui|ouvidoria|susep|cvm|cmvm|protecao de dados|defesa do consumidor|consumidor gov)\b/,
  },
  "self-harm": {
    says: /\b(?:suicid\w+|me matar|matar-me|tirar (?:a )?minha (?:propria )?vida|(?:quero|queria|vontade de|prefiro) (?:morrer|estar mort\w)|nao quero (?:mais )?viver|sem vontade de viver|me machucar|magoar-me|automutil\w+|me cortar|cortar os pulsos|acabar com (?:a minha vida|minha vida|tudo)|melhor (?:estar )?mort\w|a vida nao (?:faz sentido|vale a pena))\b/,
    aside: everywhere("\\bnao (?:quero|vou) (?:morrer|me matar)", "\\bmorr\\w+ de (?:rir|riso|fome|sede|calor|frio)"),
  },
  "billing-dispute": {
    says: /\b(?:(?:cobrad\w+|cobraram|debitad\w+|debitaram|pago|faturad\w+)(?: \w+)? (?:duas vezes|em dobro|a mais|em duplicado|errado|demais|indevidamente)|cobranca (?:duplicada|indevida|errada|dupla|incorreta)|(?:erro|problema) (?:na|no|com|em) (?:a |o |minha |meu )?(?:fatura|conta|cobranca|pagamento|boleto)|fatura (?:errada|incorreta|muito alta)|(?:contestar|disputar|reclamar)(?: \w+){0,2} (?:cobranca|fatura|compra|pagamento)|reembolso(?: \w+){0,3} nao|nao (?:recebi|chegou)(?: \w+){0,2} (?:reembolso|estorno))\b/,
  },
};
