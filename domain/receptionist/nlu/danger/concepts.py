"""What words of six languages are about: the same signs for a father, a chest, a flame.

A word ending in `*` stands for all that begin like it; `_` joins words that belong together.
"""

from domain.hunches.concepts import Lexicon
from domain.receptionist.nlu.danger.concepts_around import AROUND
from domain.receptionist.nlu.danger.concepts_bodies import BODIES

PEOPLE_AND_THINGS = {
    "PERSON": """
    husband wife mom mother dad father son daughter brother sister grandma grandmother grandpa
    grandfather granny nana papa aunt* uncle cousin nephew niece girlfriend boyfriend partner
    fiance* roommate neighbor* friend buddy homie coworker boss* guy man woman lady dude stranger
    person people someone somebody customer patient worker teen* him her he she they them student
    grandson granddaughter stepdad stepmom stepson in_law driver old_man old_lady esposo esposa
    marido mujer mama madre padre hijo hija hermano hermana abuel* tio tia primo prima nov_io novio
    novia amigo amiga vecin* senor senora muchach* hombre pareja suegr* viejo chamac* nene nena
    alguien el_senor tipo mari femme mere pere fils fille frere soeur copain copine ami voisin*
    homme dame quelqu_un monsieur grand_mere grand_pere mann frau mutter vater sohn tochter bruder
    schwester oma opa freund freundin nachbar* jemand kollege marito moglie mamma figlio figlia
    fratello sorella nonno nonna amico amica vicino uomo donna signore signora qualcuno mae pai
    filho filha irmao irma avo vizinh* homem moca rapaz alguem
    """,
    "CHILD": """
    baby babies infant newborn toddler kid kids child children boy girl little_one son daughter
    year_old bebe* nino nina nene nena hijo hija bambin* neonato enfant kind kinder crianca menin*
    """,
    "DYING": """
    dying die dies dead died death gone alive live living life make_it last_breath muere* muri*
    muert* morir meurt mort mourir stirbt sterben tot gestorben leben muore morto morire vivere
    morrendo morreu morrer viva vivir vivo vie vivre lebe
    """,
    "KILL": """
    kill* murder* hang_my* hang_him* hang_her* matar* mata mato matarme matarse tuer tue umbring*
    bringt umbringt uccid* ammazz* finish_me end_me shoot_my
    """,
    "SELFHARM": """
    suicid* kill_my_self kill_him_self kill_her_self kms unalive end_it end_my_life ending_it
    end_things end_my ending_my hurt_my_self hurting_my_self harm_my_self cut_my_self
    cutting_my_self slit overdose_on wrists self_harm done_living do_it_tonight voices razor noose
    rope ledge bridge cliff jump off_the_roof note_to goodbye better_off no_point no_reason
    quitarme_la_vida acabar_con suicidar* matarme cortarme ahorcarme puente despedida desaparecer
    suicider en_finir pont umbringen springen brucke schluss_mit farla_finita ammazzarmi buttarmi
    ponte pular me_matar plan_to hopeless without_me not_wake_up not_be_here heaven last_day
    last_night overpass railing burden hanging hang colgar* hang_him drive_into razor_blade
    revolver end_everything put_an_end finish_it everyone_better gone_tonight by_tonight
    last_breath slitting pulsadern venas_cortar strick corda corde soga dach_und tetto_e toit_et
    telhado_e ultimo_dia letzter_tag dernier_jour no_more_reason take_my_life wont_be_alive
    find_my_body
    """,
    "WEAPON": """
    gun guns knife blade machete rifle shotgun pistol* revolver bat axe weapon armed bomb pistola
    cuchillo navaja arma armado escopeta bomba couteau pistolet arme messer waffe pistole bombe
    coltello fucile armato faca armad* tiro
    """,
    "ATTACK": """
    beat* beats beating hit hits hitting punch* kick* slap* stab* stabbed shot shoot* shooting
    shooter attack* assault* chok* strangl* rape* raped molest* jumped mugged robb* robbing held_up
    grabb* grabbed shoved forcing force hurting smashing swinging fight fighting violent abus* belt
    golpe* pega pego pegando apunal* balazo* balacera dispar* viol* asalt* atac* tirando frappe*
    poignard* tire agress* viole schlagt schlug wurgt geschossen schiess* uberfall* picchia* spara*
    aggredi* accoltell* batendo bateu atirando esfaque* estupr* assalt* gunshot* gunfire strangling
    hammer slash* stomp* drag* pinned_me pins lunge* corner* carjack* molotov* mask masked hood
    hooded hoodies crowbar cagoule encapuchad* vermummt* mascherat* encapuzad* bludgeon* whipp*
    pummel* beaten punetazos punos marteau martillo martello scissors tire_iron bottle*
    coups_de_feu schusse spari tiros opened_fire pelea* patad* arrastr* jalo force_me forced
    violaron
    """,
    "THREAT": """
    threat* kill_me kill_us kill_my going_to_hurt finish_me amenaz* menace* droht bedroht minacci*
    ameac* make_me pay lo_va_a_matar me_va_a_matar
    """,
    "INTRUDER": """
    break_in breaking_in broke_in kicked_in kicking_in get_in getting_in burglar intruder footsteps
    glass_break in_my_house in_the_house inside_my outside_my_window downstairs prowler climbing
    ladron* metieron metio metiendo entraron intruso cambriol* einbrech* bricht_ein in_meiner ladri
    ladro ladrao entrou invadi* followed following chasing chase persig* siguiendo suit verfolgt
    seguendo seguindo forced_the sneaking crawled window_and sfondato enfonc* force_la_porte
    aufgebrochen arrombaram tumbaron tumbar lurking in_my_backyard in_our_yard in_my_driveway
    outside_the_window dentro_de upstairs walking_around
    """,
    "CAPTIVE": """
    hiding hide hid closet whisper* locked_in locked_my_self lock_me let_me_leave let_me_go hostage
    kidnap* abduct* took_my taken_my snatched escondid* encerrad* secuestr* llevaron cache
    verstecke entfuhrt nascost* rapit* sequestr* held_here tied_up restraining trunk zip_tied
    barricaded tied cornered blocks_the_door trancou trancada chiusa eingesperrt enferme encerro
    keeps_me locked_us
    """,
    "POLICE": """
    police cops sheriff policia polizei polizia carabinieri policiales swat
    """,
    "AMBULANCE": """
    ambulance* paramedic* medic medics nine_one_one 911 112 999 ambulancia* samu notarzt
    krankenwagen rettungswagen ambulanza nueve_once nueve_uno_uno emts
    """,
    "FIRE": """
    fire flame* flames ablaze engulfed burning blaze inferno wildfire on_fire caught_fire went_up
    explo* exploded blew_up fuego incendi* quemando llamas ardiendo explot* prendio feu incendie
    brule flammes brennt feuer flammen brand explodiert fuoco incendio brucia fiamme fogo chamas
    esplos* explod* smolder* smoulder* scorch* ember* combust* lumbre arde arden lit_up caught_on
    ignite* molten entzund* lichterloh incendia* bruciand* enflamm* flambe is_lit catching melted
    went_up_in
    """,
    "SMOKE": """
    smoke smokey smoky smoking_wall fumes humo fumee rauch qualm fumo fumaca sparks sparking
    chispas etincelles funken scintille faiscas
    """,
    "GAS": """
    gas propane hissing rotten_eggs leak leaking fuga escape fuite gaz gasleck propano vazamento
    perdita natural_gas butano gasgeruch
    """,
    "SMELL": """
    smell* stink* stinks reek* odor huele olor apesta sent odeur riecht geruch stinkt odore puzza
    cheiro cheira cheirando whiff
    """,
    "CARBON": """
    monoxide co_detector co_alarm co_melder carbon monoxido monoxyde kohlenmonoxid monossido
    """,
    "PLACE": """
    house home apartment kitchen garage building basement bedroom attic wall* car truck room lobby
    office barn casa cocina edificio carro coche cuarto departamento piso maison cuisine voiture
    immeuble haus wohnung kuche auto cucina macchina negozio loja cozinha predio
    """,
    "OBJECT": """
    stove oven dryer outlet curtain* couch candle toaster microwave grill panel wires furnace horno
    estufa enchufe cortina* forno fogao
    """,
}
DANGERS = Lexicon.of(**PEOPLE_AND_THINGS, **BODIES, **AROUND)
