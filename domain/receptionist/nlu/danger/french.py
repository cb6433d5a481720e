"""What people say in French in danger, and what only sounds like it."""

from domain.plain import words_of
from domain.receptionist.nlu.danger.words import Words

FRENCH = Words(
    language="fr",
    knows=words_of(
        """
        le la les un une des du je j il elle on nous c ce ca est a ne n pas plus mon ma
        mes son sa y au aux en qui que fait se s secours aidez feu appelez quelqu crois
        m t l d agresse chez dans pour avec tres
        """
    ),
    phrases={
        "self_harm": (
            r"(?:veux|vais|veut|envie de|va|voudrais) (?:me |se |en )?(?:mourir|tuer|suicider"
            r"|pendre"
            r"|finir|jeter)(?! d )|suicid\w*|en finir (?:avec|avec la vie)?|(?:plus|pas)"
            r" (?:\w+ )?(?:envie de|envie|vouloir|veux) ?(?:de )?vivre|ne veux plus vivre|(?:mettre"
            r"|met)"
            r" fin a (?:mes|ses) jours|(?:taille|ouvert|coupe) les veines|avale (?:toute|tous)"
            r" (?:la"
            r" boite|mes|les) ?\w*|(?:mieux|vaudrait) (?:\w+ ){0,3}(?:mort|morte|sans moi)",
        ),
        "violence": (
            r"(?:a|avec|sorti|tient|a un|porte) (?:un|une) (?:\w+ )?(?:couteau|arme|pistolet"
            r"|fusil)",
            r"(?:me|la|le|l|nous) (?:frappe|bat|tape|agresse|menace|etrangle|suit|viole|a frappee?"
            r"|a violee?|a agressee?|a poignardee?|attaque|a agresse|agressee?)(?= |$)",
            r"(?:veut|va|essaie de) (?:me|nous|la|le) tuer|quelqu un (?:\w+ )?(?:entre|entree?"
            r"|rentre"
            r"|est) (?:chez|dans)|(?:cambriol\w+|intrus|voleur) (?:\w+ ){0,3}(?:chez|dans|maison)"
            r"|tirer dessus|coups? de (?:feu|couteau)|fusillade|poignard\w+|pris en otage|otages?"
            r"|appelez la (?:police|gendarmerie)|alerte a la bombe|il y a une bombe|enlev\w+ (?:ma"
            r"|mon)",
        ),
        "medical": (
            r"(?:n|ne|arrive|peux|peut|mal) (?:\w+ ){0,4}respirer?|(?:respire|respirait) (?:plus"
            r"|pas"
            r"|mal|tres)|(?:arrete|cesse) de respirer|du mal a respirer|etouff\w+|manque d air"
            r"|suffoqu\w+",
            r"(?:mal|douleur\w*|serre|oppression|pression) (?:\w+ ){0,5}(?:poitrine|coeur|thorax)"
            r"|crise (?:cardiaque|d epilepsie|d asthme)|infarctus|arret cardiaque|avc|attaque"
            r" cerebrale"
            r"|convuls\w+|plus de pouls|pas de pouls|bouche (?:de travers|tordue)",
            r"(?:s est |me suis )?evanoui\w*|inconscient\w*|perdu connaissance|(?:se )?reveille"
            r" (?:pas"
            r"|plus)|(?:reagit|repond|bouge) (?:pas|plus)|malaise (?:grave|cardiaque)",
            r"(?:avale|bu|mange|ingere) (?:\w+ ){0,3}(?:pile|javel|poison|medicaments|produit|piece"
            r"|lessive|deboucheur)|trop de (?:medicaments|cachets|comprimes)|overdose|surdose"
            r"|empoison\w+|intoxi\w+",
            r"(?:sang|saigne\w*) (?:\w+ ){0,5}(?:partout|beaucoup|pas|arrete|enormement"
            r"|abondamment)"
            r"|(?:perd|perdu|vomit|crache|plein de|beaucoup de|tout ce) (?:\w+ ){0,2}sang"
            r"|hemorragie",
            r"(?:gorge|langue) (?:\w+ )?(?:gonfle|serre|enfle|se ferme)|choc anaphylactique"
            r"|reaction"
            r" allergique|perdu les eaux|bebe (?:arrive|sort|est en train)|contractions|accouch\w+",
            r"(?:appelez|besoin|envoyez|faut|vite) (?:\w+ ){0,3}(?:ambulance|le samu|samu|le 15|15"
            r"|112"
            r"|le 18|secours|urgences)|(?:fait )?(?:renverser|ecraser|renverse) par|electrocut\w+"
            r"|en train de mourir|(?:il|elle) (?:est )?(?:mort|morte|meurt)(?= ?$)|levres (?:sont"
            r" )?bleues"
            r"|(?:gravement|grievement) blesse\w*|accident grave|noie|noye (?:dans|il)",
        ),
        "fire": (
            r"(?:il y a|a pris|prend|mis|au|c est) (?:le |du |en )?feu(?! (?:rouge|vert|d"
            r" artifice))"
            r"|(?:maison|cuisine|voiture|appartement|immeuble|toit|garage|four|rideaux|ca|tout)"
            r" (?:\w+ )?(?:brule|en feu|en flammes)|en (?:feu|flammes)|incendie|(?:de la|plein de"
            r"|beaucoup de|la) fumee(?! rouge)|pompiers(?! (?:calendrier|bal))|explosion|a explose"
            r"|odeur de brule|ca sent le brule",
        ),
        "gas": (
            r"(?:sent|odeur|sens) (?:\w+ ){0,3}gaz|fuite de gaz|gaz (?:\w+ )?(?:fuit|s echappe)"
            r"|(?:monoxyde|detecteur de monoxyde)(?: \w+){0,3} (?:sonne|bipe)",
        ),
        "declared": (
            r"(?:c est|j ai|une) (?:une )?urgence (?:vitale|absolue|medicale)|c est une urgence|au"
            r" secours|aidez (?:moi|nous)(?: \.)?(?= vite| je| s il| ?$)|vie ou (?:de )?mort"
            r"|question de vie|aide moi vite",
        ),
    },
    idioms=(
        r"meurs de \w+|mort(?:e)? de \w+|failli (?:\w+ ){0,2}(?:crise cardiaque|infarctus|mourir)"
        r"|(?:telephone|portable|batterie) (?:\w+ )?mort\w*|(?:patron|femme|mari|mere|chef) (?:\w+"
        r" )?"
        r"va me tuer|tout feu tout flamme|feux? d artifice|pot (?:de|au) feu|feu (?:rouge|vert)"
        r"|noye\w* sous|contacts? d urgence|urgences dentaires|(?:facture|chaudiere|cuisiniere)"
        r" (?:\w+ )?"
        r"(?:de|a) gaz|prise de sang|don du? ?(?:un )?sang|bon sang|secourisme|coup de (?:main|fil)"
        r"|rendez vous d urgence",
    ),
    negated=(
        r"(?:pas|aucun\w*|sans|ni|jamais|n est pas|ne sent pas|n ai pas)(?: (?:le|de|d|du|une?|mal"
        r"|a|la|en|besoin|il y a|est))*"
    ),
    negates=(r"n|ne|plus|pas|arrete|mal|manque",),
    past=(
        r"il y a (?:\w+ )?(?:ans?|mois|semaines|longtemps|annees)|(?:l )?(?:annee|an|mois|ete|hiver"
        r"|semaine) (?:derniere?|passee?)|en (?:19|20)\d\d|quand j etais|autrefois|decede\w*",
    ),
    talk=(
        r"(?:aux|les) informations|film|article|livre|assurance|symptomes|en cas de|que faire si"
        r"|cours"
        r"|formation|entretien|installation|detecteurs? de fumee",
    ),
    present=(r"maintenant|en ce moment|vite|a l instant",),
)
