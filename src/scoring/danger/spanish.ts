import { oneClause } from "../clauses/clauses.ts";
import { type DangerRules, hintOf, notThen } from "./danger-rules.ts";

const KIN =
  "(?:marido|mujer|esposo|esposa|pareja|novio|novia|padre|papa|madre|mama|padres|abuel[oa]s?|ti[oa]|prim[oa]|herman[oa]s?|hij[oa]s?|bebe|nin[oa]s?|amig[oa]|vecin[oa]s?|companer[oa]|ex|suegr[oa]|niet[oa]|chic[oa])";
const SOMEBODY = `(?:el|ella|ellos|alguien|un (?:hombre|tipo|chico|ladron|extrano)|unos (?:hombres|tipos)|(?:mi|su|nuestro|nuestra|el|la|los|mis|un|una) (?:\\w+ )?${KIN})`;
const WEAPON = "(?:pistolas?|cuchillos?|armas?|navajas?|escopetas?|machetes?|hachas?)";
const ME = "(?:me|nos|le|les|la|lo|te)";
const HOUSE = "(?:casa|piso|apartamento|cocina|habitacion|cuarto|edificio|garaje|coche|jardin|puerta)";
const NOW_ONLY = notThen(
  "(?:ayer|(?:hace|hacia) (?:\\w+ ){1,2}(?:anos?|meses|semanas?|dias?|mes)|(?:el|la) (?:ano|mes|semana|verano|invierno) pasad[oa]|en (?:19|20)\\d\\d)\\b",
);

export const spanish: DangerRules = {
  hint: hintOf(
    "socorro auxilio peg golpe paliza mat dispar apunal acuchill pistola cuchillo arma navaja escopeta machete hacha respir ahog atragant asfixi infarto ictus derrame ataque sangr desangr atac desmay inconsciente convuls estrangul despiert reacciona responde mueve pecho sobredosis pastilla medicament pila trag lejia veneno muriendo morir(?:me|nos|se) incendio fuego llamas quem arde ardiendo humo gas monoxido atrapad encerr secuestr viol amenaz entrando entrar colad escondid ambulancia policia bomberos 112 911 suicid quitarse tirarse matarse ahorcarse peligro miedo vida hay_(?:alguien|un|unos|gente|ladrones)",
  ),
  says: oneClause(
    `${ME} (?:va|van|quiere|quieren|intenta|intentan|esta|estan|quiso) (?:a |intentando |tratando de )?(?:matar|disparar|apunalar|acuchillar|estrangular|ahogar|violar|quemar|hacer dano)\\b|(?:va|van|quiere|quieren|esta intentando|intenta|trata de)(?: a)? (?:matar|disparar|apunalar|estrangular|ahogar|violar|atacar|pegar)(?:me|nos|la|lo|le|te|se)\\b`,
    `${ME} (?:ha|han) (?:disparado|apunalado|acuchillado|atacado|secuestrado|violado|pegado un tiro|atropellado|drogado|encerrado)${NOW_ONLY}|${ME} (?:disparo|dispararon|apunalo|apunalaron|acuchillaron|secuestraron|violo|violaron)\\b${NOW_ONLY}`,
    `(?:tiene|tienen|lleva|llevan|saco|con|trae|hay alguien con) (?:una?|el|la|unas?) (?:\\w+ )?${WEAPON}\\b(?=.*\\b(?:me|mi|aqui|ahora|casa|nos|puerta|dentro|ayud\\w+|socorro)\\b|[ .!?]*$|[.!?])|(?:apunt\\w+|amenaz\\w+) (?:\\w+ ){0,3}${WEAPON}|${ME} (?:esta|estan) (?:\\w+ )?(?:atacando|estrangulando|apunalando|disparando|apuntando|violando|ahogando|persiguiendo|amenazando)\\b(?! con (?:cortar|subir|demandar|cobrar))|estan disparando|hay (?:un tiroteo|disparos)`,
    `(?:me|nos|le|la|lo) (?:esta|estan) (?:pegando|golpeando|dando una paliza)\\b|${SOMEBODY} (?:me|nos|le|la|lo) (?:pega|golpea|maltrata)\\b`,
    `(?:me|nos|la|lo) (?:tiene|tienen|ha|han|dejo|dejaron) (?:encerrad[oa]s?|secuestrad[oa]s?|retenid[oa]s?|atad[oa]s?)|grit\\w+ (?:\\w+ )?(?:socorro|auxilio|pidiendo ayuda)|(?:socorro|auxilio)(?=[ .!?]*$|[.!?]| )|(?:hombres?|tipos?|alguien|esta|estan) (?:\\w+ )?armad[oa]s?\\b|me quieren? (?:pegar|golpear|hacer dano)|no ${ME} deja(?:n)? salir\\b(?=[ .!?]*$|[.!?]| (?:de (?:casa|la casa|mi|el (?:piso|cuarto|coche))|y |el |ella |por favor))|estoy (?:escondid[oa]|encerrad[oa])\\b(?! (?:en|con) (?:un|este|el|su|mi) (?:contrato|plan))`,
    `hay (?:alguien|un (?:hombre|tipo|ladron|extrano)|unos (?:hombres|tipos)|gente|ladrones) (?:\\w+ ){0,2}(?:en|dentro de|fuera de) (?:mi|la|nuestra) ${HOUSE}\\b(?! (?:que|para) )|(?:estan|esta|alguien|quieren|intentan|intenta) (?:\\w+ ){0,2}(?:entrando|entrar|colando|colado|forzando)(?:se)? (?:en|a|la) (?:(?:mi|la|nuestra) )?${HOUSE}`,
    `no (?:puede|puedo|podemos|pueden|consigue) (?:casi |ni )?respirar\\b(?! (?:con (?:este|esta|tant)|de tant))|(?:no|apenas|casi no) respir[ao]\\b|(?:ha dejado|dejo) de respirar|(?:me|le|nos) falta el aire|(?<!(?:movil|telefono|celular|bateria|portatil|ordenador|internet|planta|plantas) )(?:se|me) (?:esta|estoy) (?:\\w+ )?(?:ahogando|asfixiando|atragantando|desangrando|muriendo)\\b(?! (?:de (?:hambre|risa|ganas|sed|sueno|calor|frio|aburrimiento|verguenza|curiosidad|asco|pena)|por|en (?:deudas|trabajo|facturas|papeles)|con (?:las|los|tantas?|tantos|estas?|estos) ))|(?:esta|estoy) (?:ahogandose|ahogandome|muriendose|muriendome|desangrandose|atragantandose|asfixiandose)\\b(?! (?:de|en) )`,
    `(?:le|me) (?:esta dando|ha dado|dio|esta dando) un (?:infarto|ictus|derrame|ataque (?:al corazon|cardiaco|epileptico))${NOW_ONLY}|(?:esta|estoy) (?:teniendo|sufriendo) un (?:infarto|ictus|derrame|ataque)|(?:esta|estoy) (?:inconsciente|desangrando\\w*|convulsionando|sangrando (?:mucho|muchisimo|por la cabeza))|(?:se ha desmayado|se desmayo|se ha desplomado|ha perdido el conocimiento|perdio el conocimiento)${NOW_ONLY}|no (?:se )?(?:despierta|reacciona|se mueve)\\b(?! (?:el|la|mi (?:movil|telefono|ordenador|raton|pedido|paquete))\\b)|${KIN} (?:\\w+ )?no (?:me )?responde\\b(?! (?:a|al|el|mis|los|las|mensajes|llamadas))`,
    `(?:dolor|presion|opresion) (?:\\w+ ){0,3}(?:en el|de) pecho${NOW_ONLY}|me duele (?:mucho )?el pecho|(?:mucha|perdiendo|pierde|perdido) sangre|sangre por todas partes|no para de sangrar|(?:ha tomado|se ha tomado|se tomo|ha tragado|se trago|trago|se ha tragado|ha bebido|bebio) (?:\\w+ ){0,4}(?:pastillas|medicamentos|lejia|veneno|detergente|frasco|pilas?|bateria)|sobredosis${NOW_ONLY}`,
    `(?:${HOUSE}|oficina|hotel|escuela|bosque) (?:\\w+ )?(?:esta|se esta|se) (?:en llamas|quemando|quema|ardiendo|incendiando)|(?:esta|estamos) (?:ardiendo|en llamas)|hay (?:un )?(?:incendio|fuego|mucho humo|humo|fuga de gas)\\b|incendio en (?:mi|la|el|nuestra)${NOW_ONLY}|huele (?:\\w+ )?a (?:gas|quemado|humo)|olor a gas|(?:fuga|escape) de gas\\b(?! (?:en la factura))|monoxido de carbono|(?:atrapad[oa]s?|encerrad[oa]s?) (?:en|dentro|bajo) (?:el|la|un|una|mi) (?:ascensor|coche|casa|incendio|bano|edificio|agua)`,
    "(?:llam[ae]n?|llamad|manden?|mande|envien?|envie|necesito|necesitamos|pidan?|quiero) (?:\\w+ )?(?:a )?(?:una |la |los |el )?(?:ambulancia|policia|bomberos|112|911|emergencias|un medico urgente)\\b(?! (?:local|nacional)? ?(?:denuncia|informe|factura|por la factura|para denunciar|por el robo de mi tarjeta))",
    `${SOMEBODY} (?:\\w+ ){0,3}?(?:quiere|va a|intenta|esta intentando|dice que va a|amenaza con|piensa en) (?:suicidarse|matarse|quitarse la vida|tirarse|ahorcarse)|(?:temo|tengo miedo) por mi vida|(?:mi|su|nuestra) vida (?:esta en|corre) peligro|estoy en peligro\\b(?! de)`,
  ),
  aside: oneClause(
    "me (?:va|van) a matar (?:si|cuando) (?:se entera|ve|vea|sepa|no|llego|llegue)\\b",
    "(?:casi|por poco) (?:me|le) (?:da|dio) un (?:infarto|ataque|ictus)",
    "(?:seguro|poliza|cubre|cobertura)(?: (?:de|contra|por|en caso de|un|una|el|la|los|y|o))* (?:incendios?|infartos?|ictus|ambulancia|gas)",
    "(?:pelicula|serie|libro|juego|novela) (?:donde|en la que|en que|sobre)\\b[^.!?]*",
  ),
};
