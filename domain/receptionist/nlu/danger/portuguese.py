"""What people say in Portuguese in danger, and what only sounds like it."""

from domain.plain import words_of
from domain.receptionist.nlu.danger.words import Words

PORTUGUESE = Words(
    language="pt",
    knows=words_of(
        """
        o a os as uma um meu minha ele ela esta estou nao que de do da no na se me tem
        com e foi socorro preciso chame chama quero vou vazando cheiro houve levou parou
        muito muita ajuda emergencia
        """
    ),
    phrases={
        "self_harm": (
            r"(?:quero|vou|quer|vai|penso em|pensando em) (?:me |se )?(?:matar|suicidar|morrer"
            r"|enforcar"
            r"|sumir dessa vida)(?! de)|suicid\w*|nao quero (?:mais )?viver|(?:tirar|acabar com)"
            r" (?:a )?"
            r"(?:minha|propria|sua) (?:propria )?vida|cortei os pulsos|tomei todos os (?:remedios"
            r"|comprimidos)|me machucar de proposito|nao aguento mais viver",
        ),
        "violence": (
            r"(?:com|tem|puxou|sacou) (?:\w+ ){0,2}(?:arma|faca|revolver|pistola|fuzil)|(?:me|nos"
            r"|nela"
            r"|nele) (?:\w+ ){0,2}(?:batendo|agredindo|ameacando|seguindo|esfaque\w+|estupr\w+"
            r"|assalt\w+"
            r"|enforcando)|(?:esta|ta) me bat\w+|(?:invadindo|arrombando|entrando n?a?|invadiu)"
            r" (?:\w+ ){0,2}"
            r"casa|alguem (?:\w+ )?dentro (?:da|de) (?:minha )?casa|(?:vai|quer|quer me|vao) (?:me "
            r"|nos )?"
            r"matar(?: me)?(?= ?$| \.| e)|(?:chame|chama|preciso d\w) (?:\w+ )?policia|tiroteio"
            r"|levou (?:um )?"
            r"tiro|tiros|esfaquead\w|baleado|sequestr\w+|(?:tem|ha) (?:uma )?bomba|refem|refens",
        ),
        "medical": (
            r"nao (?:\w+ ){0,3}respira\w*|(?:parou de|dificuldade (?:para|de|pra)|mal consegue)"
            r" respirar"
            r"|falta de ar|sem ar|sufoc\w+|asfixi\w+",
            r"(?:dor|aperto|pressao) (?:\w+ ){0,3}peito|infarto|enfarte|ataque (?:cardiaco|do"
            r" coracao"
            r"|epileptico)|parada cardiaca|avc|derrame|convuls\w+|sem pulso|rosto (?:\w+ )?torto"
            r"|boca torta",
            r"desmai\w+|inconsciente|nao (?:acorda|responde|reage|se mexe)|desacordad\w|engasg\w+"
            r"|afog\w+",
            r"(?:engoliu|bebeu|tomou|comeu) (?:\w+ ){0,3}(?:pilha|bateria|agua sanitaria|veneno"
            r"|moeda"
            r"|remedios?|comprimidos|detergente|cloro|soda)|overdose|envenen\w+|muitos comprimidos",
            r"(?:muito|perdendo|vomitando|tanto|cuspindo|perdeu) (?:\w+ )?sangue|nao para de"
            r" sangrar"
            r"|hemorragia|sangrando (?:muito|demais|sem parar)|sangue (?:por todo|pra todo)",
            r"bolsa (?:\w+ )?(?:estourou|rompeu)|bebe (?:\w+ )?(?:nascendo|vindo|saindo)|contracoes"
            r"|em"
            r" trabalho de parto|reacao alergica|garganta (?:\w+ )?(?:fechando|inchando)|ambulancia"
            r"|(?:chame|chama|liga\w*) (?:\w+ ){0,2}(?:samu|192|193|190|112|911|ambulancia)"
            r"|atropelad\w"
            r"|morrendo(?! de)|acidente grave|eletrocut\w+|choque eletrico|ficando (?:roxo|azul)"
            r"|gravemente ferid\w",
        ),
        "fire": (
            r"pegando fogo|pegou fogo|incendio|em chamas|(?:tem|ha) (?:\w+ )?fogo|fogo (?:na|no)"
            r"|muita"
            r" fumaca|fumaca (?:saindo|por|em)|bombeiros|explosao|explodiu|cheiro de queimado"
            r"|faiscas",
        ),
        "gas": (
            r"(?:cheiro|cheirando|cheira) (?:\w+ ){0,2}(?:de |a )?gas|vazamento de gas|vazando"
            r" (?:\w+ )?gas"
            r"|gas (?:\w+ )?vazando|fuga de gas|(?:alarme|detector) de monoxido(?: \w+){0,3}"
            r" (?:toc\w+"
            r"|apit\w+)",
        ),
        "declared": (
            r"(?:e|isso e|tenho) uma emergencia|(?:e )?emergencia(?= ?$)|socorro|(?:me"
            r" )?ajud[ae](?:m)?(?: me)?"
            r" pelo amor de deus|vida ou morte|me ajud[ae](?:m)?(?= ?$| socorro| rapido)",
        ),
    },
    idioms=(
        r"morrendo de \w+|morri de \w+|(?:celular|telefone|carro|bateria) (?:\w+ )?(?:morreu"
        r"|morrendo)"
        r"|(?:chefe|mulher|marido|mae) vai me matar se|quase (?:tive|morri|tenho) (?:um infarto|do?"
        r" \w+)?"
        r"|contatos? de emergencia|(?:conta|botijao|fogao|agua com|agua sem) (?:\w+ )?(?:de |a"
        r" )?gas"
        r"|exames? de sangue|fogos de artificio|consulta de emergencia|instalar detector",
    ),
    negated=(
        r"(?:nao|sem|nem|nunca)(?: (?:e|tem|ha|tenho|estou|uma?|com|sinto|esta|preciso de|quero))*"
    ),
    negates=(r"nao|parou|sem|falta|dificuldade|mal",),
    past=(
        r"ha (?:\w+ )?(?:anos?|meses|semanas)|(?:anos?|meses|semanas) atras|(?:no )?(?:ano|mes"
        r"|semana"
        r"|verao) passad[oa]|quando (?:eu )?era|faleceu",
    ),
    talk=(r"noticias?|filme|artigo|livro|seguro cobre|sintomas|em caso de|e se|curso|aula",),
    present=(r"agora mesmo|agora|rapido|neste momento",),
)
