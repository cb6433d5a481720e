"""What callers ask about, in the many words they use for it."""

import re

STOP_WORDS = frozenset(
    """
    a an the is are was be been am do does did done you your yours i we us our they their them it
    its he she his her him me my any there here what which who whom how when where why of for to in
    on at by with from and or but if so as that this these those can could would will shall should
    may might must have has had having get got let know tell like want need please also just okay ok
    great good uh um umm uhh oh well yes yeah hi hello hey thanks thank perfect awesome sure nice
    cool alright all right sounds really check one thing last question final more some not no
    don't doesn't i'm i'd i'll it's that's there's what's place offer offers offered provide
    provides options option many multiple various selection variety choose reasonable reasonably
    place restaurant hotel places serve served available availability allow allows allowed possible
    """.split()  # noqa: SIM905
)

_TOPICS = {
    "price": (
        r"pric\w*|cost\w*|fees?|charg\w+|how much|rates?|expensive|cheap|free|complimentary"
        r"|pay for|quote"
    ),
    "hours": (
        r"hours?|open(?:s|ed|ing)?|clos(?:e|es|ed|ing)|what time|how late|how early|when (?:are"
        r"|do) you|24|twenty four|weekends?|sundays?"
    ),
    "location": (
        r"where|address|located|location|directions?|how (?:do|can) i (?:get|find)|far"
        r"|near(?:by)?|street"
    ),
    "parking": r"park(?:ing|ed)?|garage|valet|parking lot|car park",
    "bike": r"bikes?|bicycles?|cycl\w+",
    "payment": (
        r"pay(?:ment|ments|ing)?|cards?|visa|master ?card|amex|american express|discover|debit"
        r"|credit|cash|apple pay|google pay|checks? accepted|contactless"
    ),
    "insurance": r"insur\w+|medicare|medicaid|in.network|coverage|cover(?:s|ed)?|copay",
    "booking": (
        r"book(?:ing|ings|ed)?|reserv\w+|appointments?|walk.?ins?|in advance|schedul\w+|tables?"
    ),
    "cancellation": r"cancel\w*|no.?show|refund\w*|reschedul\w*",
    "wifi": r"wi.?fi|wireless|internet|online access|hot ?spot|wif",
    "pets": r"pets?|dogs?|cats?|puppy|animals?|service animal",
    "children": (
        r"kids?|child\w*|baby|babies|infants?|toddlers?|families|family|high ?chairs?|cribs?|cots?"
    ),
    "access": r"wheel ?chairs?|access\w*|disab\w+|handicap\w*|mobility|ramps?|chair accessible",
    "lift": r"elevators?|lifts?",
    "alcohol": (
        r"alcohol\w*|beers?|wines?|cocktails?|drinks?|bar|happy hour|spirits|beverages?|merlots?"
        r"|chardonnay|sauvignon|pinot|prosecco|champagne|vodka|gin|beet|liquor|whisk\w+"
    ),
    "bring-bottle": r"byob|bring your own|bring (?:my|our) own|corkage",
    "vegetarian": r"vegetarian\w*|vegan\w*|meat.?less|plant.based|meat.free|veggie\w*",
    "gluten": r"gluten|celiac|coeliac",
    "halal": r"halal|kosher",
    "outdoor": r"outdoors?|outside|patio|terrace|al fresco|garden seating|open air|seating",
    "music": r"music|bands?|concerts?|live (?:acts?|show)|performers?",
    "delivery": r"deliver\w*|brought to|bring it to",
    "takeout": r"take.?(?:out|away)|to.?go|carry.?out|pick.?up orders?",
    "smoking": r"smok\w+|cigarettes?|vap\w+|tobacco",
    "breakfast": r"breakfasts?|brunch|morning meal|continental|waffles?|coffee",
    "dining": r"restaurants?|dining|dinner|lunch|meals?|food|eat(?:ing)?|menu|cuisine",
    "fitness": r"gym|fitness|work ?out|exercis\w*|treadmills?|weights",
    "pool": r"pools?|swim\w*|hot tub|jacuzzi",
    "spa": r"spa|massages?|saunas?|treatments?|facials?",
    "laundry": r"laundr\w*|dry.?clean\w*|iron(?:ing)?|wash (?:my )?clothes",
    "housekeeping": r"house ?keep\w*|cleaned|maids?|clean(?:ing)? service|tidy",
    "luggage": r"luggage|baggage|bagage|bags?|package|suitcases?|storage",
    "check-in": r"check(?:ing)?.?in|arriv\w+",
    "check-out": r"check(?:ing)?.?out|leav\w+|depart\w*",
    "shuttle": r"shuttles?|airport|transfers?|transport\w*|taxis?|pick.up service",
    "air-conditioning": r"air.?condition\w*|a ?/? ?c\b|cool(?:ing|ed)|heating|hot in|temperature",
    "languages": r"languages?|speak\w*|spoken|multi.?lingual|spanish|french|german|italian|chinese",
    "television": r"tvs?|televisions?|t v|cable|netflix|channels?|game on",
    "kitchen": r"kitchen\w*|microwave|fridge|refrigerator|cook\w*|stove",
    "room-service": r"room ser?v\w*|in.room dining",
    "front-desk": r"front desk|reception\w*|concierge|lobby staff",
    "deposit": r"deposits?|pre.?pay\w*|security|upfront|advance payment",
    "safe": r"safes?|safety box|valuables|safe deposit",
    "meeting": (
        r"meetings?|banquets?|conference\w*|business (?:center|facilit\w+)|events?|wedding\w*"
    ),
    "discount": r"discounts?|military|deals?|specials?|coupons?|promotion\w*|senior|students?",
    "ambience": r"ambien\w+|atmosphere|vibe|romantic|cozy|decor|noise|noisy|quiet|loud",
    "dress": r"dress\w*|attire|wear|casual|formal",
    "age": r"age limit|minimum age|how old|years old|adults only|under 18|over 18",
    "extra-bed": r"extra beds?|rollaway|cots?|sofa bed",
    "new-patients": r"new (?:patients?|clients?|customers?)|first (?:visit|time)",
    "emergency": r"emergenc\w*|urgent\w*|after.hours",
    "duration": r"how long|duration|take long|minutes",
    "products": r"products?|brands?|sell|retail|gift ?cards?|vouchers?",
}
CONCEPTS = tuple(
    (f"<{topic}>", re.compile(rf"\b(?:{words})(?!\w)")) for topic, words in _TOPICS.items()
)
