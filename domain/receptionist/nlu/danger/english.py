"""What people say in English in danger, and what only sounds like it."""

from domain.plain import words_of
from domain.receptionist.nlu.danger.english_medical import MEDICAL
from domain.receptionist.nlu.danger.words import Words

_GAP = r"(?:\w+ ){0,3}"
_SELF = r"(?:my ?self|him ?self|her ?self|them ?sel(?:f|ves))"
_THEM = (
    r"(?:me|us|him|her|them|you|someone|somebody|everyone|everybody|people|himself|my \w+(?: \w+)?"
    r"|a (?:\w+ )?(?:man|woman|girl|boy|kid|child)|the kids|our \w+)"
)
_WEAPON = r"(?:guns?|knife|knives|weapons?|shotgun|rifle|pistol|machete|handgun|firearm|axe|bat)"
_BURNING = (
    r"(?:on fire|burning(?: down| up)?|in flames|ablaze|engulfed|up in smoke|smoking|smouldering)"
)
_THING = (
    r"(?:house|home|kitchen|building|office|apartment|flat|room|oven|stove|car|truck|van|roof|it"
    r"|curtains?|place|garage|shed|dryer|outlet|socket|barn|attic|basement|wall|walls|bed|couch"
    r"|sofa|carpet|clothes|hair|shirt|stairs|panel|box|breaker|wires?|wiring|bedroom|neighbors?"
    r"|store|shop|microwave|toaster|grill|deck|fence|yard|field|forest|something|everything|tree"
    r"|trees|engine|battery|heater|furnace|restaurant|school|ceiling|floor|pan|grease|oil)"
)

SELF_HARM = (
    rf"(?:kill\w*|hurt\w*|harm\w*|cutt?(?:ing)?|hang\w*|shoot\w*|starv\w*|stab\w*|drown\w*) {_SELF}"
    r"(?! (?:shaving|cooking|playing|at|on|in|doing|lifting|while|slack|short|with a))",
    r"suicid\w*|(?:end|ending|ended|take|taking|took|taken) (?:it all|it tonight|it now"
    r"|(?:my|his|her|their) (?:own )?li(?:fe|ves))|(?:ending|end) it(?= ?(?:$|\.))",
    r"(?:not|no longer|never|longer) (?:really )?(?:want|wanna|wish) (?:to )?(?:live|be alive"
    r"|be here any ?more|be here any longer|wake up|exist|go on|keep living|keep going|be around)",
    r"(?:want|wants|ready|plan\w*|prefer|rather|hoping) (?:to )?(?:just )?(?:die|be dead"
    r"|disappear forever|end it)(?! (?:my|her|his|the|it) )|(?:end|ending)"
    r" (?:everything|my (?:pain|suffering|misery))|(?:nobody|no one) (?:would|will) (?:even"
    r" )?(?:care"
    r"|notice|miss me)|done with (?:life|living|this life)|(?:would|will) all be over|(?:drive"
    r"|crash"
    r"|swerve|run) (?:my car )?into (?:a|the) (?:tree|wall|pole|traffic|oncoming)|wish (?:i|he|she)"
    r" (?:was|were|would|had) (?:\w+ )?(?:dead|die|gone"
    r"|died|never|not wake)",
    r"better off (?:dead|without (?:me|him|her)|if i)|world would be better",
    r"(?:no|any|not|a) (?:\w+ ){0,2}(?:reason|point|purpose) (?:\w+ ){0,3}(?:live|living|go on"
    r"|going on|alive)|(?:nothing|not anything) (?:\w+ )?(?:to )?live for",
    r"(?:cannot|can not|not) go on(?! (?:line|the|to|a|vacation|holiday|tuesday|monday))"
    r"|(?:cannot|not) (?:take|do) (?:it|this|life) any ?more(?= |$)(?! (?:with|from))",
    r"life is (?:not|never) worth|not worth living|tired of (?:living|being alive|life)",
    r"(?:jump|jumping|throw (?:my|him|her)self) (?:off|in front of|from|out)|going to jump",
    r"(?:took|swallowed|taken|ate) (?:all|a (?:whole )?bottle of|the whole bottle|every)"
    r" ?(?:of )?(?:my |the |his |her |those )?(?:\w+ )?(?:pills|tablets|meds|medication|tylenol"
    r"|sleeping pills|bottle)?",
    r"pills (?:\w+ )?(?:in front of me|in my hand)|on purpose and|overdosed? on purpose",
    r"(?:cut|slit|slash|cutting|slitting|slashed) (?:\w+ )?(?:my|his|her) wrists?",
    r"not safe with my ?self|(?:will not|not) be (?:around|here) (?:any ?more|much longer|tomorrow)"
    r"|this is (?:my )?goodbye|goodbye (?:note|letter|forever)|never wake up|not wake up tomorrow",
    r"self harm\w*|might do something|do something (?:stupid|bad|terrible) to my ?self|(?:not"
    r"|never) (?:feel )?safe (?:with|from|by)"
    r" my ?self|(?:she|he) (?:will|would|is going to) do it",
)
VIOLENCE = (
    r"(?:has|have|had|got|with|holding|pulled|waving|pointing|brought|carrying|swinging|there is)"
    rf" (?:\w+ )?(?:a |an |the |two )?(?:\w+ )?{_WEAPON}(?! (?:for sale|sharpen\w*|skills|safe"
    r"|class|rental|permit|license|cleaning|set|holder))",
    r"(?:been|being|was|were|got|get|getting|is|are|just) (?:\w+ )?(?:shot|stabbed|attacked"
    r"|assaulted|robbed|mugged|raped|beaten|beat up|held hostage|kidnapped|jumped|strangled"
    r"|abducted|molested|shooting at)(?! (?:by the flu|of))",
    r"(?:hit|hits|hitting|beats?|beating|(?<!under )attack\w*|chok(?:ed|ing|es)|strangl\w*"
    r"|punch\w*"
    rf"|kick(?:ed|ing)|slapp\w*|hurting|abus\w*|assault\w*|stabb\w*|raping|raped|molest\w*) {_THEM}"
    r"(?! (?:up|with (?:a|the|that)|to))",
    r"(?:going to|gonna|threat\w*(?: to)?|wants? to|will|tried to|trying to|says? (?:he|she) will"
    rf"|coming to|about to) (?:\w+ )?(?:kill|hurt|shoot|stab|rape|murder|blow up) {_THEM}"
    r"(?! (?:with kindness|if))",
    rf"threat\w* (?:to )?{_THEM}|threaten\w* (?:\w+ )?with|death threats?",
    r"(?:break\w*|broke|get|getting|came|come|kick\w*|smash\w*|climb\w*) (?:in|into|down|through)"
    r" (?:\w+ )?(?:in(?:to)? )?(?:my|the|our|her) (?:\w+ )?(?:house|home|apartment|flat|door"
    r"|window|room|place)",
    r"(?:someone|somebody|a man|a guy|intruder|burglar|stranger|they|he|ex) (?:is |are |just )?"
    r"(?:\w+ ){0,3}(?:breaking in|broke in|trying to (?:get|break) in|inside (?:my|the|our)"
    r" (?:house|home|apartment|flat|room)|still here|still inside)",
    r"(?:hiding|locked) (?:\w+ ){0,4}(?:closet|bathroom|bedroom|attic|room|car) (?:\w+ ){0,3}"
    r"(?:he|she|someone|somebody|they|man|gun|house)",
    r"(?:think|swear|hear|know) (?:that )?(?:there is )?(?:someone|somebody) (?:is )?(?:downstairs"
    r"|upstairs"
    r"|in|outside|at|inside|walking)|(?:someone|somebody|a man|a stranger) is in (?:my|our)"
    r" (?:house|home"
    r"|room|garage|apartment|yard|basement|attic)|hands? (?:around|on) (?:my|her|his) (?:neck"
    r"|throat)"
    r"|point\w* (?:something|it|that|a \w+) at (?:me|us|him|her)|tied up|(?:they|he|she) (?:have"
    r"|has)"
    r" (?:got )?(?:my|our) (?:sister|brother|wife|husband|mom|dad|kids?|son|daughter)(?! (?:app"
    r"|chart))",
    r"intruders?|active shooter|shooter|shots? (?:\w+ )?fired|gun ?shots?(?! wound (?:care|clinic))"
    r"|gun ?fire|shooting (?:in|at|outside|here|going)|domestic violence|hostages?|drive by",
    r"(?:won(?:t)?|will|would) not let (?:me|us|her) (?:leave|go|out)",
    r"(?:is|are) (?:\w+ )?(?:fighting|stabbing|shooting|robbing)(?! (?:a cold|over|about|for))",
    r"robbery|hold ?up in progress|car ?jack\w*|(?:we|i) (?:am|are) (?:being )?(?:robbed|followed"
    r"|threatened|stalked|attacked|chased)|(?:is|are|been) (?:following|chasing|stalking) me",
    r"(?:took|grabbed|stole|snatched|kidnapped|abducted|got) (?:my|a|the|our) (?:\w+ )?(?:baby"
    r"|daughter|son|child|kids?|girl|boy|children)(?: and|$| from| \.)|kidnap\w*",
    r"bomb(?: threat)?(?! squad game)|(?:call|get|send|need|want|phone|dial) (?:\w+ ){0,3}(?:the"
    r" )?(?:police|cops|sheriff)(?! (?:report|department|station|clearance|check))",
)
FIRE = (
    rf"{_THING} (?:\w+ )?(?:is |are |has |just |got |am )?(?:\w+ )?{_BURNING}",
    r"(?:there is(?! no)|we have(?! no)|i have(?! no)|got|a|have(?! no)|see|is a|big|small|wild"
    r"|electrical|grease|kitchen"
    r"|house|brush|started a) (?:an? )?(?:\w+ )?fire(?! ?(?:place|pit|alarm|drill|works?|wood"
    r"|extinguisher|inspect\w*|marshal|station|truck|door|escape|safety|sale|damage|insurance"
    r"|claim|stick|hydrant|sprinkler|code|exit|hall|roasted|department|fighter|sign|wall))",
    r"(?:caught|catch\w*|set|sets|setting) (?:\w+ )?(?:on )?fire|flames?|wild ?fire|brush fire"
    r"|fire fire|fire(?= help)|went up in",
    r"(?:smoke|sparks?|flames?) (?:\w+ )?(?:everywhere|coming|filling|pouring|billowing|shooting"
    r"|flying|from|out of|in the (?:house|hall\w*|room|kitchen|building|apartment|attic|basement"
    r"|air))|(?:lots? of|black|thick|so much|too much) (?:\w+ )?smoke|full of smoke",
    r"(?:smell\w*|see|seeing|smells like|there is|is) (?:of )?(?:\w+ )?(?:smoke|burning|something"
    r" burning|sparks)(?! (?:alarm|detector|free|shop|test|damage))",
    r"(?:fire|smoke) (?:alarm|detector)s? (?:\w+ )?(?:going|went|ringing|sounding|blaring"
    r"|screaming)|(?:call|get|send|need) (?:\w+ ){0,2}fire (?:department|brigade|dept|service|truck"
    r"|fighters?)",
    r"explosion|explod\w*|blew up|blown up|sparking|electrical fire|(?:sparks?|smoke) (?:\w+ )?"
    r"(?:from|out of)|burning smell|something (?:is )?burning|(?:cannot get out|trapped)"
    r" (?:\w+ ){0,5}(?:fire|burning|smoke)",
)
GAS = (
    r"gas leak\w*|leak\w* (?:of )?(?:gas|propane)|(?:gas|propane) (?:\w+ ){0,2}(?:leak\w*|escap\w*"
    r"|hiss\w*|odou?r|smell\w*|fumes|reek\w*|stink\w*|left on)|hiss\w* (?:\w+ ){0,3}gas",
    r"(?:smell\w*|smelt|odou?r|stinks?|reeks?|whiff|fumes|scent)(?: \w+){0,4}"
    r" (?:gas|propane|sulfur|rotten eggs?|fumes)(?! station)|rotten eggs?|gas(?:sy)? smell",
    r"(?:cut|hit|broke|ruptur\w*|struck|punctur\w*|damag\w*|nicked|severed) (?:\w+ ){0,2}gas"
    r" (?:line|pipe|main)|gas (?:line|pipe|main) (?:\w+ ){0,3}(?:hit|cut|broke\w*|burst|ruptur\w*)",
    r"carbon monoxide(?: \w+){0,4} (?:going|went|beep\w*|alarm\w*|chirp\w*|sound\w*|poison\w*"
    r"|high|off)|co (?:alarm|detector)(?: \w+){0,3} (?:going|went|beep\w*|off|sound\w*|chirp\w*)",
    r"(?:says?|reads?|showing|detect\w*|smell|have|got|of|is) (?:\w+ )?carbon monoxide"
    r"(?! (?:detector|alarm|monitor|sensor|test|poisoning (?:class|prevent\w*)))",
    r"(?:furnace|boiler|heater|generator) (?:is |was )?(?:\w+ ){0,3}(?:dizzy|sick|headaches?)"
    r"|(?:dizzy|sick|headaches?|sleepy) (?:\w+ ){0,5}(?:furnace|boiler|generator|heater)"
    r" (?:is |was )?(?:on|running)",
)
DENTAL = (
    r"(?:tooth|teeth|crown|filling)(?: \w+){0,4} (?:knocked out|fell out|falling out|came out"
    r"|broken off|got hit|is hanging|was knocked|broke)",
    r"knocked (?:out )?(?:my|his|her|a) (?:\w+ )?(?:tooth|teeth)(?: out)?",
    r"(?:broke|broken|cracked|chipped|lost|snapped) (?:my|a|his|her) (?:\w+ )?(?:tooth|teeth|jaw"
    r"|crown)|abscess\w*|dental emergency",
    r"(?:face|cheek|jaw|gums?)(?: is| are)? (?:\w+ ){0,2}(?:swollen|swelling|swelled|puffed)",
    r"swollen (?:face|cheek|jaw)|swelling (?:in|of) (?:my|his|her) (?:face|jaw|cheek)",
    r"(?:unbearable|excruciating|terrible|severe|extreme|agonizing|agonising|awful|so much|crazy"
    r"|horrible) (?:\w+ )?(?:tooth ?ache|pain|tooth pain)|in agony|pain is (?:\w+ )?(?:unbearable"
    r"|excruciating|killing me)",
    r"(?:gums?|socket|mouth|extraction)(?: \w+){0,3} (?:bleeding|will not stop)",
)
HOME = (
    r"(?:pipes?|main|water main|boiler|tank|water heater|hose)(?: is| has| have| just)? (?:\w+ )?"
    r"(?:burst|bursting|broke|broken)|burst (?:pipe|main|water)|flood(?:ed|ing)",
    r"(?:water|sewage)(?: is)? (?:\w+ )?(?:pouring|gushing|spraying|everywhere|coming (?:through"
    r"|in|out|up)|rising|all over)|sewage (?:backup|backing up|back up|overflow\w*)",
    r"toilet(?: is)? overflowing|(?:plumbing|heating|electrical|water) emergency",
    r"ceiling (?:is |has |just )?(?:collaps\w+|caving|coming down|leaking)",
    r"(?:no|without|lost|not have)(?: any)? (?:heat|heating)(?! (?:map|pad))",
    r"locked out|stuck in (?:the|an) (?:elevator|lift)|power line|live wires?",
    r"roof (?:is |just |has )?(?:collapsed|caved|blew off)|(?:water|leak)(?: \w+){0,3}"
    r" (?:will not stop|cannot stop)",
)
DECLARED = (
    r"(?:it|this|that|there|here|have|got|having|we|real|medical|absolute|serious|life threatening"
    r"|true|an)(?: is)?(?: an?)?(?: (?:real|medical|absolute|serious|huge|big|true|major|dire"
    r"|actual|total"
    r"|complete|terrible|police|fire|extreme|genuine|very serious|life threatening))? emergency(?="
    r" ?$| \.| (?:and|please|i|we|my|he|she|help"
    r"|right|now|can|it|the|there|they|someone|somebody|here|at|in|over|you|come|hurry|send|get"
    r"|with (?:my|our)|oh|yes|sir|quick\w*))",
    r"emergency(?= (?:emergency|help|please help|now)| ?$)|life (?:or|and) death|life threatening",
    r"(?:someone|somebody|anyone|please|god|for god s sake) help (?:me|us|him|her)(?: please)?"
    r"(?= ?$| \.| now| help| he| she| i am)|help (?:me|us) (?:please )?help|please hurry"
    r"|help help|something (?:terrible|horrible|awful) (?:has |just )*happened"
    r"|(?:connect|transfer|patch|put) (?:me|us) (?:\w+ )?(?:to|with) (?:911|999|112|emergency|the"
    r" (?:police|ambulance))|need help (?:right )?now(?= ?$| \.| some| he| she)|need emergency"
    r" services",
)

IDIOMS = (
    r"(?:you|he|she|it|this|that|they|these \w+|those \w+|my (?:feet|back|shoes|boss|hair|kids?"
    r"|neck|knees?|legs?|job|heels)|\w+ prices?|the \w+)(?: is| are)? (?:\w+ )?killing (?:me|him"
    r"|her"
    r"|us)(?! and)",
    r"dying (?:to|for|of (?:laughter|boredom|curiosity|hunger|thirst)|laughing|over here)"
    r"|to die for|over (?:my|his|her) dead body|die (?:laughing|alone|hard|of \w+)|died (?:laughing"
    r"|of (?:laughter|embarrassment|boredom|shame))|almost died|nearly died|wanted to die"
    r"|rather die than",
    r"dead (?:line|tired|battery|batteries|serious|end|set|sure|wrong|skin|trees?|mouse|mice|rat"
    r"|rats|bug|bugs|plant|leaves|weight|heat|last|center|ringer|on)|went dead|dead (?:in|on) the",
    r"(?:phone|battery|car|laptop|plants?|line|computer|truck|remote|ac|fridge|engine|signal)"
    r"(?: is| was| about to)? (?:just |about to )?(?:dead|died|dying|die)",
    r"(?:gave|give|given|giving|almost had|nearly had|practically had|near) (?:\w+ )?(?:a|an)"
    r" (?:\w+ )?(?:heart attack|stroke)|heart attack (?:grill|burger|on a plate)",
    r"(?:cannot|trouble|hard to|hates to|will not|hard time) swallow\w* (?:\w+ )?(?:pills|tablets"
    r"|capsules)|(?:kind|sort|bit|type) of (?:an? )?(?:\w+ )?emergency|(?:get"
    r"|gets|bit|little) short of breath (?:when|walking|going|climbing|after|on|with)"
    r"|(?:receptionist"
    r"|office|company|team|staff|contractor|technician|landlord|support|agent)(?: is| are) not"
    r" respond\w*|smoke smell (?:out|removal|in my car)|die (?:my|her|his) hair",
    r"(?:heat|cold|traffic|stress|job|commute|humidity|diet|pollen|\w+ing) (?:is )?(?:going to"
    r"|gonna|will) kill"
    r" (?:me|us)|(?:phone|laptop|keys|glasses|wallet|air ?pods|remote|ball|watch|camera|tablet|ring"
    r"|drone|hat|truck|car|bike|purse) (?:\w+ )?(?:fell|is at)|scared (?:me|us|him|her) (?:half"
    r" )?to death",
    r"had a fit|have a fit|(?:throw\w*|pitch\w*) a fit|(?:perfect|good|better|great|tight|nice)"
    r" fit|stroke of (?:luck|genius|midnight)|(?:back|breast|brush|pen) ?strokes?|different"
    r" strokes",
    r"(?:could|would|will|going to|boss is going to|i d) (?:\w+ )?(?:kill|murder)"
    r" (?:for )?(?:a|an|me if|my (?:boss|hair ?dresser|husband|wife|alarm))\b",
    r"(?:wife|husband|boss|mom|dad|mother|father|she|he|they|girlfriend|boyfriend)(?: is| will|"
    r" are)?"
    r" (?:going to |gonna )?kill me if(?! (?:i leave|i go|i call|i tell|i talk|i try|we))",
    r"kill (?:time|two birds|some time|the weeds?|weeds|the mood|the engine|an hour|bugs|mold)",
    r"(?:is|are|was|am|been) on fire (?:today|this week|lately|this season)|team is on fire",
    r"fire (?:sale|him|her|you|away|places?|works?|drill|extinguishers?|station|fighters?|off"
    r"|proof|inspect\w*|marshal|insurance|damage|safety|escape|door|code|hydrant|sticks?|pits?"
    r"|roasted|pit|exit|wood|alarm (?:inspect\w*|test\w*|install\w*|system))|firestick"
    r"|(?:got|get|getting|been|was|were|being) fired|fired (?:up|from|last|me|him|her)",
    r"burning (?:question|desire|calories|man|bridges|up (?:my|his|her) vacation)|spark(?:ling|le)"
    r"|spark (?:some|an|plugs?)|(?:slow|side) burn|burning sensation",
    r"flood(?:ed)? (?:with|of) (?:calls|emails|work|messages|requests)|(?:schedule|inbox|phone"
    r"|traffic|calendar|business)(?: is| has)? (?:just )?(?:exploded|blew up|exploding|blown up)",
    r"bomb(?:ed)? (?:the|my|that) (?:test|interview|exam)|(?:bath|hair|photo|sex|seed|jager"
    r"|cocoa) ?bombs?|(?:is|was|are) the bomb|bombshell|with the bomb",
    r"shots? (?:of|in the dark|at it|at the)|(?:flu|booster|tetanus|allergy|covid|vaccine|b12|mug"
    r"|head|screen|snap|tequila|espresso|vaccination|rabies|travel) ?shots?|(?:take|give|get|got"
    r"|getting|need|have|worth|call|given) (?:\w+ )?(?:a|my|his|her|the|their) shots?"
    r"(?! (?:at|by|in the (?:leg|head|chest|arm|stomach|back)))",
    r"(?:glue|nail|heat|staple|spray|top|massage|paint ?ball|caulk\w*|grease|nerf|squirt) guns?"
    r"|gun (?:metal|permit|license|range|safe|shop|show)|jumped the gun|son of a gun",
    r"hit me (?:up|with)|beat (?:me|him|her|us) to it|beat (?:that|the|any|their)"
    r" (?:\w+ )?(?:price|quote|offer|deal|traffic|rush|heat)",
    r"breathing (?:room|exercises?|class(?:es)?|space|treatments?|easy|down)|breathe (?:a|easy)"
    r"(?: word)?|(?:take|let me|get a chance to|time to) (?:\w+ )?(?:a |my )?(?:catch my )?breath"
    r"|breathalyzer|breath ?taking|out of breath|bad breath|fresh breath|mouth breath\w*"
    r"|sleep apnea",
    r"(?:blood|bloody) (?:tests?|work|draws?|types?|pressure|donation|orange|drive|bank|sugar test"
    r"|mary|samples?|thinners?|clots? history|moon|good)|draw (?:\w+ )?blood|bleeding (?:money|edge"
    r"|heart|control (?:class|course))|bleed the",
    r"gas (?:station|bill|tank|mileage|company|meter (?:reading|box)|prices?|grills?|fireplaces?"
    r"|line install\w*|pump|cards?|stove (?:install|service)\w*|leak inspect\w*|safety|pedal)"
    r"|pass(?:ed|ing)? gas|laughing gas|fainting (?:couch|goat)",
    r"chok(?:ed|ing) up|labou?r (?:day|costs?|charges?|rates?|law|union)|parts and labou?r",
    r"drown\w* in (?:work|emails|paperwork|debt|laundry|bills|\w+ work)|drown\w* out",
    r"(?:is|is it|would|if|in case|whether|not|nor|is not)(?: \w+){0,3} (?:an )?emergency"
    r" (?:or|if|dentist|visit)|is (?:it|this) (?:considered )?an emergency(?= \.)",
    r"in case of (?:an? )?(?:\w+ )?(?:emergency|fire|leak)|(?:non|no|not an?|not any|not a"
    r" \w+) emergency|emergency contacts?|(?:do|does|are|is) you an emergency",
    r"shoot (?:me|him|her|them|you|us|over) (?:an?|the|your) (?:email|text|message|quote|invoice)"
    r"|photo ?shoots?|(?:take|have) a stab|stabs? at|shooting (?:range|for|star|stars)|bullet"
    r" (?:journal|point|proof)|trouble ?shooting",
    r"murder mystery|killer (?:deal|whales?|app|instinct|heels)|weed killer spray|pain killers?"
    r"|lady killer|(?:traffic|parking) is murder|serial",
    r"poison (?:ivy|oak)|rat poison question|nail polish|crash (?:course|pad|diet)|(?:website|site"
    r"|page|computer|app|laptop|system|phone|program|server|browser|market)(?: keeps| has| is| just"
    r")? (?:crash\w*|(?:not |is not )?respond\w*|froze\w*)|not responding to (?:my|your|any)",
    r"chest (?:of|waxing|hair|x ?rays?|tattoo|press|day|workout|freezer|infection|cold)"
    r"|knocked out of|collaps\w* (?:file|boxes|table)|water broke down",
    r"i jumped (?:off|on) the|jump (?:on|in) (?:a|the)(?: \w+)? call|jump off (?:the|this) call",
    r"police (?:report|clearance|department|station|check|academy)|ambulance (?:company|service"
    r"|bill\w*|driver)|(?:fire|police) department (?:bill\w*|report|has|uniform)|at the fire"
    r" department",
    r"smok(?:ed|y) (?:salmon|eye|meat|bbq|brisket|turkey|glass)|smoking or|(?:no|non|quit|stop"
    r"|stopped"
    r"|smoke free|stop my) smoking|smoke (?:shop|free|detectors?|alarms?|damage)(?! (?:is|are|going"
    r"|went|keeps))",
    r"(?:trouble|problems?|hard time|difficulty) (?:sleeping|with your|with the|finding|logging"
    r"|hearing|getting through|booking|parking)",
    r"(?:asthma|panic|heart|stroke|seizure|epilep\w*) (?:medication|meds|medicine|patient"
    r"|specialist"
    r"|clinic|doctor|rehab\w*|awareness|prevention|refill|action plan)",
)
NEGATED = (
    r"(?:(?:no|without|zero|any|neither|nor|never|non)(?: (?:more|any|real|actual|sign of|signs of"
    r"|longer a))?|not(?: (?:a|an|any|really|actually|having|have|had|feel|feeling|smell|smelling"
    r"|see|seeing|need|want|to|call|going|the|think|it|it is|i am|he is|she is|there is|there|been"
    r"|in|ever|currently|be|get|got|like|about|planning|plan|fire|experiencing|experience|that"
    r"|your|suffering|from|shortness|of|chest))*)"
)
WORDS_OF_DENIAL = (r"not|no|cannot|stopped|never|nothing|without|hardly|barely|will not",)
PAST = (
    r"(?:last|a few|a couple of|couple|few|several|many|some|two|three|four|five|six|seven|eight"
    r"|nine|ten|\d+|a|one|about a) (?:years?|months?|weeks?|decades?)(?: ago| back)",
    r"last (?:year|month|week|summer|winter|spring|fall|autumn|january|february|march|april|may"
    r"|june|july|august|september|october|november|december|christmas|time|appointment|visit)",
    r"(?:years|months|weeks|long time|ages) (?:ago|back)|(?:in|since|back in|of) (?:19|20)\d\d",
    r"in (?:january|february|march|april|june|july|august|september|october|november|december"
    r"|the spring|the summer|the fall|the winter|the past)",
    r"(?:history|survivor|anniversary|memory) of|(?:family|my|his|her) history|survived",
    r"follow ?(?:ing)? ?up|recover\w*|rehab\w*|had surgery|as a (?:baby|kid|child|teenager)|when"
    r" (?:i|he|she) (?:was|were) (?:a |\d+|young|little|small|younger)|used to (?:be|have|get|feel"
    r"|think)|(?:under|in) control|(?:doing|am|he is|she is|we are|feel\w*|all) (?:fine|well|good"
    r"|ok|okay"
    r"|better|much better)(?: now)?|once (?:as|when|before)|already (?:been|fixed|out|gone|handled)"
    r"|(?:fire|smoke) is out|was fixed|got fixed|after my|since my|at my last|passed away",
    r"(?:bleeding|it) (?:has )?stopped(?! breath)|false alarm|just toast|no longer|turned out"
    r"|breathing (?:is )?(?:fine|ok|okay|normal\w*|well|better)|cough\w* a bit|just asleep",
)
TALK = (
    r"(?:on|in) the (?:news|tv|movies?|show|book|paper|game|film|series|radio)|on tv|article"
    r"|documentary|podcast|novel|book club|my character|thesis|essay|(?:writing|paper|research"
    r"|report|book) (?:\w+ ){0,3}(?:on|about)|read (?:\w+ )?about|heard about|hear about|the show",
    r"insur\w*|(?:policy|plan|warranty|medicare) (?:\w+ )?cover\w*|does (?:\w+ ){1,3}cover|coverage"
    r"|estimate|a quote|quote please|claim|settlement|lawsuit|attorney|invoice|billing",
    r"(?:class|classes|course|training|workshop|certifi\w+|awareness|prevention|seminar|lesson"
    r"|lessons)(?= |$)|symptoms? of|signs of|risk of|side effects?|do you (?:treat|see|teach|offer"
    r"|handle|help people|have|sell|do|take|cover|accept|provide|fix|repair)|(?:could|can|may|might"
    r"|does|would|will) (?:\w+ ){1,4}cause|causes? of|what happens if|what (?:should|do) we do"
    r" (?:if|in case)|what if|in case of|in the event|is (?:\w+ ){1,4}(?:normal|a side effect)",
    r"therap(?:y|ist)|counsell?ing|counsell?or|support group|prescri\w*|refills?|vaccin\w*"
    r"|install\w*|inspect\w*|annual|maintenance|alarm system|new locks|repaint\w*|movie|dinner"
    r"|tours?|reservations?|discount|tattoo|costume|season|escape room|laser tag|kidding",
)
PRESENT = (
    r"right now|now (?:he|she|i|my|it|the|we|they|her|his|am|is|choking)|and now(?! (?:i want"
    r"|need))"
    r"|just (?:now|happened|did|started|collapsed|fell|swallowed|stopped|hit|passed)|he just did"
    r"|she just did|(?:is|are) still (?:here|inside|bleeding|burning)|help me|help him|help her"
    r"|oh god|oh my god|please help|again and|happening|as we speak|what do i do|this minute"
    r"|getting worse|cannot breathe|not breathing",
)

# What people also call an emergency; it alarms nobody if it is all they tell.
TRIFLES = (
    r"appointments?|book\w*|hair\w*|reschedul\w*|cancel\w*|wedding|cake|date|nails?|dress|suit"
    r"|tooth"
    r"|teeth|dentist|plumb\w*|leak\w*|flat tire|locked|keys?|laptop|phone|computer|invoice|fashion"
    r"|wardrobe|party|presentation|passport|printer|password|refund|delivery|makeup|family"
)

ENGLISH = Words(
    language="en",
    knows=words_of(
        """
        the a an i my me is am are was were be been he she it you we they his her him us
        them to of in on at for from with and or but not no do did does have has had
        this that there what when where how can could will would just about your our out
        up now so if any some please help need want get go going cannot yes who someone
        somebody
        """
    ),
    phrases={
        "self_harm": SELF_HARM,
        "violence": VIOLENCE,
        "medical": MEDICAL,
        "fire": FIRE,
        "gas": GAS,
        "dental": DENTAL,
        "home": HOME,
        "declared": DECLARED,
    },
    idioms=IDIOMS,
    negated=NEGATED,
    negates=WORDS_OF_DENIAL,
    past=PAST,
    talk=TALK,
    present=PRESENT,
)
