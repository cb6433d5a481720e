"""Signs of danger that say little alone: two of different kinds in one breath are an alarm.

Nobody can list every way of telling that somebody is dying; most ways name two such signs.
"""

SIGNS: dict[str, str] = {
    # The body.
    "air": r"wheez\w*|gasp\w*|snoring (?:sound|noise)|gurgl\w*|coughing (?:and|up)|airway|sound out"
    r"|make a sound|breath(?:e|es|ing)?|oxygen|turn\w* (?:blue|red|purple)",
    "skin": r"hives|clammy|sweat\w*|cold sweats?|pale|white as|gr[ae]y|ashen|blue|purple|cold and"
    r"|stiff|blister\w*|freezing cold|shiver\w*|rash all over|yellow|she is cold|he is cold",
    "swelling": r"swell\w*|swollen|puff\w* up|huge|balloon\w*|clos(?:ing|ed) up",
    "trigger": r"stung|stings?|(?:bee|wasp|hornet|spider|scorpion|jellyfish)s?|shrimp|shellfish"
    r"|peanuts?|nuts|allerg\w*|penicillin|bitten|bit (?:me|him|her)|epi ?pen",
    "mind": r"drows\w*|grogg\w*|out of it|confus\w*|not there|jerk\w*|twitch\w*|dizz\w*|faint\w*"
    r"|lethargic|delirious|hallucinat\w*|glassy|seeing (?:spots|things|double)|blurr\w*"
    r"|eyes (?:are )?(?:open|closed|rolled|glassy)|not (?:answer\w*|react\w*)|mumbling|spaced out"
    r"|(?:act\w*|talk\w*|behav\w*|look\w*|walk\w*) (?:\w+ )?(?:strange\w*|weird\w*|funny|odd\w*"
    r"|off)"
    r"|woozy|disoriented|nodding off|lightheaded|light headed",
    "cannot": r"(?:cannot|could not|will not|not able to|can not|unable to) (?:\w+ ){0,4}(?:wak\w*"
    r"|answer"
    r"|open|talk|speak|move|swallow|stand|walk|get up|cough|breathe|feel|lift|see|drink|sit up"
    r"|react"
    r"|latch)|hand will not work|coming out wrong|words (?:are|come)",
    "heart": r"chest|heart|left arm|jaw|palpitation\w*|pulse|skipping",
    "ache": r"ach\w*|hurt\w*|pain\w*|tight\w*|pressure|band|weight|truck|elephant|brick|numb\w*"
    r"|tingl\w*|heavy|squeez\w*|crush\w*|agony|stabbing|fluttering|burning",
    "blood": r"bleed\w*|blood\w*|gush\w*|spurt\w*|tourniquet|gash\w*|wound\w*|soak\w*|pad every"
    r"|hemorrhag\w*",
    "tool": r"chain ?saw|table saw|circular saw|saw|axe|lawn ?mower|mower|machine|drill|grinder"
    r"|blender|nail gun|knife|glass|window|wood chipper|meat slicer|press|scissors|razor|forklift",
    "wounding": r"cut|cuts|slic\w*|sever\w*|chopp\w*|lost|crush\w*|pinned|trapped|stuck under"
    r"|impal\w*"
    r"|caught in|fell on|landed on|mangled|torn|ripped|stabb\w*|punctur\w*|gouged|amputat\w*",
    "body part": r"finger\w*|thumb|hands?|arms?|legs?|foot|feet|toes?|throat|neck|wrists?|face"
    r"|eyes?"
    r"|scalp|skull|artery",
    "mechanism": r"hit by (?:a |an )?(?:\w+ )?(?:lightning|car|truck|bus|train|forklift|motorcycle"
    r"|van"
    r"|vehicle|tree|beam)|rollover|rolled over|flipped|lightning|live wire|acid|boiling|scald\w*"
    r"|hot oil|fell (?:\w+ )?(?:in|into|off|from|out|through|down)|collision|head on|crash\w*"
    r"|thrown from|ejected|electric\w*|shock\w*|buried|avalanche|cave in",
    "water": r"pool|hot tub|bath ?tub|bathtub|lake|river|pond|ocean|underwater|under water|bucket"
    r"|well",
    "under": r"bottom of|fell in|found (?:him|her|them|my)|floating|face down|went under"
    r"|pulled (?:him"
    r"|her)|fished|sank|sinking|swept",
    "drug": r"pain ?killers?|pills?|tablets?|tylenol|ibuprofen|aspirin|insulin|medication\w*|meds"
    r"|medicine|fumes|pods?|bleach|opioids?|fentanyl|heroin|xanax|oxy\w*|percocet|adderall|vapes?"
    r"|edibles?|mushrooms?|batter(?:y|ies)|antifreeze|cleaner|alcohol|vodka|drugs?|narcotics|patch"
    r"|methadone|drank (?:way )?too much|sleeping pills",
    "taking": r"got hold of|got into|gotten into|swallow\w*|ingest\w*|inhal\w*|popp\w*|snort\w*"
    r"|inject\w*"
    r"|(?:ate|eaten|eating|took|taken|had|drank) (?:\w+ ){0,3}(?:some|a few|bunch|like|all|whole"
    r"|too"
    r" many|thirty|twenty|forty|fifty|ten|\d+|handful|bottle|of my|of her|of his|grandma|his own)"
    r"|chewed on|empty bottle|bottle is empty",
    "birth": r"pregnan\w*|weeks (?:along|pregnant)|only (?:\w+ ){1,2}weeks|water broke|pushing"
    r"|crowning"
    r"|in labou?r|due (?:today|next)|umbilical|placenta|cord|had (?:a|the|her) baby|contraction\w*",
    "fever": r"(?:temperature|fever|temp)(?: \w+){0,3} (?:10[3-9]|one oh [3-9]|\w+ hundred and)"
    r"|10[4-9](?: fever| degrees)?|convuls\w*|febrile|(?:3[9]|4[0-2]) fever",
    "child": r"bab(?:y|ies)|toddlers?|infants?|newborn|my kid|my son|my daughter|my boy|my girl"
    r"|grand"
    r"(?:son|daughter|kid|baby)|little (?:one|boy|girl|brother|sister)|year old|month old|a kid|a"
    r" child",
    "gone": r"(?:is|he is|she is|they are) gone|cold and stiff|lifeless|not moving|dead|motionless"
    r"|not alive|passed away just|slumped|face down|on the (?:floor|ground|pavement)",
    # The mind in despair.
    "end": r"(?:end|ending) (?:everything|my pain|the pain|it|this|things)|all be over|be over"
    r"|be gone"
    r"|was gone|i was gone|disappear|not (?:be )?here (?:any ?more|tomorrow)|done with (?:life"
    r"|living"
    r"|everything|this world)|give up on life|giving up on life|over it all|tonight is the night"
    r"|last (?:day|night)|no way out|no point|see the point|no future|burden|no hope|hopeless|leave"
    r" this world|go to sleep forever|join (?:him|her|them) in",
    "means": r"ropes?|noose|off (?:a|the) bridge|overpass|razor blades?|train tracks|drive into"
    r"|in front of a (?:train|bus|car|truck)|exhaust pipe|loaded gun|bought the pills|the pills",
    "farewell": r"goodbye|good bye|farewell|suicide note|forever|is the night|for good"
    r"|from me again"
    r"|nobody would (?:care|notice|miss)|no one would (?:care|notice|miss)|miss me|care if"
    r"|tell my (?:kids|family|mom|wife|husband) i (?:love|loved)|i am ready|ready to go|would all"
    r"|better for everyone|any ?more i",
    # Others.
    "arms": r"guns?|pistol|rifle|knife|machete|weapon\w*|bat|crowbar|armed|hatchet|tire iron",
    "attack": r"threat\w*|point\w* (?:something |it |that )?at (?:me|us|him|her)|hands (?:around"
    r"|on) (?:my"
    r"|her|his) (?:neck|throat)|tied up|hostage|banging on|pounding on|kick\w* (?:me|her|him|the"
    r" door"
    r"|in)|punch\w* (?:me|her|him|us|my)|hit (?:me|her|him|us)(?! up)|hurting (?:me|us|her|him)"
    r"|screaming at|chasing|grabbed (?:me|her|him|my)|dragg\w*|demand\w* (?:the |my |our )?(?:cash"
    r"|money)|attack\w*|beat\w* (?:me|her|him|us)|smashed|shov\w* (?:me|her|him)|violent|will not"
    r" let (?:me|us|her) (?:go|leave|out)|swinging at|choking|in fear of",
    "foe": r"my ex|ex (?:husband|boyfriend|wife|girlfriend)|boyfriend|husband|step ?dad|stepfather"
    r"|(?:a|some|this|the) (?:man|men|guy|guys|stranger|dude)|somebody|someone|intruder|burglar"
    r"|neighbou?r|roommate|my dad|gang|they have got|they have",
    "inside": r"downstairs|upstairs|in (?:my|the|our) (?:house|home|garage|yard|basement|apartment)"
    r"|at (?:my|the) (?:door|window)|behind the|in the (?:closet|bathroom)|outside my|broke in"
    r"|hiding"
    r"|crawl\w* through|window|lobby|back door|front door|parking lot|show(?:ed|ing) up",
    # Things.
    "smoke": r"smoke|flames?|fire|burn(?:ing|ed|s)?|sparks?|sparking|ablaze|melt\w*|charred",
    "spread": r"spread\w*|next door|fill\w*|everywhere|trapped|cannot get out|went up"
    r"|upstairs|hallway|walls?|ceiling|wires?|outlet|panel|grease|out of control|getting (?:bigger"
    r"|worse)|whole (?:house|building|place|apartment|kitchen)|evacuat\w*|engulf\w*|curtains?",
    "fumes": r"gas|propane|fumes|carbon monoxide|co|rotten eggs?|sulfur|hissing",
    "leak": r"smell\w*|stink\w*|reek\w*|hiss\w*|leak\w*|dug into|ruptur\w*|punctur\w*|backhoe"
    r"|excavator"
    r"|left on|odou?r|screaming|beep\w*|going off|went off|whistl\w*|meter is",
    # Fear.
    "cry": r"oh (?:my )?(?:god|gosh|lord)|jesus|please (?:help|hurry|come|send)|help me|help us"
    r"|help him"
    r"|help her|hurry|come quick\w*|quick\w*|somebody help|right now|right away|terrible happened"
    r"|something (?:terrible|horrible|awful|bad)|call someone|get someone|i am scared|we are scared"
    r"|what do i do|911|ambulance|paramedic\w*",
    "worsening": r"getting worse|suddenly|all of a sudden|out of nowhere|just (?:now|happened|fell"
    r"|went"
    r"|started|collapsed)|minutes ago|still (?:bleeding|not|unconscious|inside|here)|keeps?"
    r" (?:passing"
    r"|throwing|bleeding|fading)|now (?:he|she|i|my|we|his|her|it)|and now",
}
# Which signs together are an alarm, and of which kind.
ALARMING: tuple[tuple[str, tuple[str, ...]], ...] = (
    *(
        ("medical", tuple(pair.split(", ")))
        for pair in (
            "air, skin",
            "air, swelling",
            "air, mind",
            "air, trigger",
            "air, cry",
            "air, heart",
            "swelling, trigger",
            "skin, heart",
            "skin, mind",
            "skin, trigger",
            "skin, gone",
            "skin, under",
            "skin, ache, cry",
            "heart, ache",
            "heart, mind",
            "heart, cry",
            "mind, cannot",
            "mind, taking",
            "mind, fever",
            "mind, cry, worsening",
            "cannot, gone",
            "cannot, cry",
            "blood, wounding",
            "blood, mechanism",
            "blood, birth",
            "blood, cry",
            "blood, mind",
            "blood, gone",
            "blood, worsening",
            "blood, tool",
            "tool, wounding, body part",
            "mechanism, gone",
            "mechanism, cry",
            "mechanism, cannot",
            "mechanism, body part",
            "mechanism, wounding",
            "mechanism, child, water",
            "water, under",
            "drug, taking, child",
            "drug, taking, mind",
            "drug, taking, cry",
            "drug, taking, cannot",
            "birth, cannot, cry",
            "birth, mind, ache",
            "fever, child",
            "gone, child",
            "gone, cry",
        )
    ),
    ("self_harm", ("end", "farewell")),
    ("self_harm", ("end", "means")),
    ("self_harm", ("means", "farewell")),
    ("violence", ("arms", "attack")),
    ("violence", ("arms", "foe")),
    ("violence", ("arms", "inside")),
    ("violence", ("attack", "foe")),
    ("violence", ("attack", "cry")),
    ("fire", ("smoke", "spread")),
    ("fire", ("smoke", "cry")),
    ("gas", ("fumes", "leak")),
)
# Whoever plans a visit, or plays it down, needs more than signs to alarm us.
CALM = (
    r"appointments?|book\w*|schedul\w*|reschedul\w*|check ?ups?|cancel\w*|quote|estimate|price|cost"
    r"|how much|hours|do you|are you|can i (?:get|have|bring|come|see|pay|use|book|start)|could i"
    r"|would like|i d like|looking for|interested|next (?:week|month|year|time)|tomorrow|yesterday"
    r"|last night|this week|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday|for"
    r" (?:a few |some |\w+ )?(?:days|weeks|months|years)|a (?:little|bit|tiny)|slight\w*|mild\w*"
    r"|minor|small|just a|sometimes|usually|normally|mornings|lately|often|when i|if i|recommend"
    r"|order|deliver\w*|sale|buy|rent\w*|party|wedding|game|movie|cleaning|repair\w*|replac\w*"
    r"|removal|remove|treatment|service|refill|copy of|haha|lol|thanks|thank you|is it|is there a"
    r"|when is|what time|what is|where|fill out|form|website|app|email|account|bill|invoice"
    r"|carpet|stain|paint|recipe|menu|restaurant|flavor|taste|food|delicious|hair|dye|movie"
)
