import { oneClause, oneOf } from "../clauses/clauses.ts";
import { atEitherEnd, type RequestRules, wholeClause } from "./request-rules.ts";

const PERSON =
  "(?:humanos?|humanas?|personas?|gente|agentes?|representantes?|operador(?:a|es)?|asesor(?:a|es)?|ejecutiv[oa]s?|encargad[oa]s?|supervisor(?:a|es)?|gerentes?|jef[ea]s?|responsables?|emplead[oa]s?|teleoperador(?:a|es)?|consultor(?:a|es)?|especialistas?|tecnic[oa]s?|atencion al (?:cliente|usuario)|servicio (?:al|de atencion al) cliente|servicio de atencion|soporte(?: (?:humano|tecnico))?|ser(?:es)? humanos?|companer[oa]s?|departamento|mostrador|recepcion(?:ista)?|centralita|call center|alguien|uno de (?:ustedes|vosotros|sus \\w+)|una de sus \\w+|otra persona)";
const STRONG =
  "(?:humanos?|humana|agentes?|representantes?|operador(?:a|es)?|asesor(?:a|es)?|ejecutiv[oa]s?|encargad[oa]s?|supervisor(?:a|es)?|gerente|teleoperador(?:a|es)?|atencion al (?:cliente|usuario)|servicio (?:al|de atencion al) cliente|ser(?:es)? humanos?|(?:persona|gente|alguien|asistente|tecnico|ayuda|atencion|asistencia)s? (?:(?:de )?(?:verdad|carne y hueso)|real(?:es)?|humana|humano|viv[oa]|fisica))";
const DET = "(?:un|una|unos|algun|alguna|el|la|los|su|tu|otr[oa]|cualquier|mi|vuestr[oa]|a)";
const WHO = `(?:${DET} )*(?:(?:verdader[oa]s?|buen|autentic[oa]|maldit[oa]|put[oa]|jodid[oa]|ser|real) )*${PERSON}`;
const WHO_STRONG = `(?:${DET} )*(?:(?:verdader[oa]s?|autentic[oa]|maldit[oa]|put[oa]|jodid[oa]|real|ser) )*${STRONG}`;
const MACHINE =
  "(?:bots?|robots?|robotico|maquinas?|maquinita|computador(?:a|es)?|ordenador(?:es)?|contestador(?:a)?|grabacion(?:es)?|inteligencia artificial|ia|asistente virtual|programa|sistema automatico|automat\\w+|chatbots?)";
const TALK =
  "(?:hablar|habla|hable|hablo|charlar|conversar|platicar|chatear|comunicarme|comunicarnos|contactar(?:me)?|dialogar|tratar|ponerme en contacto|hablarle)";

export const spanish: RequestRules = {
  hint: oneOf(
    /transfier|pong|ponme|suy|uste|gente|maquin|pulso|marco|tecla|boton|mand|person|chat|hablar|quien|human|persona|gente|agente|represent|operador|asesor|ejecutiv|encargad|supervisor|gerente|jefe|respons|emplead|consultor|especialista|atencion|servicio|soporte|companer|departamento|alguien|transf|pas[ae]|comuni|conect|robot|bot|maquina|contestador|grabacion|virtual|ordenador|computador|recepcion/,
  ),
  person: oneClause(`(?<![a-z])${PERSON}(?![a-z])`),
  aside: oneClause(
    `\\b(?:nunca|jamas|no|quien) (?:he |te |le |me )*(?:dije|dicho|digo|pedi|pedido|dijo|pidio)(?: \\w+)? ?(?:que (?:quiero|queria|quisiera|necesito|necesitaba))?(?: (?!pero|sino)\\w+){0,4}? ${PERSON}`,
    `\\b(?:mis|nuestros|los|sus) clientes (?:\\w+ ){0,2}?(?:hablen|puedan|pueden|hablan|contacten|lleguen|tengan)(?: \\w+){0,3}? ${PERSON}`,
    `\\b(?:por|cada|a cada) (?:persona|agente|empleado)`,
    `\\b(?:hay|tienen|tiene|tienes|ofrecen) (?:un |el )?chat\\b(?: (?:en vivo|en linea|online))?`,
    `\\b(?:esta|estan) (?:abierta?|abiertos?|cerrada?)(?: \\w+){0,2} (?:recepcion|oficina|mostrador|atencion al cliente|centralita)|\\b(?:recepcion|oficina|mostrador)(?: \\w+){0,2} (?:abiert|cerrad)\\w+`,
    `\\b(?:puede|podria|pueden|va a|que) (?:venir|venga|pasarse|acercarse)(?: \\w+)? (?:alguien|un tecnico|una persona)|\\b(?:alguien|un tecnico|una persona)(?: \\w+)? (?:venir|venga|viene|vendra|pase por)\\b`,
    `\\b(?:hablar|hablo|preguntar) (?:de|sobre|acerca de) (?:mi|la|el|una|un|su|mis|las|los) \\w+(?: de \\w+)?[ .!?]*$`,
    // Promised, refused, offered; what would have been; what others say
    `\\b(?:dijo|dijeron|decia|decian|prometio|prometieron|aseguro|aseguraron)(?: \\w+){0,2}? que (?:me |nos |le |se )*(?:iba|iban|va|van|pasaria|pasarian|llamaria|llamarian|transferiria|pondria|comunicaria|habia|un|una|el|la|alguien)(?:(?! (?:quiero|necesito|pase|puedo)) \\w+){0,5}? ${PERSON}(?: (?:me|nos|se) \\w+)?`,
    `\\bsi (?:yo )?(?:hubiera|hubiese|hubieramos)(?: \\w+){0,5}? ${PERSON}`,
    `\\bno (?:me|nos|le|les) (?:dejaron|dejo|permitieron|permitio|quisieron|quiso|pasaron|paso|comunicaron)(?: \\w+){0,4}? ${PERSON}`,
    `\\b(?:me|nos|le|lo|la|les) (?:ofrecieron|ofrecio|propusieron|propuso|sugirieron|comunicaron|comunico|conectaron|prometieron|prometio)(?:(?! (?:quiero|necesito|puedo)) \\w+){0,4}? ${PERSON}`,
    `\\b(?:nombre|numero|datos|extension) (?:de la|del|de un|de una) ${PERSON}(?: con (?:la|el|quien)(?: que)? \\w+)?`,
    `\\b(?:dice|dicen|decia|pone|ponia)(?: \\w+)? que (?!(?:quiero|necesito|puedo) )(?:\\w+ ){0,4}?(?:(?:pedir|hablar|llamar|preguntar|exigir) (?:\\w+ ){0,2}?)?${PERSON}(?: (?:se|me|nos) \\w+)?`,
    `\\b(?:se|le|les) (?:lo )?(?:explique|dije|conte|di)(?: \\w+){0,3} (?:al|a la|a un|a una|a los) ${PERSON}`,
    `\\b(?:eres|es usted|usted es|sos|soy|estoy hablando|(?<!como |donde )hablo|esto es|es esto|acaso eres)(?: (?:con|un|una|usted|tu|acaso|realmente))*(?: \\w+)? ?(?:${PERSON}|${MACHINE}|real)(?: (?:de verdad|real|o .{0,30}))?`,
    `\\bno (?:quiero|necesito|deseo|hace falta|es necesario|quisiera|hay que|tengo que)(?: (?:que|me|nos))*(?: (?:hablar|pases?|pasen|transfieras?|transfieran?|conecten?|comuniquen?|contactar))?(?:(?! (?:bot|robot|maquina|contigo|usted|pero|sino|quiero)) \\w+){0,4}? (?:${PERSON}|nadie|ningun\\w*)`,
    "\\bno (?:me|nos) (?:pases?|pasen|transfieras?|transfieran?|conectes?|comuniques?)(?: \\w+){0,4}",
    `\\b(?:hable|hablamos|hablaron|hablo ayer|habia hablado|he hablado|hemos hablado|habiamos hablado|estuve hablando|llame|contacte)(?: (?:ayer|ya|antes|hace \\w+ \\w+|anoche|hoy))* (?:con|a|al) ${WHO}(?= (?:y|que|ayer|me|pero|la semana|hace|el|antes|de ayer|quien))`,
    `\\b(?:he|hemos|habia|ya|ayer)(?: \\w+){0,2} (?:hable|hablado|llamado|contactado|pedido)(?: \\w+){0,3} ${WHO}`,
    `(?<!con )\\b(?:el|la|un|una|los|otro|otra|su|mi) ${PERSON}(?: \\w+){0,2} (?:me|nos|le|dijo|dijeron|hablo|llamo|fue|era|estaba|colgo|atendio|ha|han|no (?:me|nos|sabia|pudo|quiso|ayudo|hizo)|prometio|aseguro)`,
    `\\b(?:me|nos) (?:dijo|dijeron|han dicho|dijiste|pidio|pidieron|aconsejaron|recomendaron|paso|pasaron|transfirieron)(?: \\w+){0,6}? ${PERSON}`,
    `\\b(?:pedi|pedimos|intente|intentamos|quise|trate de|logre|pude)(?: \\w+){0,3} ${PERSON}`,
    `\\b(?:cuando|cada vez que|despues de|antes de|tras)(?: \\w+){0,3} (?:hable|hablo|hablar|llame|llamo|llamar|pregunte)(?: \\w+){0,3} ${PERSON}`,
    `\\b(?:tengo|debo|hay|tendria|deberia)(?: que)? hablar con (?:mi|su|tu) (?!agente|represent|superv)\\w+`,
    "\\b(?:mi|nuestro) (?:jefe|gerente|agente|asesor|supervisor)\\b(?! por favor)",
    "\\b(?:persona|gente|alguien|hombre|mujer)s? (?:en (?:la|el|mi)|delante|detras|que (?:\\w+o|\\w+aron|\\w+ieron)\\b)",
    "\\b(?:servicio|atencion)(?: (?:al|de atencion al) (?:cliente|usuario))? (?:es|fue|era|ha sido|esta|estuvo|son)\\b",
    `\\b(?:el|ella|esposa|esposo|marido|mujer|hermana|hermano|hijo|hija|madre|padre|amigo|amiga) (?:ya )?(?:hablo|llamo|contacto)(?: \\w+){0,2} ${PERSON}`,
    "\\bcuantas personas|personas? (?:para|en la mesa)|para \\w+ personas",
    `\\b(?:pedi|pedimos|exigi|rogue|suplique|solicite|insisti)(?: \\w+){0,4}? (?:que|hablar|en|a)(?: (?:me|nos))?(?: \\w+){0,3}? ${PERSON}`,
    `\\b(?:imposible|dificil|complicado|cuesta|costo|tarde|tardamos|tarda|(?:nunca|no|jamas) (?:logre|pude|consegui|he podido|hay forma de|hay manera de))(?: \\w+){0,4}? (?:hablar|contactar|comunicarme|dar)(?: \\w+){0,2}? ${PERSON}(?: (?:de verdad|real))?`,
    `\\b(?:pregunto|preguntaron|preguntaba) si (?:\\w+ ){0,2}?(?:queria|quiero|deseaba|preferia)(?: \\w+){0,3}? ${PERSON}`,
    `(?<!con )\\b(?:el|la|un|una|su) ${PERSON} (?:ya |nunca |tambien )*(?:se|lo|la|le|los) (?:\\w+[oo]|\\w+aron|\\w+ieron|ha|han)\\b`,
  ),
  ask: oneClause(
    `\\b(?:saqueme|sacame|saquenme|quiteme|quitame|quiero salir|como (?:salgo|hago para salir|se sale)) de (?:esta|este|la|el) (?:\\w+ )?${MACHINE}`,
    `\\bque (?:numero|tecla|boton|opcion|palabra)?(?: \\w+)? ?(?:marco|pulso|presiono|aprieto|digo|tengo que (?:marcar|pulsar|decir|presionar|hacer)|debo (?:marcar|pulsar|decir))(?: (?:para|por))?(?: (?:hablar|que me (?:atienda|pase|pasen|comuniquen)|llegar|contactar))?(?: (?:con|a))? ${WHO}`,
    `\\bquien (?:esta )?(?:al mando|a cargo|manda|es el (?:responsable|encargado|jefe))(?: (?:ahi|alli|aqui))?[?.!]?(?: y)? (?:pas[ae]me|pongame|comuni(?:came|queme)|con[ea]cteme)`,
    `\\b(?:hablar|que me (?:atienda|pasen|pase)|pongame|ponme|pas[ae]me|comuniqueme|contactar)(?: con)? (?:quien (?:mande|este|sea|pueda)|un[oa] de (?:los suyos|las suyas|sus \\w+|los vuestros)|alguien (?:del|de su) (?:personal|equipo))`,
    `\\b(?:le|te) importaria (?:pasarme|comunicarme|ponerme|transferirme|conectarme)`,
    `\\bcomo (?:puedo|hago para|podria|consigo) (?:hablar|contactar|comunicarme)(?: con)? (?:${WHO})(?! de (?:ventas|soporte))`,
    `\\b(?:cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|\\d+|nada|ninguna|no me sirve) (?:un |una )?(?:agente|representante|operador(?:a)?|asesor(?:a)?|humano|supervisor(?:a)?)(?: por favor| gracias| ya)*[ .!?]*$`,
    `\\b${TALK}(?: (?:directamente|ahora|ya|por favor|por telefono|en vivo|mejor|urgentemente|de una vez))*(?: (?:con|a|al|de))+ ${WHO}`,
    `\\b${TALK} (?:humano|en persona con)`,
    `\\b(?:quiero|quisiera|necesito|deseo|querria|prefiero|exijo|busco|solicito|requiero|me gustaria|dame|deme|denme|ponme|pongame|pasame|paseme|pasenme|traigame|consigueme|consigame|comunicame|comuniqueme|comuniquenme|conectame|conecteme|transfiereme|transfierame|transfieranme|derivame|deriveme|contactame|contacteme|llama|llame|busca|avisa|contacte|contactar|contacta)(?: (?:me|ya|ahora|que me (?:pasen?|comuniquen?|atienda|transfieran?|pongan|llame)|tener|ver|a|con|al|ayuda de|asistencia de|hablar|por favor|de))* (?:${WHO_STRONG}|(?:un|una) persona|(?:el|la|un|una|su|tu) (?:jef[ea]|gerente|responsable|consultor|emplead[oa]|companer[oa]))(?! (?:para|en|mas cerca))`,
    `\\b(?:pase|pases|pasen|pasaran|pusieran|comunicaran|transfirieran|conectaran|pasaras|pasar|pasarme|pasame|paseme|pasenme|pasas|pasa|transfiera|transfieras|transfieran|transferir|transferirme|transfiereme|transfierame|comunique|comuniques|comunicame|comuniqueme|comunicar|conecte|conectes|conecten|conectar|conectarme|conectame|conecteme|ponme|pongame|pongan|poner|ponerme|derivar|derivarme|derive|deriveme|redirigir\\w*|enviar\\w*|llevame)(?: (?:me|ya|ahora|por favor|en contacto|en linea|al telefono))*(?: (?:con|a|al|por))+ ${WHO}`,
    "\\b(?:transfiereme|transfierame|transfieranme|pasame|paseme|comunicame|comuniqueme|conectame|conecteme|transferirme|pasarme|comunicarme)(?: (?:ya|ahora|por favor))*[ .!?]*$",
    "\\b(?:me|nos) (?:puede|puedes|podria|podrias|pueden)(?: por favor)? (?:transferir|pasar|comunicar|conectar|derivar)\\b",
    `\\b(?:hay|habra|tienen|tiene|tienes|existe|esta|queda)(?: (?:ahi|alli|aqui|por ahi))?(?: (?:alguna?|algun|un|una|otra|nadie|ningun|ninguna))* (?:${WHO_STRONG}|(?:persona|alguien|gente|tecnico|responsable|encargado)(?: \\w+){0,5} (?:hablar|atienda|atender|ayudar|contactar|comunicar|real|disponible|ahi))`,
    `\\b(?:puede|puedo|podria|pueden|que) (?:me )?(?:atender|atenderme|ayudar|ayudarme|atienda|ayude|llame|contacte|contactar|hablar)(?:me)? (?:por )?(?:con )?(?:un|una|algun|alguna|otra|otro) (?:${PERSON})`,
    "\\b(?:que )?(?:me|nos) (?:atienda|ayude|llame|contacte|hable|conteste)(?: (?:por favor|ya))? (?:un|una|alguien|algun|otra|el|la|su|al)",
    `\\bno (?:quiero|deseo|me gusta|soporto|pienso|voy a|quisiera)(?: (?:seguir|mas|tener que|estar))*(?: (?:hablar|hablando|tratar|chatear|conversar|lidiar))?(?: (?:con|a))?(?: (?:un|una|este|esta|el|la|mas|otro|ningun|ninguna|maldit[oa]|estup\\w+))* (?:${MACHINE})`,
    "\\bno (?:quiero|deseo|me gusta)(?: \\w+)? (?:hablar|seguir hablando|hablando) (?:contigo|con usted|con vos)",
    `\\b(?:harto|cansad[oa]|basta|odio|dejar?)(?: (?:de|ya|hablar|los|las|estas?|estos?|con|un|una|la|este))* ${MACHINE}`,
    "\\b(?:donde esta|hay)(?: (?:la|una|los|las))* (?:gente|persona|personas)(?: (?:real|de verdad))",
    "\\b(?:ayuda|atencion|asistencia|soporte|servicio|intervencion) (?:de una persona|human[oa]|personal(?:izada)?(?= por favor))(?: real)?",
    `\\b(?:prefiero|mejor) ${WHO_STRONG}`,
    `\\b(?:quiero|necesito|quisiera|necesitaria)(?: \\w+){0,2} (?:servicio (?:al|de atencion al) cliente|atencion al cliente)`,
    "\\b(?:quiero|necesito|puedo|quisiera|deseo|me gustaria|podria) hablar(?: con alguien| con otra persona)",
    "\\bque (?:se ponga|venga|salga|hable) (?:un|una|el|la|alguien|su|tu)",
  ),
  anyway: oneClause(
    `(?<!\\b(?:que|cuando) )\\bno (?:hablo|trato|quiero tratar|me entiendo|pienso hablar|me gusta hablar) con (?:las |los |un |una )?(?:${MACHINE})`,
    `(?:${STRONG}|gerente|responsable|jef[ea])\\b.{0,80}(?<!\\b(?:que|no|si) )\\b(?:quiero|necesito|quisiera) hablar con (?:un[oa]|el|ella|ese|esa)[ .!?]*$`,
    `(?<!\\b(?:que|no|si) )\\b(?:quiero|necesito|quisiera)(?: hablar)?(?: con| a)? su (?:jef[ea]|superior|supervisora?|gerente|encargad[oa])\\b`,
    `\\b(?:${STRONG}|gerente|responsable)\\b.{0,60}\\bme (?:pasa|pase|comunica|comunique) con (?:el|ella|uno|una)\\b`,
    // A wish, order or question of now, whatever is told before it
    `(?<!\\b(?:que|si|cuando|no|vez) )\\b(?:quiero|quisiera|necesito|prefiero|exijo|deseo|me gustaria)(?: (?:hablar|comunicarme|que me (?:pase|pasen|comunique|comuniquen|atienda))(?: \\w+)? (?:con|a|por)?)? ?(?:${WHO_STRONG}|(?:una|otra|la misma|esa) persona|(?:un|una|su|el|la) (?:gerente|jef[ea]|responsable|encargad[oa]))`,
    `\\b(?:le|te|les) (?:dije|he dicho|digo|repito|estoy diciendo)(?: \\w+)? que (?:quiero|necesito)(?: hablar)?(?: con)? ${WHO}`,
    `\\b(?:paseme|pasame|pasenme|comuniqueme|comunicame|transfierame|transfiereme|conecteme|conectame|pongame|ponme|dejeme hablar|dejame hablar)(?: (?:ya|ahora|por favor|mejor))* con (?:${WHO}|uno|una|otr[oa]|alguien|el|ella|su (?:jef[ea]|superior))\\b`,
    `(?<!\\b(?:que|si) )\\b(?:puedo|podria|me puede|me podria|puede|podrias?) (?:hablar|comunicarme|comunicar|pasar|pasarme|poner|conectar)(?: \\w+)? con (?:${WHO}|es[ae] persona|uno|una|otr[oa]|ell?a|la misma persona)\\b`,
    `\\bdonde esta (?:mi|el|la|ese) ${STRONG}`,
    `${STRONG}.{0,40}\\b(?:eso es lo que quiero|hagalo|adelante|es lo que necesito)\\b`,
    `^(?:\\w+ ){0,3}?(?:me|nos) (?:dijeron|han dicho|dijo|indicaron|pidieron|aconsejaron)(?: \\w+){0,2}? que (?:pidiera|pidiese|hablara|hablase|llamara|preguntara|solicitara|contactara)(?: \\w+){0,3}? ${WHO}[ .!?]*$`,
  ),
  polite: atEitherEnd(
    "por favor|porfa(?:vor)?|gracias|muchas gracias|muy amable|entonces|ahora(?: mismo)?|ya|ok|okay|vale|si|bueno|pues|eh|senor(?:ita|a)?|hola|buenas|buenos dias|buenas (?:tardes|noches)|perdon(?:e)?|disculpe|mire|oiga|de una vez|cuanto antes|inmediatamente|enseguida|de inmediato|urgente(?:mente)?|si (?:puede|es posible|es tan amable|no le importa)|solo|mejor|basta|y|pero|digo|he dicho|claro|de acuerdo|venga|por dios|joder|please|thanks",
  ),
  whole: wholeClause(
    `(?:me |nos )?(?:puede|puedes|podria|podrias|quiere)?(?: por favor)? ?(?:transfier[ae]me|transfieranme|pas[ae]me|pasenme|comuni(?:came|queme)|comuniquenme|conect[ae]me|pongame|deriv[ae]me|transferirme|pasarme|comunicarme|conectarme)(?: (?:con|a) (?:alguien|el|ella|quien sea))?`,
    `(?:usted|tu|ust) no (?:quiero )?(?:con )?(?:${WHO_STRONG}|(?:una )?persona)|no (?:con )?(?:usted|tu|contigo|un robot|una maquina|un bot)(?: sino)?(?: con)? (?:${WHO_STRONG}|(?:una )?persona)`,
    `(?:cualquiera|quien sea|lo que sea|cualquier persona|otra cosa) (?:menos|que no sea|salvo|excepto) (?:un |una |usted|este |esta )?(?:${MACHINE})?`,
    `(?:nada|ninguna|ninguno|ninguna de (?:esas|las anteriores)|otra cosa|no me sirve|olvidelo|dejelo)(?: quiero)? (?:un |una |con un |con una )?(?:${STRONG}|persona)`,
    `(?:ya )?(?:pedi|he pedido|dije|he dicho|le dije|le he dicho)(?: (?:ya|varias veces|\\w+ veces))*(?: que)?(?: quiero)? (?:un |una |hablar con (?:un|una) )?(?:${STRONG}|persona)`,
    `(?:solo )?(?:prefiero|quiero) (?:gente|personas|humanos)`,
    `(?:necesito|quiero|busco|solicito|prefiero) (?:un )?(?:trato|contacto) (?:humano|personal)`,
  ),
  bare: new RegExp(
    `^(?:(?:hola|si|no|por favor|ya|ahora|que|digo|he dicho|con|a|al|quiero|disculpe|perdon|buenas|buenos dias)[ ,.!?¿¡]*)*[¿¡]*(?:${DET} )*(?:(?:verdader[oa]|otr[oa]) )?(?:${STRONG}|personas?|supervisor|jefe|persona real)(?:[ ,.!?]*(?:por favor|ya|ahora|urgente|gracias|real|de verdad|humano|humana|a la de ya))*[ ,.!?]*$`,
    "u",
  ),
};
