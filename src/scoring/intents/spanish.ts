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
} from "./spanish-told.ts";
import { type IntentRules } from "./intent-rules.ts";

/** Not when it is the card, the site or the app that will not take the payment. */
const CON_QUE =
  "(?!.{0,60}\\b(?:con (?:la |mi |una )?tarjeta|en (?:la|su|tu) (?:web|app|pagina|aplicacion)|por (?:internet|la app|la web)|en linea|online|paypal))";

export const spanishIntents: IntentRules = {
  fraud: {
    says: oneOf(
      fraudTold,
      /\b(?:fraude|fraudulent\w*|estafa\w*|timo|timaron|phishing|hackead\w*|hackearon|suplantad\w*|clonad\w*|clonaron|(?:me )?robaron (?:dinero|la tarjeta|mi tarjeta)|(?:alguien|han|otra persona|un (?:ladron|hacker|estafador)|me)(?: \w+){0,3} (?:usado|uso|usando|robado|robo|sacado|saco|utilizado|utilizo|clonado|clono|vaciado|vacio|vaciaron|hackeado|hackeo|comprando|gastando)(?: \w+){0,4} (?:tarjeta|cuenta|dinero)|no (?:he )?(?:hice|hecho|reconozco|autorice|autorizado|realice)(?: \w+){0,3} (?:cargo|pago|compra|transaccion|retiro|transferencia)|(?:cargo|pago|compra|transaccion|movimiento)s? (?:no (?:autorizad\w+|reconocid\w+)|que no (?:he hecho|hice|reconozco|autorice)|sospechos\w+|extran\w+))\b/,
    ),
    aside: oneOf(noFraud),
  },
  "identity-theft": {
    says: oneOf(
      identityTheftTold,
      oneOf(
        "\\brobo de (?:mi )?identidad\\b|\\bsuplanta\\w* (?:mi|de|la|de mi) identidad\\b|\\b(?:robaron|robado|roban|robo) (?:mi |la )?identidad\\b",
        "\\b(?:han|alguien|otro|otra persona|un desconocido|estafador\\w*)(?: \\w+){0,3} (?:abierto|abrio|solicitado|solicito|pedido|pidio|contratado|contrato)(?: \\w+){0,6} a mi nombre\\b|\\b(?:abrieron|pidieron|solicitaron|contrataron)(?: \\w+){0,5} a mi nombre\\b",
        "\\bse (?:hacen?|esta haciendo|hizo|hicieron) pasar por mi\\b|\\b(?:alguien|estan?|otra persona|han)(?: \\w+){0,3} (?:usando|usado|utilizando|utilizado|usa) mi (?:identidad|nombre|dni|numero de la seguridad social)\\b",
      ),
    ),
  },
  cancellation: {
    says: oneOf(
      cancellationTold,
      /\b(?:cancelar|cancela|cancele|dar de baja|darme de baja|baja de|anular|cerrar|eliminar|borrar|rescindir|terminar)(?: (?:de|mi|la|el|un|una|esta|este|mis|los|las|con))*(?: \w+)? ?(?:cuenta|suscripcion|contrato|servicio|poliza|reserva|pedido|plan|membresia|tarjeta|seguro|cita|compra|transferencia|perfil|linea)\b|\b(?:darme|dar) de baja\b/,
    ),
    aside: oneOf(
      noCancellation,
      oneOf("\\bno (?:quiero|deseo) (?:cancelar|cerrar|anular)", "\\b(?:gastos|politica|tarifa) de cancelacion"),
    ),
  },
  hardship: {
    says: oneOf(
      hardshipTold,
      oneOf(
        "\\bno (?:puedo|podemos) con (?:la hipoteca|el alquiler|las facturas|los pagos|las deudas|la renta|el prestamo)\\b|\\b(?:ahogad|hundid|hasta el cuello|llen)\\w*(?: \\w+)? (?:en|de|por) (?:las )?deudas\\b|\\b(?:se me acabo|me quitaron|me cortaron|sin cobrar|ya no cobro)(?: (?:el|la))? ?(?:paro|subsidio|ayuda|prestacion|baja)?(?=.*\\b(?:ingresos|pagar|dinero|llego)\\b)|\\bno tengo (?:ningun )?(?:ingresos?|trabajo|sueldo)\\b",
        "\\b(?:fallecio|murio|enferm\\w+|hospital|de baja|despidieron|divorci\\w+|accidente)\\b.{0,60}\\bno (?:puedo|podemos)(?: \\w+){0,2} pagar\\b(?! (?:con|en la|por))",
        "\\b(?:he perdido|perdi|acabo de perder|perdimos) (?:mi|el|nuestro) (?:trabajo|empleo|negocio)\\b|\\b(?:estoy|me he quedado|me quede|estamos) (?:en (?:el )?paro|desemplead\\w|sin (?:trabajo|empleo|ingresos|dinero para))\\b|\\bme (?:han despedido|despidieron|echaron del trabajo)\\b",
        `\\bno (?:puedo|podemos|consigo)(?: \\w+){0,2} pagar${CON_QUE}(?: (?:mis?|la|el|las|los|este|esta|estas|estos|nuestr[oa]s?))+ (?:\\w+ )?(?:facturas?|recibos?|cuotas?|alquiler|renta|hipoteca|prestamos?|letras?|deudas?|luz|gas|agua|mes|mensualidad\\w*)\\b`,
        `\\bno (?:puedo|podemos) ${CON_QUE}(?:seguir pagando|pagar (?:mas|este mes|todo|ahora mismo))\\b|\\bno (?:tengo|tenemos|me alcanza|nos alcanza)(?: \\w+){0,3} (?:para|como) (?:pagar|comer|vivir|el alquiler|la renta|llegar a fin de mes)\\b`,
        "\\b(?:dificultades|problemas|apuros) (?:economic\\w+|financier\\w+|de dinero)\\b|\\b(?:estoy|estamos|declar\\w+|quede) (?:\\w+ )?bancarrota\\b|\\bdesahuci\\w+\\b|(?<!sin )\\b(?:orden de embargo|me (?:han |van a |quieren )?embarg\\w+|embarg\\w+ (?:la|mi|el) (?:casa|nomina|sueldo|salario|piso|cuenta))\\b",
        "\\batrasad\\w (?:con|en) (?:los|el|mis|la) (?:pagos?|cuotas?|alquiler|renta|hipoteca)\\b|\\bno llego a fin de mes\\b",
      ),
    ),
    aside: oneOf("\\b(?:empresa|tienda|aerolinea|compania|vendedor)(?: \\w+){0,3} bancarrota"),
  },
  "legal-threat": {
    says: oneOf(
      legalThreatTold,
      oneOf(
        "\\b(?:voy|vamos) a (?:demandar\\w*|denunciar(?:los|les|te|la|le|lo|os)\\b|denunciar a (?:su|la|esta|vuestra) (?:banco|empresa|compania))|\\b(?:los|les|la|lo|te|os) (?:voy a )?(?:demandare|demando|denunciare|denuncio)\\b",
        "\\b(?:emprender|tomar|iniciar|tomare|iniciare|emprendere) (?:acciones|medidas) legales\\b",
        "\\bmi abogad[oa] (?:se|les|los|le|va|ya|hablara|contactara|dice|esta|tomara|sabra|me ha|ha)\\b|\\b(?:contactar|hablar|llamar|poner|acudir|contratar)(?:e)?(?: \\w+){0,3} abogad[oa]s?\\b",
        "\\b(?:nos (?:vemos|veremos)|llevar\\w*) (?:en|a|ante) (?:los |un )?(?:tribunal\\w*|juicio|juzgado)\\b|\\bdemanda (?:judicial|colectiva)\\b|\\bpor la via (?:judicial|legal)\\b",
      ),
    ),
    aside: oneOf("\\bno (?:quiero|voy a|vamos a|pienso) (?:demandar\\w*|denunciar\\w*)"),
  },
  regulator: {
    says: oneOf(
      regulatorTold,
      /\b(?:banco de espana|cnmv|condusef|profeco|defensor del (?:cliente|consumidor|pueblo)|oficina (?:municipal )?(?:de|del) consum\w+|omic|organizacion de consumidores|facua|superintendencia|agencia de proteccion de datos|hoja de reclamaciones)\b/,
    ),
    aside: oneOf(noComplaint),
  },
  "self-harm": {
    says: oneOf(
      selfHarmTold,
      oneOf(
        "\\bsuicid\\w+|\\bmatarme\\b|\\bme voy a matar\\b|\\bme quiero matar\\b|\\bquitarme (?:la vida|de en medio)\\b|\\b(?:me )?(?:quitare|quito) la vida\\b",
        "\\b(?:quiero|queria|quisiera|ganas de|prefiero|preferiria|deseo|gustaria|ojala|pienso en|mejor)(?: (?:me|estar|estuviera|haber|solo|simplemente))* (?:morir\\w*|estar muert\\w|estuviera muert\\w|muert\\w|desaparecer(?: para siempre)?|no haber nacido|dormir y no despertar|no despertar\\w*)\\b|\\bojala (?:no despertara|me muriera|no hubiera nacido)\\b",
        "\\bno (?:quiero|deseo|tengo ganas de) (?:mas )?(?:vivir|seguir (?:vivi\\w+|aqui|adelante|asi)|despertar\\w*|existir|estar (?:aqui|vivo|viva) mas)\\b(?! (?:en|con (?:mis|mi|ellos)|cerca|ahi|alli|lejos|junto))|\\bya no quiero (?:vivir|seguir|estar aqui|existir)\\b(?! (?:en|con|cerca|pagando|siendo|usando|esperando))",
        "\\bhacerme dano\\b|\\bautolesion\\w*|\\bcortarme (?:las venas|los brazos)\\b|\\bpegarme un tiro\\b|\\btirarme (?:de|por|al|a)\\b(?: \\w+){0,2} (?:puente|ventana|balcon|tren|vias|metro)|\\bahorcarme\\b",
        "\\bacabar con (?:mi vida|mi sufrimiento|todo)\\b(?! (?:el|los|la|las) (?:contrato|servicio))|\\bque (?:todo )?(?:se )?(?:acabe|termine) todo\\b|\\bquiero que todo (?:se )?(?:acabe|termine)\\b",
        "\\bmejor (?:sin mi|estar(?:ia)? muert\\w)\\b|\\b(?:estarian?|estaran?|viviria\\w*|todos)(?: \\w+){0,2} mejor sin mi\\b|\\bsoy una carga para\\b|\\bnadie me (?:echaria de menos|extranaria)\\b",
        "\\b(?:la|mi) vida (?:ya )?no (?:tiene (?:ningun )?sentido|vale (?:la pena|nada))\\b|\\b(?:no tengo|sin) (?:ninguna? )?(?:razon\\w*|motivos?|ganas) (?:para|de) (?:vivir|seguir viviendo)\\b|\\bpara que (?:seguir )?(?:vivir|viviendo)\\b|\\bcansad\\w de vivir\\b|\\bno puedo seguir (?:asi|viviendo)\\b|\\bno le veo sentido a (?:la vida|nada|seguir)\\b",
        "\\b(?:tomar|tomarme|tome|tomado|tragar|tragado)(?: \\w+){0,3} (?:todas|muchas|demasiadas|bote|frasco|caja)(?: \\w+){0,3} (?:pastillas|medicamentos|tranquilizantes|somniferos)\\b|\\bsobredosis\\b",
      ),
    ),
    aside: oneOf(
      "\\bno (?:me )?(?:quiero|pienso|voy a) (?:morir\\w*|suicid\\w+|matarme)",
      "\\b(?:muero|morir\\w*|muriendo|muerto|muerta) de (?!una vez|verdad)\\w+",
      "\\b(?:va|van|vas|vais|quieren?) a? ?matarme\\b",
    ),
  },
  "billing-dispute": {
    says: oneOf(
      /\b(?:(?:me )?(?:han )?cobrad\w+ (?:dos veces|doble|de mas|mal|demasiado)|(?:me )?cobraron (?:dos veces|doble|de mas|mal|demasiado|algo)|cargo (?:duplicado|doble|incorrecto|indebido|erroneo)|(?:error|problema|fallo) (?:en|con) (?:la|mi|el|un) (?:factura|cobro|pago|recibo|cargo)|factura (?:incorrecta|equivocada|mal|erronea)|(?:disputar|reclamar|impugnar) (?:un|el|este|la) (?:cargo|cobro|factura|pago)|reembolso(?: \w+){0,3} no|no (?:he recibido|me ha llegado)(?: \w+)? (?:reembolso|devolucion)|cobro (?:duplicado|indebido|doble))\b/,
    ),
  },
};
