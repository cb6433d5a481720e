"""What befalls bodies, in words of six languages; see `concepts`."""

BODIES = {
    "VITAL": """
    chest heart throat neck airway windpipe lung lungs jaw trachea pecho corazon garganta cuello
    poitrine coeur gorge brust herz hals petto cuore gola peito coracao torax toraks thorax chess
    pulse heartbeat pulso pouls puls
    """,
    "LIMB": """
    arm arms leg legs hand hands finger* wrist* thigh foot feet toe toes ankle shoulder* knee elbow
    hip brazo* pierna* mano manos dedo* muneca* venas bras jambe* main doigt* arme bein* finger
    braccio gamba dito braco perna mao dedo wrists
    """,
    "HEAD": """
    head face mouth lip lips tongue eye eyes smile pupil* skull ear speech words cabeza cara boca
    labio* lengua ojo ojos tete visage bouche levre* langue oeil yeux kopf gesicht mund lippe*
    zunge auge* testa faccia viso bocca labbra lingua occhi* cabeca rosto labios olho olhos
    """,
    "TORSO": """
    stomach belly back side half body abdomen spine insides guts skin barriga estomago panza
    espalda lado medio cuerpo ventre dos bauch rucken pancia schiena costas corpo
    """,
    "TOOTH": """
    tooth teeth gum gums molar crown filling denture* dental dentist* cavity braces toothache
    wisdom root_canal extraction socket retainer cleaning muela* diente* encia* corona dentista
    caries dent dents gencive* plombage dentiste zahn* zahne plombe fullung dente denti gengiv*
    otturazione obturacao abscess
    """,
    "BREATHE": """
    breath* breathe* breathin* breathing breeding breathes gasp* wheez* suffocat* air oxygen inhal*
    sips_of_air respir* aire ahog* asfixi* souffle etouff* atm* luft erstick* fiato soffoc* strozz*
    folego ar sauerstoff panting pant pants puffer lungs_are sucking_in winded winding rattle
    rattling strangulated breathless sauffoque engasga
    """,
    "CHOKE": """
    chok* joking_on stuck lodged windpipe gag* gagging heimlich atragant* atorad* atoro atraganto
    etouff* verschluckt erstick* strozz* soffoc* engasg* caught_in_her caught_in_his strangl*
    estrangul* ahorc* wurgt
    """,
    "PAIN": """
    pain* hurt* ache* aching sore crush* squeez* pressure tight* heavy throb* burning_pain worst
    elephant agony dolor* duele* dolia presion opresion aprieta punzad* mal_a douleur* serre
    schmerz* druck sticht dolore* male fa_male oppressione dor doi doendo aperto clench* brick vice
    weight_on anvil tearing stabbing_pain peso poids enge gewicht aplast* heaviness weighs cramped
    rip ripping
    """,
    "BLOOD": """
    blood* bleed* bleeding hemorrh* spurt* squirt* gush* sangr* sangue saign* sang blut* sanguin*
    hemorrag* desangr* soaking puddle pool_of artery vein red_everywhere clot clots arteria arterie
    schlagader veine sanguine
    """,
    "MASSIVE": """
    lots everywhere so_much too_much a_lot pouring gushing spurting squirting wont_stop not_stop
    will_not_stop cannot_stop cannot_hold soaked soaking through_every every mucha mucho muchisim*
    no_para no_deja chorrea sin_parar beaucoup partout enorm* s_arrete_pas viel stark uberall tanto
    molto tantissimo muito muita bad real_bad really_bad badly heavy heavily severe*
    """,
    "DOWN": """
    collaps* fainted faint passed_out passing_out pass_out blacked_out black_out blacking_out
    keeled* slumped dropped fell_out fell_over went_down face_down out_cold on_the_floor
    on_the_ground flat_out lying floor ground sidewalk man_down keeps_falling tirad* desmay*
    desplom* desvanec* piso suelo evanoui* tombe* terre umgekippt zusammengebrochen ohnmacht* boden
    liegt svenut* terra caido cayo desmaiou desmaiad* caiu chao kollabiert crumpled toppled crumpl*
    toppl* buckl* sank sagged sprawl* hit_the_floor went_limp tipped_over doubled_over laid_out
    crumbl* derrumb* s_est_effondre effondre* crollat* desabou kippen umkipp* svengono
    """,
    "UNRESPONSIVE": """
    unconscious* unresponsive lifeless limp floppy wake woke waking awake wakin respond* answer*
    reacts moving move budge coming_to come_to stiff cold_to rag_doll eyes_rolled staring glassy
    conscious get_her_to get_him_to not_moving motionless reaccion* despiert* contesta* responde*
    mueve* inconsciente ido conocimiento repond* bouge* reveille* connaissance inconscient reagiert
    bewegt bewusstlos ansprechbar aufwach* aufwacht reagisce sveglia* risponde muove conoscenza
    incosciente acorda* reage responde mexe* consciencia gurgling rouse* stir stirring comatose
    out_of_it nodding snoring gurgl* waxy moan* slack coma delirious delir* nonresponsive
    barely_there with_it hard_to_wake sleepy drowsy lethargic fading aguad* flojit* ties* molle mou
    schlaff wach wacht
    """,
    "COLOUR": """
    blue bluish purple gray grey pale white ashen clammy moradit* morad* azul* palid* blanco bleu*
    violet* blau* grau blass blu viola bianco roxo roxa azulado dusky chalk mottled ashy
    color_of_ash grigio cendre ashfahl aschfahl negro violeta schwarz_im blueberr* prune lividas
    lila
    """,
    "SEIZE": """
    seiz* seizure* convuls* foam* epilep* fit fits jerking twitch* shaking_all see_sure espuma
    temblando convulsion* crise krampf* krampft convulsao
    """,
    "STROKE": """
    stroke droop* slur* crooked lopsided one_side numb numbness paralyz* hanging face_drop* confus*
    nonsense garbled mush cannot_talk cannot_speak talk_right enredad* chueca chueco torci* torcid*
    derrame embolia adormec* dormido durmio avc tordu* paralys* schlaganfall hangt schief gelahmt
    taub storta ictus torta entortou dormente half_my half_of right_half left_half droopy gibberish
    babbl* sagging twisted slump* mumbl* falar_enrolado enrolado embolado raro lallt wirr
    parla_male parla_strano habla_raro parle_bizarre bizarrement komisch went_dead blind
    double_vision curtain alphabet strangely crooked_smile
    """,
    "CARDIAC": """
    heart_attack heart_attacks cardiac infarto infarct* ataque_al crise_cardiaque herzinfarkt
    infarctus defibrillator pacemaker cpr herzstillstand palpitat* racing flutter* skipping
    heart_rate arrhythm* afib aneurysm herz_rast coeur_bat cuore_impazzisce palpita
    """,
    "SWELL": """
    swell* swollen swole puff* hives closing_up closing anaphyl* hinch* inflando inflam* cierra
    cerrando gonfle* gonfi* schwillt geschwollen inchad* inchando fechando
    """,
    "ALLERGEN": """
    allerg* alerg* allergi* stung sting bee bees wasp peanut* nut nuts walnut* shellfish shrimp
    epipen cacahuate abeja avispa abeille guepe biene wespe ape vespa abelha pecan* cashew* almond*
    crab lobster antibiotic latex sesame egg noix noisette nocciola castanha nusse nuez
    """,
    "POISON": """
    bleach poison* antifreeze drain_cleaner detergent pods ammonia battery_acid chemical* acid
    rat_poison cleaner battery coin magnet* marble button cloro lejia veneno raticida pila moneda
    javel produit reiniger spulmaschinentabs gift candeggina detersivo sanitaria bateria monoxid*
    gasoline kerosene antifriz thinner washer_fluid brake_fluid lamp_oil lye weed_killer pesticide
    mushroom* berries nicotine fertilizer turpentine solvent drano insecticide bug_spray
    cleaning_fluid kerosin lampenol white_spirit solvente soda_caustica caustic
    """,
    "DRUG": """
    pill* tablet* meds medicine* medication* tylenol xanax heroin fentanyl perc percs methadone
    insulin narcan opioid* cocaine drugs dose overdos* od_d oded od pastilla* pildora* medicina*
    medicament* cachets tablette* pillole pastiglie comprimido* remedio* sobredosis overdose
    handful bottle_of whole_bottle frasco boite
    """,
    "SWALLOW": """
    swallow* ate eaten drank drink drunk_the got_into ingest* took taken takes put_a_in trag* comio
    tomo tome bebio avale* bu mange verschluckt getrunken geschluckt ingoiato bevuto preso engoliu
    bebeu tomou tomei chug* gulp* guzzl* sipped downed inhaled huff* snort* inject* licked sucked
    sniff* bebi* traga* tragu* ingere* schluck* trink* ingoi* bev*
    """,
    "SUGAR": """
    diabet* sugar insulin glucose azucar sucre zucker zuccher* acucar
    """,
    "BIRTH": """
    labor contraction* water_broke waters crowning push baby_coming baby_is_coming coming_out
    head_is cord weeks months pregnan* delivering deliver parto fuente nacer embaraz* enceinte
    accouch* eaux fruchtblase wehen schwanger nascere acque incinta nascendo bolsa gravida
    gave_birth giving_birth
    """,
    "DROWN": """
    drown* under_water underwater went_under pool lake bathtub tub alberca pileta piscina ahogo_en
    noye* ertrunken ertrinkt annegat* afog*
    """,
    "TRAUMA": """
    fell fallen falls crash* wreck* hit_by run_over struck ladder stairs stairway roof balcony
    window tractor chainsaw machine saw pinned trapped crushed impaled bone sticking_out broken cut
    cuts sliced slashed cutting severed amputat* chopped gash* spine neck motorcycle bike bus truck
    atropell* choque escalera techo sierra cayo herid* malherid* accidente renverse accident toit
    sturz* gesturzt angefahren dach unfall investit* balcone caduto incidente atropelad* escada
    acidente scald* scaffold* andamio gerust ponteggio impalcatura andaime echafaudage forklift
    conveyor press baler mower propeller trampled rolled_over flipped overturned mangled tangled
    plowed thrown collid* tumbl* slipped buried caved poutre viga trave balken echelle leiter scala
    moto motorrad pieton fussganger pedone pedestre pedestrian volco* revolco arrastro ecrase
    percute travolto tronconneuse abgesagt auto_rolled skid rammed quad atv snowmobile horse_kicked
    kicked_in_the
    """,
    "ELECTRIC": """
    electrocut* live_wire power_line shocked outlet socket electric* corriente decharge stromschlag
    scossa choque_eletrico levou_um_choque dio_toques toque
    """,
    "BITE": """
    bit bitten bite rattler rattlesnake snake* cobra widow scorpion dog_attack mordi* vibora
    serpiente alacran mordu vipere schlange serpente vipera escorpiao jellyfish rattle_snake
    copperhead cottonmouth yellow_jackets hornets mauled
    """,
    "BURNT": """
    burned burnt burns scalded scald boiling boiled skin_peeling quemo quemad* hirviendo brule*
    verbrannt verbruht bruciat* ustion* queimou queimad*
    """,
    "FEVER": """
    fever temperature burning_up hundred_and_five stiff_neck fiebre calentura fievre fieber febbre
    febre sepsis septic meningitis heat_stroke
    """,
    "ILL": """
    dizzy nause* vomit* throwing_up puking headache* passed sick sweat* sweating drenched weak
    mareado mareada* mare* vomita* sudando transpirando tourne vomi* schwindl* ubel kopfschmerz*
    tontur* gira tonta suando
    """,
    "MILD": """
    little bit small slight mild tiny scrape bruise scratch rash itch* runny cough cold sneez* poco
    poquito tantito leve peu leger bisschen leicht lieve pouco wart* mole moles splinter dandruff
    blister* zit pimple hangnail hiccup* stuffy itching sore_throat hoarse chapped dry sensitive
    bloated cramp cramps tickle freckle corn bunion ingrown earwax stye moreton moraton agruras
    verruga calambre gripe gripa tos bleu_au livido hematoma muskelkater hipo hoquet schluckauf
    singhiozzo soluco
    """,
    "HOSPITAL": """
    hospital* er icu admitted surgery operation operated ward rehab urgent_care emergency_room
    intensive_care urgencias internad* hospitalizad* operaron urgences notaufnahme krankenhaus
    ospedale ricoverat* pronto_soccorso pronto_socorro internado cirugia stent transplant
    """,
}
