"""What people say in Italian in danger, and what only sounds like it."""

from domain.plain import words_of
from domain.receptionist.nlu.danger.words import Words

ITALIAN = Words(
    language="it",
    knows=words_of(
        """
        il lo la i gli le un una mio mia e ha ho non c di che sta si mi suo sua con per
        aiuto chiamate chiama voglio sento stata serve penso qualcuno credo aiutatemi
        aiutami emergenza
        """
    ),
    phrases={
        "self_harm": (
            r"(?:voglio|vuole|sto per|vorrei) (?:mor(?:ire|to)|uccider(?:mi|si)|ammazzar(?:mi|si)"
            r"|suicidar(?:mi|si)|far(?:la|mi) (?:finita|del male)|impiccarmi)|suicid\w+|non voglio"
            r" (?:piu"
            r" )?vivere|farla finita|toglier(?:mi|si) la vita|tagliat[oa] le vene|preso tutte le"
            r" (?:pillole"
            r"|pastiglie)|mi ammazzo|mi uccido",
        ),
        "violence": (
            r"(?:con|ha|tiene) (?:un|una|il|la) (?:\w+ )?(?:pistola|coltello|arma|fucile)|mi (?:\w+"
            r" )?"
            r"(?:picchia\w*|sta picchiando|minaccia|segue|aggred\w+|violentat\w|strangola\w*)|(?:mi"
            r"|ci|la)"
            r" vuole (?:uccidere|ammazzare)|vuole uccider(?:mi|ci)|(?:qualcuno|ladri|un ladro)"
            r" (?:\w+ ){0,3}"
            r"(?:casa)|(?:chiam\w+|mandate) (?:\w+ )?(?:la )?(?:polizia|carabinieri)|spar(?:ato|ano"
            r"|atoria"
            r"|i)|accoltell\w+|rapit\w|rapina|ostagg\w+|c e una bomba",
        ),
        "medical": (
            r"non (?:\w+ ){0,3}respira\w*|smesso di respirare|(?:fatica|difficolta) (?:a|di|nel)"
            r" respir\w+|manca (?:il fiato|l aria|il respiro)|soffoc\w+|strozz\w+",
            r"(?:dolore|male|peso|oppressione) (?:\w+ ){0,3}(?:petto|torace|cuore)|infarto|attacco"
            r" di"
            r" cuore|arresto cardiaco|ictus|convulsion\w+|crisi epilettica|senza polso|bocca"
            r" storta",
            r"svenut\w|incosciente|privo di sensi|non (?:si sveglia|risponde(?! a)|reagisce|si"
            r" muove)"
            r"|perso (?:i sensi|conoscenza)|svegli(?:a|arsi) piu",
            r"(?:ingoiat\w|ingerit\w|bevut\w|mangiat\w) (?:\w+ ){0,3}(?:pila|batteria|candeggina"
            r"|veleno"
            r"|moneta|pastiglie|detersivo|farmaci)|overdose|avvelen\w+|troppe (?:pastiglie|pillole"
            r"|medicine)",
            r"(?:tanto|molto|perde|perdendo|vomita|sputa|pieno di) (?:\w+ )?sangue|sangue"
            r" dappertutto|non"
            r" smette di sanguinare|sanguina (?:molto|tanto)|emorragia|rott[eo] le acque|si sono"
            r" rotte le"
            r" acque|(?:nasce|nascendo|arriva) (?:\w+ )?(?:il )?bambino|contrazioni|travaglio",
            r"ambulanza|(?:chiam\w+) (?:\w+ )?(?:il )?(?:118|112|113|911)|investit[oa](?! in)|sta"
            r" morendo"
            r"|sto morendo|gola (?:\w+ )?(?:gonfi\w+|chiud\w+)|reazione allergica|shock"
            r" anafilattico"
            r"|folgorat\w|annega\w*|incidente grave|gravemente ferit\w|diventa(?:ndo)? (?:blu"
            r"|viola)",
        ),
        "fire": (
            r"(?:va|andando|andata|preso) (?:a )?fuoco|incendio|in fiamme|c e (?:un )?fuoco"
            r"|(?:molto|c e|del)"
            r" (?:\w+ )?fumo|fumo (?:dappertutto|ovunque)|pompieri|vigili del fuoco|esplosion\w+"
            r"|esplos[oa]"
            r"|puzza di bruciato|scintille|sta bruciando|brucia (?:la|tutto)",
        ),
        "gas": (
            r"(?:odore|puzza|sento|fuga|perdita) (?:\w+ ){0,2}(?:di )?gas|(?:allarme|rilevatore)"
            r"(?: \w+){0,2} monossido(?: \w+){0,3} suon\w+",
        ),
        "declared": (
            r"(?:e|ho) un ?emergenza|(?:e )?(?:un )?emergenza(?= ?$)|^aiuto(?= ?$| \.| aiuto| per"
            r" favore)"
            r"|aiut(?:atemi|ateci|ami)(?= per| vi| presto| subito| ?$)|vita o di morte|vita o"
            r" morte",
        ),
    },
    idioms=(
        r"muoio di \w+|mort[oa] da[l]? \w+|(?:telefono|cellulare|batteria) (?:\w+ )?mort\w|(?:e"
        r" )?mort[oa] il"
        r" telefono|(?:capo|moglie|marito|mamma) mi (?:uccide|ammazza)|quasi (?:\w+ )?un infarto"
        r"|contatt[oi]"
        r" di emergenza|(?:bolletta|caldaia|cucina|acqua) (?:\w+ )?(?:del |a |con )?gas|esami? del"
        r" sangue"
        r"|fuochi d artificio|appuntamento di emergenza|primo soccorso",
    ),
    negated=r"(?:non|senza|nessun\w*|mai)(?: (?:e|c|ho|ha|un|una|sento|voglio|sto|serve|di))*",
    negates=(r"non|smesso|manca|fatica|difficolta|senza",),
    past=(
        r"(?:anni?|mesi|settimane) fa|(?:l )?(?:anno|mese|estate|settimana) scors[oa]|da (?:bambino"
        r"|piccolo)|scomparso",
    ),
    talk=(
        r"telegiornale|film|articolo|libro|assicurazione|sintomi|in caso di|e se|corso|installa\w+",
    ),
    present=(r"adesso|proprio ora|in questo momento|subito",),
)
