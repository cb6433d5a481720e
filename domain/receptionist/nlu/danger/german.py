"""What people say in German in danger, and what only sounds like it."""

from domain.plain import words_of
from domain.receptionist.nlu.danger.words import Words

GERMAN = Words(
    language="de",
    knows=words_of(
        """
        ich er sie es wir der die das ein eine mein meine meiner mir mich ist hat habe
        haben sind nicht und hier im bei wurde hilfe notfall feuer schnell rufen brennt
        bitte jemand kind kein keine hilfe uberall wird aus dem den kommt auf zu von wir
        uns
        """
    ),
    phrases={
        "self_harm": (
            r"(?:nicht mehr|nimmer) (?:leben|weiterleben|aufwachen|da sein)|(?:will|mochte|werde"
            r"|mag)"
            r" (?:\w+ )?(?:sterben|mich umbringen|tot sein)|(?:mich|sich) (?:\w+ ){0,2}(?:umbringen"
            r"|toten|erhangen|erschiessen|aufhangen|ritzen)|bringe? mich(?= ?$| \.)|selbstmord\w*"
            r"|suizid\w*"
            r"|(?:das|sein|mein|ihr) leben (?:zu )?(?:nehmen|beenden)|leben (?:nehmen|beenden)"
            r"|pulsadern"
            r"|alle (?:meine )?tabletten (?:genommen|geschluckt)|schluss machen mit (?:dem|meinem)"
            r" leben",
        ),
        "violence": (
            r"(?:mit|hat|halt) (?:\w+ ){0,2}(?:pistole|messer|waffe|gewehr)(?! (?:scharfen"
            r"|schleifen))"
            r"|(?:schlagt|verprugelt|bedroht|wurgt|vergewaltigt|verfolgt|sticht) (?:\w+ )?(?:mich"
            r"|sie"
            r"|ihn|uns|mein\w*)|(?:mich|sie|uns) (?:\w+ )?(?:geschlagen|vergewaltigt|angegriffen"
            r"|uberfallen|bedroht|gewurgt|verprugelt)|uberfall\w*",
            r"brech\w* (?:\w+ ){0,3}ein|bricht (?:\w+ ){0,3}ein|einbrecher|jemand (?:\w+ )?(?:i am"
            r"|im|in"
            r" mein\w*) (?:haus|wohnung)|(?:will|wird|versucht) (?:mich|uns|sie|ihn) (?:umbringen"
            r"|toten"
            r"|um zubringen|erschiessen)|(?:ruf\w*|hol\w*|brauche\w*) (?:\w+ ){0,3}polizei"
            r"|geschossen"
            r"|schusse|schiesserei|angeschossen|niedergestochen|geisel\w*|bombe|amoklauf\w*"
            r"|entfuhrt",
        ),
        "medical": (
            r"(?:keine|kaum|schwer|nicht genug) (?:\w+ )?luft|atmet (?:\w+ )?(?:nicht|kaum|schwer"
            r"|komisch)"
            r"|nicht (?:mehr )?(?:richtig )?atmen|(?:aufgehort|hort auf) zu atmen|atemnot"
            r"|erstick\w+"
            r"|ringt nach luft|(?:lippen|gesicht) (?:\w+ )?blau|lauft blau",
            r"brustschmerz\w*|(?:schmerz\w*|druck|stechen|enge) (?:\w+ ){0,3}(?:brust|herz)"
            r"|herzinfarkt"
            r"|herzstillstand|herzanfall|schlaganfall|krampfanfall|krampft|epileptischer anfall"
            r"|halbseitig|gelahmt|kein puls|keinen puls|mundwinkel (?:\w+ )?hangt",
            r"bewusstlos\w*|ohnmacht\w*|(?:wacht|wachen) (?:\w+ )?nicht (?:mehr )?(?:auf)?|reagiert"
            r" (?:\w+ )?"
            r"nicht|nicht ansprechbar|zusammengebrochen|bewegt sich nicht|umgekippt und",
            r"(?:verschluckt|geschluckt|getrunken|gegessen) ?(?:\w+)?(?= ?$| \.| und)(?<!wasser"
            r" getrunken)"
            r"|uberdosis|vergift\w+|zu viele (?:tabletten|pillen)",
            r"blutet (?:\w+ ){0,3}(?:stark|viel|nicht auf|wie verruckt)|(?:viel|uberall|verliert"
            r"|spuckt"
            r"|erbricht|hustet) (?:\w+ )?blut|uberall ist blut|blut(?:ung)? (?:\w+ ){0,3}(?:hort"
            r" nicht"
            r"|nicht stoppen|stoppt nicht)|hort nicht auf zu bluten|verblut\w+",
            r"(?:hals|zunge|rachen) (?:\w+ )?(?:schwillt|geschwollen|zu)|allergischer? (?:schock"
            r"|reaktion)"
            r"|allergische reaktion|fruchtblase|baby kommt|wehen|(?:angefahren|uberfahren)|schwer"
            r" verletzt"
            r"|stromschlag|ertrunken|ertrinkt|schwerer unfall",
            r"krankenwagen|rettungswagen|notarzt|sanitater|(?:ruf\w*|wahl\w*) (?:\w+ ){0,2}(?:112"
            r"|notruf)"
            r"|(?:er|sie|vater|mutter|mann|frau|ich) (?:\w+ )?(?:stirbt|sterbe)(?! vor)|ist tot(?="
            r" ?$)",
        ),
        "fire": (
            r"rauch kommt|kommt (?:\w+ )?rauch|es brennt|brennt(?= ?$| \.| es| hier| lichterloh)"
            r"|(?:haus|kuche|wohnung|auto|dach|keller"
            r"|herd) (?:\w+ )?(?:brennt|in flammen)|in flammen|feuer (?:ausgebrochen|im|in|i am"
            r"|hier)|es"
            r" gibt ein feuer|feuer feuer|(?:uberall|viel|dichter|kommt) (?:\w+ ){0,2}rauch|rauch"
            r" (?:\w+ )?"
            r"(?:uberall|aus|i am|im)|feuerwehr|explosion|explodiert|brandgeruch|es riecht"
            r" verbrannt",
        ),
        "gas": (
            r"(?:riecht|geruch|stinkt|rieche) (?!nicht)(?:\w+ ){0,3}gas|gas ?leck|gasgeruch|gas"
            r" (?:\w+ )?(?:stromt"
            r"|tritt|austritt)|gasaustritt|kohlenmonoxid\w*(?: \w+){0,3} (?:piept|schlagt|alarm)",
        ),
        "declared": (
            r"(?:das|es|ist|ein|hier) (?:ist )?(?:ein )?(?:medizinischer )?notfall(?! ?(?:termin"
            r"|kontakt))"
            r"|notfall(?= ?$)|^hilfe(?= ?$| \.| hilfe| bitte)|hilfe hilfe|zu hilfe|helfen sie mir"
            r"(?: bitte)?(?: schnell|$)|leben und tod",
        ),
    },
    idioms=(
        r"sterbe vor \w+|(?:handy|akku|telefon|auto) (?:\w+ )?(?:gestorben|tot)|(?:chef|mann|frau"
        r"|mutter)"
        r" bringt mich|bringt mich (?:um )?wenn|der hammer|brennende frage|brennt (?:eine|mir eine)"
        r" frage|brenne darauf|mir brennt|fast einen herzinfarkt|todmude|in arbeit ertrunken"
        r"|feuerwerk\w*|feuerloscher|rauchmelder|gas(?:rechnung|heizung|herd|grill|anbieter)|ohne"
        r" gas"
        r"|notfall(?:kontakt|termine?|nummer)\w*|erste hilfe|blut(?:abnahme|bild|druck|spenden?)"
        r"|schlage (?:\w+ )?vor|ein(?:en)? (?:kaffee|wasser|tee) getrunken",
    ),
    negated=(
        r"(?:kein|keine|keinen|nicht|nie|ohne|niemand ist)(?: (?:mehr|nach|ein|eine|einen|akuter"
        r"|wirklich|es|stark))*"
    ),
    negates=(r"nicht|kein\w*|kaum|schwer|aufgehort",),
    past=(
        r"vor (?:\w+ )?(?:jahren|monaten|wochen|langer zeit)|letzte[snm]? (?:jahr|monat|woche"
        r"|sommer"
        r"|winter)|damals|fruher|i am (?:januar|februar|marz)|als kind|verstorben",
    ),
    talk=(
        r"nachrichten|film|artikel|buch|versicherung|symptome|i am falle|im falle|was mache ich"
        r" wenn"
        r"|kurs|wartung|prufen|installieren",
    ),
    present=(r"jetzt gerade|gerade eben|und jetzt|schnell",),
)
