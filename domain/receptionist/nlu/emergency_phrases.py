"""What people say in an emergency, by kind; patterns over `Heard.text` (numbers are digits)."""

PHRASES: dict[str, tuple[str, ...]] = {
    "self_harm": (
        (
            r"(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|hang(?:ing)?"
            r"|shoot(?:ing)?) myself"
        ),
        r"suicid(?:e|al)|end (?:it all|my (?:own )?life)|take my (?:own )?life",
        r"took my own life",
        r"(?:don't|do not|dont) want to (?:live|be alive|be here any ?more|wake up)",
        r"(?:want|wanna|going|ready|plan\w*) (?:to )?die|wish i (?:was|were) dead",
        r"better off (?:dead|without me)|no reason to (?:live|go on)",
        r"can't go on (?:any ?more|living|like this)",
        r"(?:kill|hurt|harm) (?:him|her|them)self",
        (
            r"(?:took|swallowed|taken) (?:all|a (?:whole )?bottle of|too many) (?:my |the "
            r"|of )?(?:\w+ )?(?:pills|tablets)"
        ),
    ),
    "violence": (
        (
            r"(?:has|have|got|with|holding|pulled|waving) (?:a |the )?(?:gun|knife|weapon"
            r"|shotgun|rifle)"
        ),
        (
            r"(?:been|being|was|got|getting|is) (?:shot|stabbed|attacked|assaulted|robbed"
            r"|mugged|raped|beaten|held hostage|kidnapped)"
        ),
        (
            r"(?:hit|hitting|beat|beating|attack(?:ed|ing)?|chok(?:ed|ing)|strangl\w+) (?:me"
            r"|her|him|my (?:mother|mum|mom|child|son|daughter|wife))"
        ),
        (
            r"(?:going to|gonna|threaten\w*(?: to)?|wants to|will|tried to) (?:kill|hurt"
            r"|shoot|stab) (?:me|us|him|her|them|you|someone|somebody|everyone)"
        ),
        (
            r"(?:someone|somebody|a man|an intruder|a burglar|they)(?:'s| is"
            r"| are)? (?:breaking|broke|trying to break|in(?:side)?) (?:in(?:to)?|my"
            r"|the) ?(?:my |the )?(?:house|home|apartment|office|flat)?"
        ),
        r"intruders?|active shooter|shots? (?:were |being )?fired|domestic violence",
        r"bomb(?: threat)?|(?:i'm|i am|we're) being (?:followed|threatened|stalked)",
        r"call the police|need the police",
    ),
    "medical": (
        (
            r"(?:can't|cannot|can not|couldn't|unable to|not able to|trouble|difficulty"
            r"|struggling to|problems?|hard to|hardly|barely) (?:\w+ ){0,1}breath(?:e|ing)?"
        ),
        r"(?:isn't|not|stopped|stops|isnt|no longer) breathing",
        r"short(?:ness)? of breath|gasping(?: for (?:air|breath))?",
        (
            r"(?:chest|heart|left arm) (?:pains?|hurts?|tightness|pressure|discomfort"
            r"|is (?:hurting|tight|killing me))"
        ),
        (
            r"(?:pains?|tightness|pressure) (?:in|on|across) (?:my|his|her|the) (?:(?:chest"
            r"|heart|left arm))"
        ),
        r"heart attack|cardiac arrest",
        (
            r"(?:having|had|has|have|think|is) (?:a |an? )?(?:stroke|seizures?|convulsions?"
            r"|fit)(?! of)"
        ),
        r"seizing|convulsing|(?:face|mouth) (?:is )?(?:droop\w+)",
        r"slurr(?:ed|ing)(?: speech)?",
        r"can't (?:feel|move) (?:my|his|her) (?:\w+ )?(?:arms?|legs?|face|side)",
        r"unconscious|unresponsive|passed out",
        r"(?:has |have |just |'s )?collapsed(?! into)|won't wake up",
        r"(?:can't|not) wak(?:e|ing) (?:him|her|them|up)|not responding",
        r"faint(?:ed|ing)|blacked out|overdos\w+|poison(?:ed|ing)",
        (
            r"(?:swallowed|drank|ate) (?:bleach|poison|batteries|a battery|pills|chemicals"
            r"|antifreeze|a coin)"
        ),
        r"(?:allergic reaction|anaphyla\w+|epipen)",
        r"(?:throat|tongue|airway) (?:is )?(?:closing|swelling|swollen shut)",
        r"(?:is |'s |he |she |i'm |am )?choking(?! up)",
        (
            r"(?:bleeding|blood)(?: \w+){0,3} (?:won't stop|will not stop|doesn't stop"
            r"|not stopping|heavily|badly|a lot|everywhere|profusely|out|to death)"
        ),
        (
            r"(?:lots? of|so much|too much|losing|lost|vomiting|throwing up|coughing up"
            r"|spitting|severe) (?:\w+ )?(?:blood|bleeding)"
        ),
        r"hemorrhag\w+|haemorrhag\w+|(?:can't|won't|cannot) stop (?:the )?bleeding",
        r"(?:cut off|severed|lost) (?:my|his|her) (?:\w+ )?(?:finger|hand|toe|arm|leg|thumb)",
        r"water (?:just )?broke|(?:in|having) labou?r|baby is coming|contractions",
        r"turning blue|gone blue|is blue|drown(?:ed|ing)",
        r"hit (?:my|his|her) head (?:and|really|very|hard)|head injury",
        r"broken (?:neck|back)|electrocuted",
        r"(?:badly|severely) (?:burn(?:ed|t)|hurt|injured)",
        r"(?:call|need|get|send) (?:me )?(?:an |the )?(?:ambulance|paramedics?|911|999|112)",
        r"(?:is|he's|she's|am|i'm) dying(?! to| over here)|is dead",
        r"worst headache of my life|stiff neck and (?:a )?fever",
        r"sudden(?:ly)? (?:\w+ )?(?:numbness|weakness|blind\w*)",
        r"lost (?:my|his|her) (?:sight|vision)",
        r"(?:baby|infant|newborn)(?: \w+){0,4} (?:limp|not moving|high fever)",
        r"diabetic (?:shock|coma)",
        r"(?:blood sugar|sugar)(?: \w+){0,2} (?:very |really |too |dangerously )low",
    ),
    "fire": (
        (
            r"(?:house|home|kitchen|building|office|apartment|flat|room|oven|stove|car|roof"
            r"|curtains?|it|place|garage|shed|dryer|outlet)(?:'s| is|s)? (?:on fire"
            r"|burning(?: down)?|in flames)"
        ),
        (
            r"(?:there's|there is|we have|i have|got) (?:a |an )?(?:\w+ )?fire(?! ?(?:place"
            r"|pit|alarm test|drill|work|extinguisher|wood))"
        ),
        r"caught fire|flames|catch(?:ing)? fire",
        r"(?:smoke|sparks) (?:\w+ )?(?:everywhere|coming|filling|pouring|in the)",
        r"(?:smell|smelling|see|seeing) (?:of )?(?:smoke|burning|something burning)",
        r"(?:fire|smoke) alarm (?:is )?(?:going|went|ringing|sounding)",
        r"call the fire (?:department|brigade)|explosion|exploded|sparking",
        r"sparks (?:from|out of)|burning smell",
    ),
    "gas": (
        r"gas leak\w*|leak(?:ing)?(?: of)? gas",
        r"gas(?:'s| is| was)? (?:\w+ )?(?:leaking|escaping|hissing)",
        (
            r"(?:smell|smells|smelling|smelled|smelt|odor|odour"
            r"|stink of)(?: \w+){0,3} gas(?! station)"
        ),
        r"rotten eggs?|gas smell|carbon monoxide|co (?:alarm|detector)",
    ),
    "dental": (
        (
            r"(?:tooth|teeth|crown)(?: \w+){0,4} (?:knocked out|fell out|falling out|came out"
            r"|broken off|got hit|is hanging|was knocked)"
        ),
        r"knocked (?:out )?(?:my|his|her|a) (?:\w+ )?(?:tooth|teeth)(?: out)?",
        (
            r"(?:broke|broken|cracked|chipped|lost|snapped) (?:my|a|his"
            r"|her) (?:\w+ )?(?:tooth|teeth|jaw|crown)"
        ),
        r"abscess\w*",
        (
            r"(?:face|cheek|jaw|gums?)(?:'s| is| are)? (?:\w+ )?(?:swollen|swelling|swelled"
            r"|puffed)"
        ),
        r"swollen (?:face|cheek|jaw)",
        r"swelling (?:in|of) (?:my|his|her) (?:face|jaw|cheek)",
        (
            r"(?:unbearable|excruciating|terrible|severe|extreme|agonizing|agonising|awful"
            r"|so much|crazy|horrible) (?:\w+ )?(?:tooth ?ache|pain|tooth pain)"
        ),
        r"in agony|pain is (?:unbearable|excruciating|killing me)",
        r"(?:gums?|socket|mouth|extraction)(?: \w+){0,3} (?:bleeding|won't stop)",
    ),
    "home": (
        (
            r"(?:pipe|pipes|main|water main|boiler|tank|water heater|hose)(?:'s| is| has"
            r"| have| just)? (?:\w+ )?(?:burst|bursting|broke|exploded|broken)"
        ),
        r"burst (?:pipe|main|water)|flood(?:ed|ing)",
        (
            r"(?:water|sewage)(?:'s| is)? (?:\w+ )?(?:pouring|gushing|spraying|everywhere"
            r"|coming (?:through|in|out|up)|rising|all over)"
        ),
        r"sewage (?:backup|backing up|back up|overflow\w*)",
        r"toilet(?:'s| is)? overflowing",
        r"ceiling (?:is |has |just )?(?:collaps\w+|caving|coming down|leaking)",
        r"(?:no|without|lost|not have|don't have)(?: any)? (?:heat|heating)(?! (?:map|pad))",
        r"locked out|stuck in (?:the|an) (?:elevator|lift)|power line",
        r"electrical (?:fire|burning)|live wires?",
        r"roof (?:is |just |has )?(?:collapsed|caved|blew off)",
        r"(?:water|leak)(?: \w+){0,3} (?:won't stop|can't stop)",
    ),
    "declared": (
        (
            r"(?:an |a )?(?:real |medical "
            r"|dental |plumbing |absolute )?emergency(?! (?:contact|exit|number|hours|service"
            r"|services|appointments?|kit|fund|line|room|policy|fee|rates?|call ?out))"
        ),
        r"life (?:or|and) death|life threatening|it's critical",
        r"need help (?:right )?now|help me please help|please hurry",
    ),
}

# Turns of speech that only sound like it; they are blanked before anything else is read.
IDIOMS: tuple[str, ...] = (
    (
        r"\b(?:you're|you are|he's|she's|this is|that's|it's|these \w+ are|my (?:feet|back"
        r"|shoes|boss|hair|kids?)(?: is| are)?) killing (?:me|him|her|us)\b(?! and)"
    ),
    (
        r"\b(?:i'm|i am|i was|we're|just|been) dying (?:to|for|of (?:laughter|boredom"
        r"|curiosity))\b"
    ),
    r"\bdying to\b|\bto die for\b|\bover my dead body\b",
    r"\bdead(?:line|tired| battery| serious| end)\b",
    (
        r"\b(?:phone|battery|car|laptop|plant|line)(?:'s| is| was|'s about to"
        r"| about to)? (?:just )?(?:dead|died|dying)\b"
    ),
    r"\bheart attack (?:grill|burger)\b",
    r"\b(?:gave|give|given|giving|almost gave|nearly gave) (?:me|him|her|us) a heart attack\b",
    r"\b(?:have|had|having) a fit if\b|\bstroke of (?:luck|genius)\b",
    r"\b(?:back|breast) ?stroke\b",
    (
        r"\b(?:could|would|will|going to|gonna|i'll|i'd|i could) (?:\w+ )?(?:kill"
        r"|murder) (?:for )?(?:a|an|my (?:boss|hair ?dresser|husband|wife|alarm))\b"
    ),
    r"\bkill (?:time|two birds|some time)\b|\bon fire (?:today|this week|lately)\b",
    r"\bfire (?:sale|me|him|her|you|away|place|works?|drill|extinguisher|station|fighter)\b",
    r"\b(?:fireplace|fireworks?|firewood|fire pit|firestick)\b",
    r"\bburning (?:question|desire|calories)\b|\bspark(?:ling|le)\b",
    r"\bflood(?:ed)? (?:with|of) (?:calls|emails|work|messages|requests)\b",
    r"\bbomb (?:the|my) (?:test|interview|exam)\b|\b(?:bath|hair|photo|sex) ?bombs?\b",
    r"\bthe bomb\b|\bbombshell\b|\bshot (?:of|in the dark|at it)\b|\bflu shots?\b",
    r"\bbooster shots?\b|\b(?:a|my|his|her|the) shots?\b|\bglue gun\b|\bnail gun\b",
    r"\bgun ?metal\b|\bhead ?shots?\b|\bjust kidding\b|\bhit me (?:up|with)\b",
    r"\bbeat (?:me|him|her) to it\b",
    r"\bbreathing (?:room|exercises?|class(?:es)?|space)\b",
    r"\b(?:take|catch) (?:a|my) breath\b",
    r"\bblood (?:tests?|work|draw|type|pressure check|donation|orange)\b",
    r"\bgas (?:station|bill|tank|mileage|company|meter|prices?|grill|fireplace)\b",
    r"\bpass(?:ed|ing)? gas\b|\blaughing gas\b|\bfainting (?:couch|goat)\b",
    r"\bchok(?:ed|ing) up\b|\blabou?r day\b|\blabou?r (?:costs?|charges?|rates?)\b",
    r"\bdrowning in (?:work|emails|paperwork|debt|laundry)\b",
    r"\b(?:is|isn't|is it|would|if|in case|whether)\b[\w' ]{0,20}\b(?:an )?emergency \?$",
    r"\bin case of (?:an )?(?:emergency|fire)\b|\b(?:non|not an|no) ?-? ?emergency\b",
    r"\bemergency contact\b",
    r"\bshoot (?:me|him|her|them|you|us) (?:an?|the) (?:email|text|message|e ?mail)\b",
    r"\bphoto ?shoot\b|\bstab(?:s|bing)? at\b",
)

NEGATED = (
    r"\b(?:no|not|isn't|is not|it's not|wasn't|don't have|do not have|doesn't have|didn't have"
    r"|haven't|hasn't|never|without|no longer"
    r"|nothing like|aren't|wouldn't say|don't think (?:it's|it is|that's)|neither|nor"
    r"|not having|not an|ain't|don't smell|don't see)"
)
PAST = (
    r"(?:\b(?:last|a (?:few|couple of)) (?:year|years|month|months)(?: ago)?\b| (?:a"
    r"|\d{1,2}) (?:years?|months?) ago\b"
    r"|\b(?:years|months) ago\b|\b(?:history of|follow ?up (?:after|for|on)|recover\w* from"
    r"|survived|had surgery (?:after|for))\b)"
)
