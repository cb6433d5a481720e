"""Words that are not names although they stand where names stand, and words leading up to one."""

RELATIONS = [
    "son",
    "daughter",
    "wife",
    "husband",
    "partner",
    "mother",
    "father",
    "mum",
    "mom",
    "dad",
    "child",
    "kid",
    "baby",
    "brother",
    "sister",
    "boss",
    "friend",
    "girlfriend",
    "boyfriend",
    "grandmother",
    "grandfather",
    "uncle",
    "aunt",
    "dog",
    "cat",
    "colleague",
]

LEAD_INS = (
    r"hi|hello|hey|hiya|yes|yeah|yep|yup|sure|ok|okay|of course|certainly|absolutely|alright|right"
    r"|well|so|um+|uh+|er+|oh|good morning|good afternoon|good evening|please|thanks|thank you"
    r"|no problem|it's|its|it is|this is|i'm|im|i am|my|the|full|first|last|name|name's|is|for"
    r"|under|to"
    r"|that would be|that's|that is|it would be|it will be|sir|madam|ma'am"
)

# Grouped by what they usually begin: grammar, politeness, calls, wishes, states, time, trade.
NOT_NAMES = frozenset(
    """
    a an the and or but so if then than that this these those there here it its it's is are was
    were be been am i i'm im i'd i've i'll me my mine you your you're he she they them we us our
    his her their to of in on at by for from with without about into over under after before
    until till up down out off as not no nor do does did don't didn't doesn't can can't could
    couldn't would wouldn't should will won't may might must have has had haven't having what
    when where which who whom whose why how just only also too very really quite all any some
    both each every other another more most such same now today tomorrow yesterday tonight soon
    already still again ever never always maybe perhaps because since while
    hi hello hey hiya hai hay helo hii howdy ji yaa yaaa
    yes yeah yep yup nope nah ok okay sure please thanks thank thankyou sorry
    pardon excuse welcome bye goodbye cheers fine great good perfect nice lovely wonderful
    awesome excellent correct right wrong true alright well oh ah um umm uh er hmm gosh sir madam
    ma'am dear guys folks
    calling speaking looking trying going wondering hoping ringing phoning phone call called
    want need like wish love get got make made book booking booked schedule reschedule cancel
    change move confirm check see speak talk ask know think guess hope say said tell told give
    take come coming go bring leave leaving arrive arriving stay staying work works working
    interested available free busy ready happy glad afraid able sick ill late early running
    waiting feeling having done new old existing current first last full name surname number mobile
    email address date birth account policy insurance order
    morning afternoon evening night noon midnight day days week weeks month months year years
    hour hours minute minutes time monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december
    appointment appointments reservation reservations table room slot visit viewing doctor dr
    dentist
    nurse stylist therapist salon clinic office restaurant hotel spa service services
    haircut cleaning checkup check-up repair emergency
    person people adult adults child children kids kid family wife husband son daughter mother
    father mum mom dad friend partner boss dog cat baby brother sister
    two one three four five six seven eight nine ten dozen couple few half double
    customer client patient caller tenant landlord owner manager agent human robot someone
    somebody anyone anybody nobody everyone everything nothing something anything
    urgent important possible impossible fine cold sore pain problem issue question
    actually basically honestly currently originally probably definitely certainly
    hungry tired lost confused back home away holiday vacation
    mine unsure clueless kidding joking serious
    different better best worse cheaper later earlier sooner next
    thin thick medium custom crust gluten soda lemonade brownie cod oneway round trip economy thnks
    thankyou yesokay somuch superb
    cheap expensive small big large long short
    """.split()  # noqa: SIM905
)
