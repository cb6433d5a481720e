"""What people say in Spanish in danger, and what only sounds like it."""

from domain.plain import words_of
from domain.receptionist.nlu.danger.words import Words

_GAP = r"(?:\w+ ){0,3}"
_ME = r"(?:me|te|se|le|les|lo|la|los|las|nos)"

SPANISH = Words(
    language="es",
    knows=words_of(
        """
        el la los las un una me se le lo te nos no que de en mi su esta estan estoy es
        hay ya muy mucho mucha por para con tiene tengo ayuda ayudenme ayudeme ayudame
        auxilio socorro emergencia necesito llame llamen llama manden policia ambulancia
        fuego incendio huele creo mejor estaria estoy siento hubo esto al del fue bebio
        escuche quiero quiere sale salen vomita perdio sangra sufre
        """
    ),
    phrases={
        "self_harm": (
            rf"{_ME} (?:voy a |quiero |quiere |va a |quisiera |puedo )?(?:matar|quitar la vida"
            r"|suicidar|ahorcar"
            r"|morir)|(?:quiero|voy a|quiere|va a|piensa|pensando en|ganas de|intento|trato de)"
            r" (?:a )?(?:matar(?:me|se)|suicidar(?:me|se)?|morir(?:me|se)?|ahorcar(?:me|se)"
            r"|quitar(?:me|se) la vida|hacer(?:me|se) dano|cortar(?:me|se)|lastimar(?:me|se)"
            r"|desaparecer|tirar(?:me|se)|lanzar(?:me|se)|acabar con (?:todo|mi vida))",
            r"suicid\w*|quitar(?:me|se) la vida|(?:no|ni) (?:quiero|quiere|deseo|puedo|tengo ganas"
            r" de) (?:seguir )?(?:viv\w+|estar vivo|despertar)|no vale la pena vivir|no tengo nada"
            r" por que vivir|mejor (?:estar |estaria |estaria yo )?(?:muert[oa]|sin mi)|ojala (?:me"
            r" muriera|estuviera muert[oa])",
            r"(?:corte|corto|cortado|cortar\w*) las venas|(?:me|se) (?:tome|tomo|trague|trago)"
            r" todas"
            r" (?:\w+ )?(?:las )?(?:pastillas|pildoras)|acabar con mi vida|hacer(?:me|se) dano",
        ),
        "violence": (
            r"(?:con|tiene|trae|hay|saco|lleva) (?:\w+ ){0,3}(?:pistola|arma|cuchillo|navaja"
            r"|machete|rifle|escopeta)",
            r"(?:me|la|lo|le|nos) (?:esta|estan|estaba) (?:peg\w+|golpe\w+|atac\w+|amenaz\w+"
            r"|sigu\w+|persig\w+|asalt\w+|rob\w+|estrangul\w+|ahorc\w+|ahog\w+|viol\w+)",
            r"(?:me|la|lo|le|nos|mi \w+) (?:pega|pego|golpea|golpeo|violo|violaron|apunal\w+"
            r"|dispar\w+"
            r"|ataco|atacaron|secuestr\w+|acuchill\w+|asaltaron|apunto|amenaza|balearon)",
            r"(?:me|nos|la|lo) (?:va|van|quiere|quieren) (?:a )?(?:matar|pegar|hacer dano|disparar)"
            r"|(?:va a|quiere) matar(?:me|nos|la|lo|los)",
            r"(?:alguien|ladron\w*|un hombre|intruso) (?:\w+ ){0,3}(?:en|dentro de|a) (?:mi|la"
            r"|nuestra)"
            r" casa|(?:entraron|entrando|se metieron|metio|quieren entrar) (?:\w+ ){0,3}(?:casa"
            r"|robar y"
            r"|por la ventana)|(?:tratando|intentando|trata|intenta|quiere|quieren) (?:de"
            r" )?(?:entrar|meterse)"
            r" (?:por|a|en)|estan armados|armado|intruso|ladrones (?:en|dentro)",
            r"tiroteo|balacera|disparos|balazos?|secuestr\w+|(?:hay|pusieron) una bomba|amenaza de"
            r" bomba|apunalad\w+|apunal\w+|(?:llam\w+|mand\w+|necesito|vengan?) (?:\w+"
            r" ){0,3}policia"
            r"|violencia domestica|le dispar\w+|hombre armado",
        ),
        "medical": (
            rf"no {_GAP}respir\w*|(?:dejo de|cuesta(?: \w+)?|dificultad (?:para|al)|apenas"
            r"|problemas"
            r" para|trabajo) respirar|falta (?:\w+ )?(?:el aire|aire|la respiracion)|no le (?:entra"
            r"|llega)"
            r" aire|sin aire|se (?:me |le )?asfixi\w+|asfixi\w+",
            r"(?:dolor\w*|presion|opresion|duele\w*|punzad\w+|aprieta) (?:\w+ ){0,6}(?:pecho"
            r"|corazon)",
            r"infarto|ataque (?:al|de|cardiaco)(?: corazon| asma| epileptico| panico)?|paro"
            r" cardiaco"
            r"|derrame|embolia|ictus|apoplejia|convuls\w*|ataque epileptico|espuma por la boca",
            r"(?:cara|boca|lado|brazo|pierna|mitad) (?:\w+ ){0,4}(?:paraliz\w+|torci\w+|torcid\w+"
            r"|dormid\w+"
            r"|adormec\w+|caid\w+)|torcio la (?:cara|boca)|no (?:puedo|puede|siento|siente)"
            r" (?:mover"
            r"|hablar|sentir)?(?: \w+){0,2} (?:brazos?|piernas?|cara)|no puede hablar",
            r"(?:se|me) (?:\w+ )?(?:desmay\w+|desplom\w+|desvanec\w+)|inconsciente|perdio el"
            r" conocimiento|no (?:despierta|reacciona|responde|se despierta|se mueve|contesta y)",
            r"(?:ahogand\w+|atragant\w+|ahogo con|se ahoga|me ahogo|se ahogo)|algo atorado en la"
            r" garganta",
            r"(?:trag\w+|tom\w+|beb\w+|bebio|comi\w+|ingiri\w+) (?:\w+ ){0,3}(?:pila|bateria|cloro"
            r"|lejia"
            r"|veneno|moneda|detergente|pastillas|medicinas?|raticida|acido|blanqueador|jabon"
            r"|iman)",
            r"demasiadas pastillas|sobredosis|(?:envenen|intoxic)\w+",
            r"(?:mucha|tanta|charco de|perd\w+(?: mucha)?|vomit\w+|escupe|tose|lleno de) sangre"
            r"|sangre"
            r" (?:por todos lados|en todas partes|por todas partes)|no (?:para|deja|paro) de"
            r" sangrar"
            r"|hemorragia|sangr\w+ (?:much\w+|demasiado|bastante|sin parar)|desangr\w+"
            r"|no (?:para|se detiene) la (?:sangre|hemorragia)|no se (?:me |le )?para la sangre"
            r"|parar (?:la sangre|la hemorragia|el sangrado)",
            r"(?:cierra|cerrando|hincha|hinchando|hinchad\w) (?:\w+ )?(?:la )?(?:garganta|lengua"
            r"|traquea)|(?:garganta|lengua) (?:\w+ ){0,3}(?:cerr\w+|hinch\w+)|reaccion alergica"
            r"|anafila\w+|shock",
            r"romp\w+ (?:la )?(?:aguas|fuente)|rompio la (?:fuente|bolsa)|viene el bebe|(?:bebe"
            r"|nino)"
            r" (?:ya )?(?:viene|esta saliendo|va a nacer|esta naciendo)|contracciones|de parto"
            r"|dando a luz",
            r"(?:ambulancia|paramedicos?)(?! (?:factura|cobro))|(?:llam\w+|marc\w+|marque) (?:\w+"
            r" ){0,2}"
            r"(?:911|112|061|emergencias|nueve (?:once|uno uno?)|uno? dos)",
            r"atropell\w+|accidente (?:grave|horrible|terrible|muy)|hay heridos|(?:esta|estan|mal)"
            r" (?:herid\w+|malherid\w+)|electrocut\w+|(?:golpe|golpeo|pego) (?:\w+ )?(?:en )?la"
            r" cabeza",
            r"(?:poniendo|puso|labios|cara|esta) (?:\w+ ){0,3}(?:morad\w+|azul\w*)|sin pulso|no"
            r" tiene"
            r" pulso|(?:se|me) esta(?:n|s|y|oy)? muriendo(?! de)|me estoy muriendo(?! de)|no"
            r" sient[oe] (?:las?|el|los|mis?) (?:piernas?|brazos?|lado)|(?:se|me) muere(?! de)"
            r"|esta muert[oa]|creo que (?:murio|esta muert[oa])",
            r"pic\w+ (?:una|de|de una) (?:vibora|serpiente|culebra|alacran|escorpion)|mordi\w+"
            r" (?:de )?"
            r"(?:una )?(?:vibora|serpiente)|(?:cayo|caido) (?:\w+ ){0,3}(?:pileta|piscina|alberca"
            r"|techo"
            r"|escaleras|escalera|balcon|ventana)|(?:se )?quemo (?:\w+ ){0,3}(?:cuerpo|cara|grave)",
        ),
        "fire": (
            r"(?:hay|un|gran) (?:\w+ )?incendio|incend\w+|hay fuego|fuego en|en llamas|llamas"
            r" (?:salen|por|en)|prendio fuego|(?:casa|cocina|edificio|coche|carro|techo|cuarto"
            r"|horno"
            r"|cortinas?|pared|estufa|se esta|esta) (?:\w+ ){0,2}(?:quemando|ardiendo)|se quema"
            r" (?:la"
            r"|mi|el)",
            r"(?:mucho|sale|saliendo|huele a|lleno de|hay) (?:\w+ )?humo|llam\w+ (?:\w+ )?bomberos"
            r"|explosion|explot\w+|chispas|huele a quemado|humo (?:por|en)",
        ),
        "gas": (
            r"(?:huele|olor|hule|oliendo|apesta) (?:\w+ ){0,3}gas|(?:fuga|escape|perdida) de gas"
            r"|(?:escap\w+|sale|fuga) (?:el |mucho )?gas|gas (?:se )?(?:esta )?(?:escap\w+"
            r"|salien\w+|fugan\w+)",
            r"monoxido(?: \w+){0,3} (?:son\w+|pit\w+|alarm\w+)|(?:alarma|detector) de monoxido"
            r"(?: \w+){0,3} (?:son\w+|pit\w+|activ\w+)|(?:sonando|pitando|suena) (?:\w+"
            r" ){0,3}monoxido"
            r"|intoxicacion por monoxido",
        ),
        "declared": (
            r"(?:es|tengo|hay|tenemos|esto es) una emergencia(?! dental)|emergencia(?= ?$| \.)"
            r"|auxilio"
            r"|socorro|ayuden(?:me|nos)(?= por favor|$| \.)|ayudeme por favor(?= ?$)|vida o muerte"
            r"|ayuda ayuda|emergencia medica",
        ),
    },
    idioms=(
        r"(?:quiero )?morir(?:me)? de \w+|(?:me |se )?muer[oe]\w* de (?:\w+)|muerto de (?:\w+)|me"
        r" est[a]n? matando(?= los| las| ?$)"
        r"|zapatos me estan matando|(?:jefe|mujer|marido|esposa|esposo|mama|mom|papa)"
        r" (?:me va a matar|me mata|me matan?) si",
        r"casi (?:me |se |le )?(?:da|dio|muero|mue\w+|ahogo) ?(?:un infarto|del? \w+)?|de nino"
        r" casi(?: me ahogo)?"
        r"|(?:celular|telefono|bateria|coche|carro) (?:\w+ ){0,2}(?:muri\w+|muert\w+)|se me murio"
        r" el"
        r" (?:celular|telefono)",
        r"matar el tiempo|es la bomba|bombas? de(?:l)? agua|la bomba|fuegos artificiales|tiro al"
        r"|ahogad[oa] (?:de|en) \w+|me ahogo en|ataque de (?:risa|nervios)|aire (?:a|en) las?"
        r" llantas?"
        r"|aire acondicionado",
        r"(?:recarga|recibo|estufa|factura|revision|instalacion|compania|cocina|agua con|agua sin)"
        r" (?:\w+ )?(?:de |del )?gas|gases|gasolin\w+|detector(?:es)? de humo|clase de|curso de"
        r"|ejercicios de respiracion|(?:examen|analisis|donar|prueba|tipo) de sangre|donar sangre"
        r"|instalar (?:\w+ ){0,2}detector de monoxido",
        r"contactos? de emergencia|(?:cita|salida|fondo|dentista) de (?:emergencia|urgencias)"
        r"|(?:atienden|atiende) emergencias|emergencias dentales|no es una emergencia|en caso de"
        r" (?:\w+ )?(?:emergencia|incendio)",
    ),
    negated=(
        r"(?:no|ni|sin|ya no|nunca)(?: (?:hay|es|tengo|tiene|una?|me|se|le|siento|huele|quiero"
        r"|estoy"
        r"|a|necesito|esta|voy|ningun|ninguna|fue|mucho|mucha|llame|llamen))*"
    ),
    negates=(r"no|dejo de|apenas|sin|falta|cuesta|ni",),
    past=(
        r"hace (?:\w+ )?(?:anos?|meses|semanas|mucho)|(?:el|la) (?:ano|mes|semana|verano|invierno)"
        r" pasad[oa]|en (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
        r"|noviembre|diciembre)|de nin[oa]|cuando era|(?:la )?ultima cita|en (?:19|20)\d\d"
        r"|fallecio|recuper\w+",
    ),
    talk=(
        r"noticias|pelicula|articulo|libro|serie|novela|seguro cubre|mi seguro|sintomas|en caso de"
        r"|pacientes que|que pasa si|que hago si|atienden a|instalan|instalar|curso|clase|cita para"
        r"|receta|revision|cubre",
    ),
    present=(r"ahora mismo|ahorita|ya viene|ayuda por favor|en este momento|y ahora",),
)
