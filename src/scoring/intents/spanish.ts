import { everywhere } from "../requests/request-rules.ts";
import type { IntentRules } from "./intent-rules.ts";

export const spanishIntents: IntentRules = {
  fraud: {
    says: /\b(?:fraude|fraudulent\w*|estafa\w*|timo|timaron|phishing|hackead\w*|hackearon|suplantad\w*|clonad\w*|clonaron|(?:me )?robaron (?:dinero|la tarjeta|mi tarjeta)|(?:alguien|han|otra persona)(?: \w+){0,3} (?:usado|uso|usando|robado|robo|sacado|saco|utilizado|utilizo)(?: \w+){0,3} (?:tarjeta|cuenta|dinero)|no (?:he )?(?:hice|hecho|reconozco|autorice|autorizado|realice)(?: \w+){0,3} (?:cargo|pago|compra|transaccion|retiro|transferencia)|(?:cargo|pago|compra|transaccion|movimiento)s? (?:no (?:autorizad\w+|reconocid\w+)|que no (?:he hecho|hice|reconozco|autorice)|sospechos\w+|extran\w+))\b/,
  },
  "identity-theft": {
    says: /\b(?:robo de identidad|suplanta\w* (?:mi|de) identidad|robaron (?:mi )?identidad|(?:abierto|abrieron|solicitado|pidieron)(?: \w+){0,4} a mi nombre|se hacen? pasar por mi|usando mi (?:identidad|nombre|dni))\b/,
  },
  cancellation: {
    says: /\b(?:cancelar|cancela|cancele|dar de baja|darme de baja|baja de|anular|cerrar|eliminar|borrar|rescindir|terminar)(?: (?:de|mi|la|el|un|una|esta|este|mis|los|las|con))*(?: \w+)? ?(?:cuenta|suscripcion|contrato|servicio|poliza|reserva|pedido|plan|membresia|tarjeta|seguro|cita|compra|transferencia|perfil|linea)\b|\b(?:darme|dar) de baja\b/,
    aside: everywhere(
      "\\bno (?:quiero|deseo) (?:cancelar|cerrar|anular)",
      "\\b(?:gastos|politica|tarifa) de cancelacion",
    ),
  },
  hardship: {
    says: /\b(?:(?:he perdido|perdi) (?:mi|el) (?:trabajo|empleo)|estoy (?:en (?:el )?paro|desemplead\w)|me (?:han despedido|despidieron)|no (?:puedo|tengo (?:dinero|como)|me alcanza)(?: \w+){0,2} (?:pagar|para (?:pagar|comer|vivir|el alquiler))|(?:dificultades|problemas|apuros) (?:economic\w+|financier\w+)|(?:bancarrota|desahuci\w+|embarg\w+)|atrasad\w (?:con|en) (?:los|el|mis) pagos?|no llego a fin de mes)\b/,
  },
  "legal-threat": {
    says: /\b(?:(?:voy|vamos) a (?:demandar\w*|denunciar\w*)|(?:los|les|la|lo) (?:voy a )?(?:demandare|demando|denunciare|denuncio)|(?:emprender|tomar|iniciar)(?:e)? (?:acciones|medidas) legales|mi abogad[oa]|(?:contactar|hablar|llamar|poner)(?:e)?(?: \w+){0,3} abogados?|(?:nos vemos|llevar\w*) (?:en|a) (?:los )?(?:tribunal\w*|juicio)|demanda (?:judicial|colectiva))\b/,
  },
  regulator: {
    says: /\b(?:banco de espana|cnmv|condusef|profeco|defensor del (?:cliente|consumidor|pueblo)|oficina (?:municipal )?(?:de|del) consum\w+|omic|organizacion de consumidores|facua|superintendencia|agencia de proteccion de datos|hoja de reclamaciones)\b/,
  },
  "self-harm": {
    says: /\b(?:suicid\w+|matarme|quitarme la vida|(?:quiero|queria|ganas de|prefiero|deseo) (?:morir\w*|estar muert\w)|no quiero (?:vivir|seguir vivi\w+)|hacerme dano|autolesion\w*|cortarme las venas|acabar con (?:mi vida|todo)|mejor estar(?:ia)? muert\w|la vida no (?:tiene sentido|vale la pena))\b/,
    aside: everywhere(
      "\\bno (?:quiero|pienso|voy a) (?:morir\\w*|suicid\\w+|matarme)",
      "\\bmuero de (?:risa|hambre|ganas|sed|calor|frio)",
    ),
  },
  "billing-dispute": {
    says: /\b(?:(?:me )?(?:han )?cobrad\w+ (?:dos veces|doble|de mas|mal|demasiado)|(?:me )?cobraron (?:dos veces|doble|de mas|mal|demasiado|algo)|cargo (?:duplicado|doble|incorrecto|indebido|erroneo)|(?:error|problema|fallo) (?:en|con) (?:la|mi|el|un) (?:factura|cobro|pago|recibo|cargo)|factura (?:incorrecta|equivocada|mal|erronea)|(?:disputar|reclamar|impugnar) (?:un|el|este|la) (?:cargo|cobro|factura|pago)|reembolso(?: \w+){0,3} no|no (?:he recibido|me ha llegado)(?: \w+)? (?:reembolso|devolucion)|cobro (?:duplicado|indebido|doble))\b/,
  },
};
