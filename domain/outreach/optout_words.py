"""How people say, in English, that they want no more messages; patterns over plain words."""

from domain.plain import words_of

SEVEN = ("stop", "quit", "end", "revoke", "optout", "cancel", "unsubscribe")
"""The words that US law names (47 CFR 64.1200(a)(10)); "opt out" is written as one here."""

KEYWORDS = frozenset(
    (
        *SEVEN,
        "stopall",
        "unsub",
        "unsubscribed",
        "revoked",
        "stop2",
        "remove",
        "cease",
        "stp",
        "stawp",
        "stopit",
        "deactivate",
        "discontinue",
        "block",
        "rmv",
        "removeme",
        "rmvme",
        "stahp",
        "enough",
        "spam",
        "thisisspam",
        "donotwant",
    )
)
RESUMING = frozenset(
    [
        "start",
        "unstop",
        "restart",
        "resume",
        "subscribe",
        "resubscribe",
        "optin",
        "startall",
        "unquit",
        "begin",
    ]
)
ASKING = frozenset(["help", "info", "helpme", "information"])
# What may stand beside a keyword without changing it.
BESIDE = words_of(
    """
    please thanks thank you ok okay hi hello hey yes yeah no now already just all it this
    that everything immediately asap sms text texts texting message messages msgs msg 2
    kindly ya dude seriously enough omg ugh me sir madam hereby again jesus god wtf consent
    team guys man bro permanently forever today right them from here reply sent word thx
    thks ty yo nope nah w nvm
    """
)
# Close to a keyword, and words of their own.
OTHER_WORDS = words_of(
    """
    shop step top slop atop quite quiet quilt suit quid evoke provoke invoke canceled
    cancelled cancels panel candle chancel stow strop chop crop drop stomp stops star stat
    stars smart tart stark stare state subscribed unsubscribing option options resumes
    """
)

_MESSAGE = (
    r"(?:te?xt\w*|texing|textin|msg\w*|messag\w*|mesag\w*|massag(?:es|ing me)|sms\w*|reminder\w*"
    r"|notif\w*|alerts?|promo\w*|offers?|ads?|advert\w*|marketing|spam\w*|contact\w*|communicat\w*"
    r"|solicit\w*|newsletters?|blasts?|campaigns?|mailings?|e ?mails?|e ?mailing|calls?|calling"
    r"|robo\w*|deals|coupons|specials|updates|stuff|crap|junk|subscription)"
)
_BOTHER = (
    r"(?:text\w*|txt\w*|messag\w*|msg\w*|contact\w*|send\w*|sms|write|writing|bother\w*|bugg\w*"
    r"|harass\w*|spam\w*|call\w*|phoning|pester\w*|annoy\w*|disturb\w*|email\w*|hitting me up"
    r"|blowing up my phone|reaching out)"
)
_BETWEEN = (
    r"(?:(?:please|with|all|the|these|those|this|your|ur|any|sending|send|me|us|giving|of|my|f|ing"
    r"|damn|fucking|freaking|effing|stupid|annoying|constant|from|getting|receiving|it|now|more"
    r"|to|appointment|automated|automatic|text|promotional|marketing|future|further|such|out|and"
    r"|w|doing|every|daily|weekly|unwanted|unsolicited) )*"
)
_LIST = (
    r"(?:\w+ ){0,3}(?:lists?|database|system|texts?|messages?|sms|contacts?|notifications?"
    r"|reminders?|mailings?|records|marketing|distribution|directory|this|thread|everything|program"
    r"|phone book|file)(?! (?:for|on) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))"
)
_ME = (
    r"(?:me|us|my (?:cell |phone |mobile )?(?:name|number|phone|cell|info|information|contact)|this"
    r" (?:number|phone|cell)|our (?:number|name)|the number)"
)
_ELSE = (
    r"(?: me| us| it)? (?:the|an?|that|my|until|before|after|if|when|at|during|while|unless|till"
    r"|yet|back|about the|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|my)"
    r"|between|too early|so late|later than)\b"
)

REFUSALS = (
    r"(?:stop\w*|stpo|stp|quit|cease|end|discontinue|halt|enough|refrain from|knock off|cut out"
    rf"|quit it with|pause|suspend) {_BETWEEN}(?:{_BOTHER}|{_MESSAGE}|communication|these|those)"
    r"(?! (?:the appointment|a receptionist))",
    r"(?:do not|never|don t|donot|cannot|no one|nobody|not to|must not|may not|should not|better"
    rf" not|no longer) (?:ever |you |you dare |please |to |even |again )?(?:{_BOTHER}|contact)"
    rf"(?!{_ELSE})(?<!not bother)(?! (?:by|messages? to|to the|for))(?= me| us| this| my| any| more"
    r"| these| again"
    r"| texts| messages| it| anymore| out| here| or| sms| further| reminders| ?$| \.)",
    rf"no more (?:of )?(?:these |those |your |the |any |f ing )?(?:\w+ )?{_MESSAGE}|no more(?: of)?"
    r"(?: these| those| this| please| thank you| thanks| ever)*(?= ?$| \.)|no more (?:contact"
    r"|text)",
    r"no (?:further |additional |marketing |promotional )?(?:texts?|sms|messages?|marketing|promos?"
    r"|texting|spam|solicit\w*|reminders|notifications|calls?|contact)(?: or (?:calls?|texts?))?"
    r"(?: please| thanks| thank you| ever| again| to this number| at this number| from you)*"
    r"(?= ?$| \.)",
    rf"enough (?:with |of |already with )?(?:the |these |those |your )?(?:\w+ )?{_MESSAGE}",
    r"(?:remove|delete|erase|drop|strike|scratch|take|get|let|pull|scrub|unlist|wipe|purge)"
    rf" (?:\w+ )?{_ME} (?:please )?(?:off|from|out of) (?!the (?:wait|schedule|calendar|hold))"
    rf"(?!waiting|waitlist|hold){_LIST}",
    rf"(?:remove|delete|erase|scratch|unlist|purge|drop) {_ME}(?: please| now| asap| immediately"
    r"| permanently| thanks| thank you)*(?= ?$| \.| from (?:your|this|the|all) (?:\w+ )?(?:list"
    r"|lists|texts?|texting|sms|messag\w*|database|system|records))|(?:take|get) (?:me|my (?:name"
    r"|number)|this number) off(?: please| now| thanks| of (?:this|your|here))*(?= ?$| \.)",
    r"(?:lose|forget|delete|erase) (?:my|this) number|take me off (?:your|this|the) (?!wait)(?:\w+"
    r" )?list",
    r"(?:un ?subscrib\w*|unsub|unsuscrib\w*|unsubcri\w*|unsubsc\w*|desubscribe|unenrol\w*"
    r"|de ?register|opt(?:ing|ed)? (?:me |us )?out|optout|opted out)(?! (?:of|from) (?:the |your "
    r"|my"
    r" )?(?!text|messag|sms|this|these|those|all|any|everything|future|further|your|list|"
    r"notif|reminder|promo|market|communicat|alerts|receiv|getting|mailing|here|email|call)\w+)"
    r"(?! (?:form|policy|of (?:\w+ )?(?:x|insurance)))",
    r"(?:revok\w*|rvoke|withdraw\w*|rescind\w*|retract\w*|tak\w* back|cancel|pull\w*|remov\w*"
    r"|terminat\w*) (?:\w+ ){0,3}(?:consent|permission|authori[sz]ation|approval)|(?:consent"
    r"|permission|authori[sz]ation) (?:is |has been |hereby |now )*(?:revoked|withdrawn|rescinded"
    r"|denied|cancel+ed)",
    r"(?:no longer|not|never|did not|do not) (?:\w+ )?(?:consent\w*|authori[sz]\w*|agree\w* to"
    r" (?:this|these|get|receive|be|any)|gave (?:\w+ )?(?:permission|consent)|give (?:\w+ )?"
    r"(?:permission|consent)|sign\w* up for|subscrib\w* to|opt(?:ed)? in|ask\w* for (?:this|these"
    r"|texts|messages)|request\w* (?:this|these|texts|messages))|not have (?:my |any"
    r" )?(?:permission"
    r"|consent|right to)",
    r"(?:do not|no longer|never|not|wont) (?:really |even |ever )?(?:want|wish|need|care|like"
    r"|wanna"
    rf"|interested in|appreciate|accept)(?: for)? {_BETWEEN}(?:(?:to|get|getting|receive|receiving"
    rf"|be|being|see|have|hear|keep|anything|you|any|more|your) )*{_BETWEEN}(?:{_MESSAGE}|{_BOTHER}"
    r"|anything from you|from you|(?:these|those|this)(?= ?$| \.| any ?more))",
    r"(?:rather|prefer) (?:not|to not|you not|you did not|that you not|if you did not)"
    rf" (?:(?:to|get|receive|be|being|have|getting|receiving|these|your|any|want) )*(?:{_MESSAGE}"
    rf"|{_BOTHER})",
    rf"(?:turn|switch|shut|toggle) (?:off|of) (?:the |these |your |my |all )?(?:\w+ )?{_MESSAGE}"
    rf"|(?:turn|switch|shut) {_BETWEEN}(?:\w+ )?{_MESSAGE} off|(?:disable|deactivate|mute|block"
    r"|kill"
    rf"|suppress|terminate|cut off) {_BETWEEN}(?:\w+ )?{_MESSAGE}|block me from",
    r"(?:cancel|cancle|end|terminate|stop|delete) (?:(?:my|the|this|these|all|your|any|future|every"
    r"|"
    r"me from|out of|text|sms|message|further|of) )*(?:subscription|sms|texts?|texting|messages?"
    r"|alerts?|notifications?|reminders?|promos?|marketing|enrollment|service messages)",
    r"(?:you|u) can stop(?: now| texting| messaging| sending| these| please| me)*(?= ?$| \.)|no"
    r" need to (?:text|message|msg"
    r"|contact|send)(?! (?:the|it|that|a))|(?:be|been|have (?:me|my (?:\w+ )?number)|get)"
    r" (?:removed|taken off|unsubscribed|opted out)"
    r"(?= ?$| \.| from (?:your|the|this|these|all)| off| the| your)(?!(?: \w+){0,3} (?:appointment"
    r"|schedule|waitlist|waiting))|(?:say|type|saying) stop"
    r"|(?:remove|delete|rmv) (?:my|me)(?= ?$)|removed from (?:your|this|the) (?:\w+ )?list|no"
    r" (?:more |further )?(?:messages|texts) needed",
    r"leave (?:me|us) (?:the \w+ )?alone(?: please| now| already)?(?= ?$| \.)|go away(?: please|"
    r" now"
    r"| already)?(?= ?$| \.)|get lost|(?:f|fuck|eff|piss|buzz|sod|bugger) off|screw you|shut up and"
    r"|(?:want|need) (?:out|off)(?= ?$| \.| of (?:this|these|your)| this| your| the list)"
    r"|not (?:your|a) customer (?:remove|stop|delete)",
    r"(?:this|these|it|they|texts|messages|that|reminders|spam) (?:texts? |messages? )?(?:really )?"
    r"(?:needs?|have|has|must|should|better|got) (?:to |be )?(?:stop\w*|end|cease)|(?:want|need"
    r"|like|make|get) (?:this|these|it|them|the (?:texts|messages)|your (?:texts|messages)|(?:these"
    r"|this) (?:texts|messages)) (?:to )?(?:stop|end|cease)(?! (?:hurt|bleed|leak|mak|run"
    r"|work)\w*)",
    r"(?:asked|told|said|begged|asking|telling|saying|requested|texted|replied|typed|wrote)"
    r" (?:(?:you|u|y all|guys|people|already|twice|times|before|repeatedly|to|that|them|multiple"
    r"|politely|nicely|kindly|again|please"
    r"|three|several|two) )*(?:stop|quit|remove|unsubscribe|cease|leave)(?! (?:by|in|at))|stop or i"
    r"|stop before i|do not (?:call|contact|text) (?:list|registry)",
    r"not (?:allowed|permitted|supposed|welcome) to (?:text|contact|message|call)|no right to"
    r" (?:text|contact|message|call)|this is (?:\w+ )?spam(?= ?$| \.)"
    r"|(?:turn|switch|shut) (?:these|this|them|it) off(?= ?$| \.| please)|(?:turn|switch) off"
    r" (?:these|them)(?= ?$| \.)"
    r"|not want to be (?:on|in|part of) (?:this|your|the|any)|enough already",
    r"how (?:do|can|could|does|would) (?:i|we|one|you) (?:\w+ )?(?:stop|end|get off|get out of|turn"
    r" off|make) (?:this|these|the (?:text|message|list)|your (?:text|message)|it stop|getting"
    r"|receiving|being|them)\w*|i give up stop|cease and desist",
)
# The bare word, where it is an order and not a noun.
ORDER = (
    r"(?:will|can|could|would|wont) you (?:please |just |all |guys )*stop(?: it| this| please|"
    r" now)*"
    r"(?= ?$| \.)|(?:^|please |\. )remove(?= ?$| \.)",
    r"(?:^|\. )(?:please |just |ok |now |again |hey |hi |hello )*stop(?: (?:please|it|now|already"
    r"|this"
    r"|that|all|everything|right now|immediately|thanks|thank you|i am not|you have|i do not"
    r"|wrong|who is|not interested|i never|i already|my name))*(?= ?$| \.| i am not| you have"
    r"| i do not| wrong| not interested| i never| i already)",
    r"(?:spam|harassment|number|thanks|thank you|agreed|agreed to this|interested|person|ok|please"
    r"|enough|scam|said|annoying|seriously|texts|messages|reminders|texting me|messaging me"
    r"|contacting me|me|times|already"
    r"|mike|and|but|so|again|customer) (?:please )?stop(?: please)?(?= ?$| \.)",
)
# Nothing is refused by whoever says this.
DENIED = (
    r"did you (?:take|remove|delete)|stopped (?:getting|receiving)",
    r"(?:do not|dont|not|never|please no|did not|cannot|can not|without|no need to|not want to|not"
    r" wanna|not mean to|not trying to|never said|not say|not ask to|hate to|not going to"
    r"|accidental\w*|by accident|by mistake|mistakenly|oops i?) (?:(?:you|to|say|said|mean|hit|want"
    r"|wish|ask|please|ever|be|get|me|have) )*(?:stop|quit|unsub\w*|opt(?:ed|ing)? (?:me )?out"
    r"|optout|take me off|remove me|cancel my (?:texts|messages|reminders|subscription)|end my"
    r"|delete"
    r" me|turn off|block)",
    r"(?:why|did|didn|when|(?:has|have|were|was|am|are|is) (?:i|you|my|the|your|these|we|it))"
    r" (?:(?:i|you|my|the|your|these|those|we|it"
    r"|get|got|did|all|been|not|text|texts|messages|reminders|appointment|being|accidentally) )*"
    r"(?:stop\w*|unsubscribed|opted out|removed|quit|cancel+ed|end(?:ed)?)(?! (?:text|messag"
    r"|send)\w*"
    r" me (?:please|or))",
    r"(?:stop|quit|unsubscribe|stopped|optout|opt out) (?:\w+ ){0,2}(?:by accident|by mistake"
    r"|accidentally|was a mistake)|(?:haha|lol|omg|lmao) (?:\w+ )?stop|stop it you are|you are too"
    r"|that is so (?:cute|funny|sweet)",
    r"(?:text me|texts?|texting|text) (?:instead|only)|(?:can|could) only text|not call (?:me )?"
    r"(?:just )?text|call me (?:please )?text me|rather (?:have|get) (?:a )?texts?|prefer (?:a"
    r" )?text",
    r"(?:miss|missing|lose|losing) (?:any |out on |your |these |the )*(?:texts?|messages?"
    r"|reminders?)"
    r"|number instead|instead of (?:my|this) number",
)
RETURNS = (
    r"(?:start|resume|begin|restart|go back to|start back) (?:(?:the|my|your|with|on"
    r"|up|to|me) )*(?:texting|sending|messaging|texts?|messages?|reminders?|sms|alerts"
    r"|notifications)",
    r"opt(?:ing)? (?:me |us )?(?:back )?in|want back in|optin|re ?subscrib\w*|un ?stop|subscribe"
    r" me(?! to)|sub me"
    r" (?:back|again)|re ?enrol\w*",
    r"(?:put|add|sign|get|include) (?:me|my number|us) (?:back )(?:on|up|in|to|onto)?|(?:sign|add"
    r"|put)"
    r" me (?:on |up |to )?(?:\w+ ){0,3}(?:texts?|list|messages|reminders)(?: again)?",
    r"(?:turn|switch) (?:\w+ ){0,3}(?:texts?|messages?|reminders?|notifications?) (?:back )?on"
    r"|(?:turn|switch) (?:back )?on (?:\w+ ){0,2}(?:texts?|messages?|reminders?)|(?:please|can|may"
    r"|to)"
    r" (?:text|message) me again|(?:want|like|need|get|receive|have) (?:\w+ ){0,4}(?:texts?"
    r"|messages?"
    r"|reminders?) (?:back|again)",
)
QUESTIONS = (
    r"who (?:is|are) (?:this )?(?:texting|messaging|sending|contacting) me|(?:more )?info\w*"
    r" (?:about"
    r"|on) (?:these|this|the) (?:texts?|messages?|program|list|number)|help with (?:these|this)"
    r" (?:texts?|messages?)|what (?:is this|are these) (?:texts?|messages?|list|program|number)",
)
# Which messages are meant, and which way; nothing said is everything.
TOPICS = {
    "reminders": r"reminders?|appointment (?:texts?|messages?)|recordatorios?|rappels?|erinnerungen"
    r"|lembretes?|promemoria",
    "marketing": r"marketing|promo\w*|offers?|ads?|advert\w*|deals|coupons|specials|newsletters?"
    r"|publicidad|ofertas?|publicite|offres|werbung|angebote|propaganda|pubblicita|offerte",
}
CALLS = r"call(?:s|ing)?|phoning|phone calls|llam\w+|appel\w*|anruf\w*|rufen|lig\w+|chiam\w+"
TEXTS = (
    r"te?xt\w*|sms|messag\w*|msg\w*|mensajes?|textos?|messages?|nachricht\w*|mensage\w*|messagg\w*"
)
