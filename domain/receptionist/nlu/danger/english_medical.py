"""What people say in English when somebody's body fails."""

_HIS = r"(?:my|his|her|their|our|the|your|one)"
_GAP = r"(?:\w+ ){0,3}"
_CANNOT = (
    r"(?:cannot|can not|could not|can (?:barely|hardly|scarcely)|unable to|not able to|barely"
    r"|hardly|struggl\w+|trouble|difficult\w*|hard time|hard to|hard for|fight\w*|problems?"
    r"|labou?r\w*|stopped|stops|quit|no longer|never|not|with ?out|forgot how to)"
)
_BODY = r"(?:arms?|legs?|hand|side|half|foot|body|limbs?)"
_KIN = (
    r"(?:he|she|they|him|her|them|man|woman|guy|lady|person|kid|child|boy|girl|baby|infant|newborn"
    r"|toddler|son|daughter|dad|father|mom|mother|husband|wife|partner|brother|sister|friend"
    r"|grand\w+|roommate|coworker|colleague|neighbou?r|patient|customer|uncle|aunt|cousin|student"
    r"|boyfriend|girlfriend|who|somebody|someone|everyone|year old|year olds?|resident|guest)"
)
_TOXIC = (
    r"(?:bleach|batter(?:y|ies)|pills?|tablets?|medicine|meds|medications?|poison\w*|cleaner"
    r"|detergent|chemicals?|antifreeze|coin|magnets?|mushrooms?|pods?|fluid|gasoline|lye|drano"
    r"|ammonia|acid|nicotine|edibles?|gumm(?:y|ies)|fentanyl|heroin|ecstasy|molly|meth|cocaine"
    r"|vodka|whisk(?:e)?y|pesticide|rat bait|laundry|opioids?|drugs|tylenol|paracetamol|xanax"
    r"|oxy\w*|weed killer|paint thinner|bead|marble|needle|nail|glass|lego|perfume|turpentine"
    r"|disinfectant|sanitizer|iron|vitamins)"
)
_HARD = (
    r"(?:bad|badly|severe\w*|heav\w+|profuse\w*|a lot|lots|everywhere|to death|too much|so much"
    r"|like crazy|uncontroll\w+|all over|hard|fast|really)"
)

MEDICAL = (
    # Breath.
    rf"{_CANNOT} (?:to )?{_GAP}(?:breath\w*|get (?:any |enough )?(?:air|oxygen)|inhale)",
    rf"{_CANNOT} (?:to )?{_GAP}(?:catch\w*|get\w*) {_HIS} breath",
    r"breath\w* (?:is |has |sounds? |are )?(?:\w+ ){0,2}(?:funny|weird\w*|strange\w*|shallow\w*"
    r"|wrong|stopped|rapid\w*|noisy|raspy|gurgl\w*|rattl\w*|labou?red|odd\w*|slow\w*|bad)",
    r"short(?:ness)? of breath|gasp\w*|suffocat\w*|(?:no|any|enough) oxygen|wheezing (?:bad|so)\w*",
    rf"(?:lips?|fingers|fingertips|{_KIN}) (?:is |are |has |looks? )?(?:\w+ )?(?:turn\w* |go\w* "
    r"|all |getting )?(?:blue|purple)|(?:turn\w*|gone|going) (?:blue|purple)(?! hair)",
    rf"{_KIN} (?:is |looks? )(?:all )?(?:gr[ae]y|ashen|white as)(?! hair)",
    rf"(?:asthma|panic) attack|inhaler {_GAP}not|inhaler {_GAP}(?:empty|nothing)",
    # Heart.
    r"(?:chest|breastbone|heart) (?:\w+ ){0,5}(?:pain\w*|hurt\w*|tight\w*|pressure|heav\w*"
    r"|crush\w*|squeez\w*|ach(?:es?|ing)|killing|elephant|burning|discomfort|exploding|stabbing"
    r"|sitting on)",
    r"(?:pains?|tight\w*|pressure|crush\w*|squeez\w*|elephant|weight|ach(?:es?|ing)|hurts?|hurting"
    r"|stabbing|burning|discomfort|clutch\w*|grabb\w*|holding|clench\w*|cramp\w*)"
    r" (?:\w+ ){0,5}(?:chest|heart|left arm)(?! of)|(?:clutch|grabb|hold)\w* (?:at )?(?:his|her"
    r"|their) throat",
    r"(?:bleed|soak)\w* through|(?:cannot|not) (?:get|make) (?:him|her|them|it|my \w+) (?:to"
    r" )?(?:wake|respond"
    r"|answer|breathe|awake|up(?= ?$| \.| and| he| she))|inhal\w* (?:\w+ ){0,4}(?:fumes|smoke|gas"
    r"|bleach"
    r"|chemicals?)|words (?:are )?com\w* out wrong|cannot (?:get (?:my|his|her) words out|find"
    r" (?:my"
    r"|his|her) words)|(?:is|got|are|am) (?:pinned|crushed|trapped|buried)|(?:hit|struck) by"
    r" lightning",
    r"(?:cannot stop|i am|she is|keeps?) pushing|skin is (?:\w+ )?(?:blister\w*|bubbling|melting)"
    r"|hot oil (?:all over|on)|having (?:some|a) (?:kind|sort|type) of (?:\w+ )?(?:fit|attack"
    r"|episode"
    r"|seizure|reaction)|(?:took|taken|swallowed|ate|popped) (?:\w+ ){0,3}(?:ten|twelve|fifteen"
    r"|twenty"
    rf"|thirty|forty|fifty|sixty|\d\d+)(?: \w+)? (?:of )?{_TOXIC}(?! mg)",
    r"(?:left|right) arm (?:\w+ ){0,3}(?:hurt\w*|pain\w*|numb|tingl\w*)",
    r"heart attack|cardiac arrest|heart (?:has |just |is )?(?:\w+ )?(?:stop\w*|racing|pounding"
    r"|failing|fluttering|giving out)|coronary|going into shock",
    r"no pulse|not (?:have|got) a pulse|cannot (?:find|feel|get) (?:a|his|her|any|the) pulse",
    r"(?:do|need\w*|doing|start\w*|know) cpr|defibrillator (?:now|quick)|is choking",
    # Stroke, fits, consciousness.
    r"(?:having|had|has|have|is|a|be|of a|another|mini|like a) (?:\w+ )?strokes?(?! of)",
    r"(?:face|mouth|eye|smile) (?:\w+ ){0,3}(?:droop\w*|sag\w*|hanging|lopsided|crooked|fallen)"
    r"|droop\w* (?:on )?(?:one|his|her|my)",
    r"slurr\w*|(?:talking|speaking) (?:gibberish|nonsense|funny|strange\w*|weird\w*)",
    rf"not mak\w* (?:any |much )?sense|{_KIN} (?:is |are |seems? )?(?:\w+ )?(?:confused|delirious"
    r"|disoriented|incoherent) (?:and|all)",
    rf"{_KIN} (?:just |suddenly )?(?:cannot|could not) (?:talk|speak|stand|walk|swallow|see|hold"
    r"|lift|move)(?= ?$| \.| (?:and|or|anything|at all|properly|right|now|well|he|she|his|her"
    r" (?!app)"
    r"|straight|any ?more|water|because)\b|$)",
    rf"(?:cannot|not able to|unable to) (?:feel|move|lift|raise|use) {_GAP}{_BODY}",
    rf"{_BODY} (?:of {_HIS} \w+ )?(?:\w+ ){{0,3}}(?:numb|paraly[sz]ed|droop\w*|weak|limp)"
    r"(?! from| after)|(?:whole|one|left|right) side (?:\w+ ){0,4}numb",
    r"sudden\w* (?:\w+ ){0,5}(?:numb\w*|weak\w*|blind\w*|cannot see|cannot speak|cannot talk"
    r"|confus\w*|lost (?:my |his |her )?(?:sight|vision))|numb (?:\w+ ){0,4}sudden\w*",
    r"cannot see (?:out of|from|anything|at all)|lost (?:my|his|her) (?:sight|vision)"
    r"|seeing double|(?:worst|thunderclap) headache",
    r"seizures?|convuls\w*|seizing|foam\w* at|(?:is|are) having a fit"
    r"|shak\w* (?:uncontroll\w*|violent\w*|all over)|eyes (?:\w+ )?rolled",
    r"unconscious\w*|(?:barely|semi|lost|losing|lose|out of|not) conscious\w*|unresponsive"
    rf"|not (?:\w+ )?respond\w*(?! to (?:{_HIS} )?(?:e ?mails?|texts?|messages?|calls?))"
    r"|(?:will|does) not (?:respond|react|answer me|open (?:his|her) eyes)",
    r"(?:passed|passing|pass|blacked|blacking|black|knocked|out) out cold|(?:passed|passing|pass"
    r"|blacked|blacking|black) out(?! (?:flyers|cards|candy|samples|the|some|invitations|coupons|a"
    r"|our))|faint(?:ed|ing|s)?|out cold|keel\w* over",
    r"collaps\w*(?! into)|(?:dropped|crumpled|fell|slumped) (?:\w+ )?(?:to|on|onto) the"
    r" (?:floor|ground)|went (?:limp|down)",
    r"(?:cannot|could not|not|hard to|will not|never|unable to) (?:seem to )?(?:wak\w*|awake\w*"
    r"|rous\w*)(?: up)?(?! (?:up )?(?:early|before|at|in time))",
    rf"{_KIN} (?:\w+ ){{0,6}}(?:not mov\w*|stopped moving|limp|floppy|lifeless|stiff and)",
    rf"{_KIN} (?:is |are )?(?:just )?(?:lying|laying|down|face down|passed out|out|sprawled)?"
    r" ?on the (?:floor|ground|sidewalk|pavement|street|road|kitchen floor|bathroom floor)",
    rf"{_KIN} (?:\w+ ){{0,4}}(?:fell|fallen|fall) (?:\w+ ){{0,4}}(?:cannot get up|not get up"
    r"|cannot stand|not moving|head|bleeding|unconscious)",
    r"(?:i |he |she |they )?fell (?:\w+ )?(?:off|from|down|out of) (?:\w+ ){0,2}(?:roof|ladder"
    r"|stairs|balcony|window|tree|scaffold\w*|horse|building|steps|cliff|bridge)",
    # Throat, allergy, poison.
    r"chok(?:e|es|ed|ing)(?! up)|stuck in (?:his|her|my|the|their) (?:throat|airway|windpipe)",
    r"(?:throat|tongue|airway|windpipe) (?:\w+ ){0,2}(?:clos\w*|swell\w*|swollen|tight\w*|block\w*"
    r"|shut)|swell\w* (?:\w+ ){0,3}(?:throat|tongue|airway)|(?:lips|face|eyes) (?:are |is )?"
    r"swell\w* (?:up|shut) (?:\w+ )?(?:cannot|and)",
    r"(?:severe|bad|serious|having|has|had|have) (?:\w+ ){0,3}allergic reaction|anaphyla\w+"
    r"|(?:used|using|gave|stabbed|need\w*) (?:\w+ ){0,3}epi ?pen (?:and|but|now|quick|has|is)"
    r"|allergic reaction|epi ?pen(?: \w+){0,2} (?:not|did)",
    r"(?:swallow\w*|drank|drunk|ate|eaten|ingest\w*|inhaled|licked|got into|gotten into"
    rf"|chew\w*)(?: up)? (?:\w+ ){{0,5}}{_TOXIC}",
    r"drinking (?:\w+ )?(?:bleach|antifreeze|cleaner|poison|chemicals?)|bleach in (?:his|her|my)",
    r"(?:took|taken|taking|swallowed|had|ate|eaten|popped) (?:\w+ ){0,2}(?:too many|too much"
    r"|a bunch of|a handful of|a whole (?:bottle|box|pack)|the wrong|double the|entire bottle)"
    rf" ?(?:\w+ ){{0,3}}{_TOXIC}",
    r"took (?:something|fentanyl|heroin|meth|molly|ecstasy|acid|cocaine|some bad|a bad)"
    r"|(?:using|doing|shot up|snorted|smoked|on) (?:fentanyl|heroin|meth|crack|cocaine|pcp)",
    r"overdos\w*|o ?d ?ed|od(?: d|ing)|(?:been|was|be|got|is|food|am) poison\w*|alcohol poisoning"
    r"|narcan|naloxone",
    # Blood and injuries.
    rf"bleed\w* (?:\w+ ){{0,3}}{_HARD}|bleed\w* (?:\w+ ){{0,6}}(?:will not|does not|not|cannot)"
    r" (?:\w+ ){0,2}(?:stop\w*|slow\w*|quit)|bleeding out",
    r"bleed\w* from (?:\w+ ){0,2}(?:head|neck|ears?|eyes?|stomach|mouth and|wrist|artery)"
    r"|bleed\w* (?:\w+ ){0,4}(?:faint|dizzy|pregnant|weak)|internal\w* bleed\w*",
    r"(?:cannot|will not|does not|not|unable to|could not) (?:\w+ ){0,4}(?:bleed\w*|blood)"
    r"(?: \w+)? (?:to )?stop|(?:cannot|will not|does not|not|unable to) (?:\w+ )?stop (?:\w+ ){0,2}"
    r"(?:bleed\w*|blood)|severe bleeding|heavy bleeding|hemorrhag\w*|haemorrhag\w*",
    r"pregnan\w* (?:\w+ ){0,5}(?:bleed\w*|blood)|miscarr\w*",
    r"blood (?:\w+ ){0,3}(?:everywhere|all over|spurting|gushing|pouring|squirting|not stop\w*"
    r"|will not stop|loss)|(?:lots? of|so much|too much|pool of|losing|lost|covered in|full of"
    r"|a ton of|spurting|gushing|pouring|squirting|vomit\w*|throw\w* up|cough\w*(?: up)?|spit\w*"
    r"|puk\w*|pe+ing|pooping) (?:\w+ ){0,3}blood",
    rf"(?:cut|cutting|sliced?|chopped|severed|tore|ripped|sawed|took|lost|bit) (?:\w+ )?{_HIS}"
    r" (?:\w+ ){0,3}(?:off|wrists?|artery|throat)|(?:severed|lost|amputat\w*)"
    rf" {_HIS} (?:\w+ )?(?:finger|hand|toe|arm|leg|thumb|foot)|amputat\w*",
    r"cut (?:my|him|her)self (?:\w+ )?(?:bad\w*|deep\w*|really|pretty)|(?:deep|gaping|big) (?:cut"
    r"|wound|gash)|stab wound|gunshot wound|impaled|it is deep",
    r"(?:finger|hand|toe|arm|leg|thumb|foot) (?:\w+ ){0,3}(?:cut off|chopped off|came off"
    r"|got cut off|ripped off|crushed|caught in)",
    r"(?:hit|hits|banged|smashed|bumped|cracked) (?:my|his|her|their) head|head injury"
    r"|head trauma|crack\w* (?:his|her|my) skull|broken (?:neck|back|hip)|broke (?:my|his|her)"
    r" (?:neck|back|hip)|(?:neck|back|hip) (?:looks |is |might be |may be )broken",
    r"bone (?:\w+ ){0,3}(?:sticking|poking|showing|through|coming)|electrocut\w*"
    r"|(?:got|been|was) (?:shocked|crushed|trampled|struck by lightning)|electric shock",
    r"(?:badly|severely|seriously|really|very) (?:burn\w*|hurt|injured|wounded|sick and)"
    r"|burn\w* (?:\w+ ){0,4}(?:all over|severe\w*|badly|third degree|skin)|scald\w*"
    r"|skin is (?:\w+ )?(?:coming|melting|hanging)|third degree",
    r"caught in (?:the|a) (?:machine|mower|saw|press|blender|grinder|conveyor)"
    r"|(?:through|in) (?:his|her|my|the) eye(?:s|ball)?(?: and)?(?! (?:exam|doctor|drops))"
    r"(?= (?:and|cannot|it|i|he|she|burning)|$)",
    r"(?:run|ran) over (?:\w+ )?(?:in|by|my|him|her|a (?:kid|child|person|man|woman))"
    r"|(?:got|been|was|just) run over|(?:hit|struck) by a (?:car|truck|bus|train|vehicle|bike)"
    r"|(?:car|truck|bus|driver|vehicle) (?:just )?(?:hit|struck|ran over|ran into|plowed into)"
    r" (?:\w+ )?(?:somebody|someone|him|her|me|kid|child|person|pedestrian|man|woman|people|boy"
    r"|girl|cyclist|crowd)",
    r"(?:terrible|horrible|serious|awful|bad|fatal|major) (?:\w+ )?(?:accident|crash|wreck)"
    r"|(?:we|i|they|he|she) (?:have )?(?:just )?(?:crashed|wrecked)(?! (?:at|on|out))"
    r"|trapped (?:in|under|inside|upstairs|and)|pinned (?:under|down)",
    rf"(?:{_KIN}|somebody) (?:is|are|got|has been|was just)(?: really| very)? (?:hurt|injured"
    r"|wounded)|people are hurt",
    r"drown\w*|bottom of the (?:pool|lake|tub|bath)|(?:pulled|got) (?:him|her|them) out of the"
    r" (?:pool|water|lake|river|tub)|face down in the (?:water|pool|tub)",
    r"(?:snake|rattlesnake|scorpion|black widow|shark) (?:bit\w*|sting|stung)|bitten by a"
    r" (?:\w+ )?(?:snake|rattlesnake|spider|shark)|rattlesnake",
    r"(?:appendix|spleen|ulcer|ear ?drum|aneurysm|hernia|organ) (?:\w+ ){0,2}(?:burst|ruptur\w*)"
    r"|(?:stomach|abdom\w+|belly|side|back|head) (?:\w+ ){0,4}(?:so bad|unbearable|excruciating"
    r"|unbelievable) (?:\w+ ){0,3}(?:pass|faint|vomit|stand|breathe|move|scream)\w*"
    r"|(?:eyes?|head|neck|ears?|stomach|port|artery|face) (?:is |are |keeps )?(?:\w+ )?bleeding",
    r"(?:boiling|scalding|hot) (?:water|oil|coffee|tea|soup|grease|wax) (?:\w+ ){0,4}(?:on|onto"
    r"|over)"
    r" (?:\w+ )?(?:him|her|me|my|his|them|himself|herself|myself|the baby)|(?:rolled|fell|fallen)"
    r" off (?:the|a|my|our) (?:bed|couch|changing table|sofa|counter|crib) and"
    r"|after hit\w* (?:his|her|my) head|(?:trouble|hard time|difficulty) staying awake"
    r"|cannot stand up|vomit\w* (?:and|non ?stop) (?:\w+ ){0,5}(?:sleepy|confused|limp|not wak\w*)",
    r"(?:put|slipped|spiked) (?:something|a drug|drugs) in(?:to)? (?:my|her|his) drink|roofied"
    r"|been drugged|spiked my drink|(?:scream|yell|call|cry)\w* for help|blood pressure is (?:\w+ )"
    r"{0,2}(?:1[89]\d|2\d\d)|(?:terrible|severe|awful|horrible|splitting) headache and (?:\w+"
    r" ){0,4}"
    r"(?:vision|numb|confus\w*|vomit\w*|see)|baby (?:has |is )?not mov\w*|not felt the baby",
    # Birth, sugar, fever.
    r"waters? (?:has |have |just )?(?:broke|broken|breaking)(?! down)|(?:baby|babies) (?:is|are)"
    r" (?:\w+ )?(?:coming|crowning|being born)(?! (?:in|for|to|at|with|along|on|by)\b)|baby is head"
    r"|(?:in|into|having) (?:active |early )?labou?r(?! day)|contractions|giving birth|crowning",
    r"sugar (?:\w+ ){0,4}(?:low|crash\w*|dropp\w*|twenty|thirty|forty|2\d|3\d|4\d|pass out)"
    r"|diabet\w* (?:\w+ ){0,6}(?:shock|coma|sense|wake|confused|pass\w*|unconscious|shaking)"
    r"|hypoglyc\w* (?:\w+ ){0,3}(?:now|episode)|insulin shock",
    r"(?:baby|infant|newborn|toddler|child)(?: \w+){0,6} (?:limp|floppy|not feed\w*|high fever"
    r"|1\d\d|hundred and (?:four|five|six))|fever (?:of )?(?:10[4-9]|a hundred and (?:four|five"
    r"|six)|one oh (?:four|five|six))|meningitis|stiff neck and|sepsis|septic|heat ?stroke"
    r"|hypotherm\w*|ice cold|will not talk(?: to me)?|burning up and|frost ?bit\w*",
    # Death, and calls for help.
    rf"(?:{_KIN}|i|we|people|am|is|are) (?:am |is |are )?(?:gonna |going to |about to )?(?:dying"
    r"|die)(?! (?:to|for|over|of|laughing))|(?:think|afraid|is|might be|looks) (?:\w+ )?dead"
    r"(?! (?:serious|set|tired|end|line|battery|sure|wrong|ringer))",
    r"(?:call|get|need|needs|send|dial|want|phone|ring) (?:\w+ ){0,5}(?:ambulance|paramedics?"
    r"|911|999|112|nine one one|nine one|nine eleven|nine nine nine|9 1 1|9 9 9|1 1 2|ems|medics?"
    r"|emergency services|emts?|first responders)",
    r"something (?:is )?(?:\w+ )?wrong with (?:my|our) (?:dad|father|mom|mother|husband|wife|son"
    r"|daughter|baby|grand\w+|brother|sister|kid|child)|save (?:him|her|my \w+)",
    r"(?:feel\w* like|about to|going to|gonna) (?:i am )?(?:about to |going to )?(?:pass out|faint"
    r"|black out|collapse)|vital signs|flatlin\w*",
)
