"""What tells talk of danger from danger, in words of six languages; see `concepts`."""

AROUND = {
    "NEG": """
    not no never cannot without none nothing nobody isn ni sin nunca jamas ne pas plus rien nicht
    kein keine keinen nie non nessuno mai senza nao nem sem ya_no apenas barely hardly
    """,
    "STOPPED": """
    stopped quit is_out fine_now okay_now better_now anymore any_more paso calmo ya_paso
    """,
    "FINE": """
    fine okay ok better alright recovered recovering healed calm safe good well bien mejor ca_va
    tout_va besser gut gesund bene meglio guarito bem melhor estable
    """,
    "PAST": """
    ago last_year last_month last_week last_summer last_night yesterday used_to years year months
    weeks back_in once when_i_was history previously in_college in_high_school as_a_kid hace ano
    anos mes meses pasado pasada semanas ayer de_chiquito de_nino cuando_era dernier derniere
    il_y_a ans mois hier letztes letzte letzten vor jahre jahren monat gestern fa scorso scorsa
    anni mesi ieri passado atras ontem since january february march april may june july august
    september october november december saturday sunday enero febrero marzo abril mayo junio julio
    agosto
    """,
    "FUTURE": """
    tomorrow next_week next_month this_week tuesday wednesday thursday friday monday soon today
    tonight manana proxima lunes martes miercoles jueves viernes demain semaine morgen nachste
    domani prossima amanha saturdays due
    """,
    "BUSINESS": """
    appointment* appt schedul* reschedul* book booking reserv* cancel* open close hours price*
    cost* fee fees quote estimate how_much insurance bill billing invoice refill* prescription*
    referral checkup check_up physical follow_up results test* exam screening form forms paperwork
    records chart file account order delivery install* repair* replace* fix service* tune_up
    inspect* cleanup restoration sell buy do_you_take do_you_treat do_you_do do_you_offer
    do_you_have walk_in walk_ins class classes course training lesson* policy coverage cover covers
    discount evaluation specialist consult* cita citas consulta precio cuanto cuesta seguro receta
    factura revision instalar instalacion clase clases curso presupuesto examen analisis cancelar
    rendez_vous rdv prix combien assurance ordonnance facture installer cours stage termin rezept
    rechnung kosten kostet kurs versicherung appuntamento prenotazione visita prezzo quanto ricetta
    bolletta corso marcar receita conta exame preco agendar
    """,
    "PRODUCT": """
    extinguisher* detector* alarm alarms chirp* battery monitor* drill equipment permit safe
    cabinet sharpening supplies contact license code codes inspection number email text photo card
    paper
    """,
    "MEDIA": """
    movie film show tv news book novel game podcast article story costume party episode series song
    concert pelicula noticias libro serie juego cine actualites livre jeu nachrichten buch spiel
    fernsehen notizie gioco filme noticia livro jogo infos telegiornale read watched heard_about
    saw_on
    """,
    "DRILL": """
    drill test testing practice training simul* exercise role_play simulacro prueba exercice ubung
    esercitazione prova simulado scenario joke joking kidding broma plaisantais blague scherz
    scherzo scherzando brincadeira false_alarm falsa_alarma fausse_alerte fehlalarm falso_allarme
    alarme_falso pretend hypothetical*
    """,
    "HYPOTHETICAL": """
    if in_case what_if should what_should what_do_i_do_if what_are symptoms signs sintomas senales
    que_hago si en_caso quels symptomes was wenn anzeichen symptome cosa_fare sintomi sinais caso
    se ever when_should how_do_i_know
    """,
    "TOLD": """
    said told says she_said he_said quote called the_sign voicemail according dijo dice a_dit sagte
    ha_detto disse
    """,
    "DEVICE": """
    phone cell battery laptop computer internet car line server system website screen celular
    telefono bateria carro portable batterie telephone handy akku cellulare camera printer tablet
    engine
    """,
    "HYPERBOLE": """
    laugh* hunger hungry thirst* boredom bored embarrass* jealous* suspense cold hot tired cute
    curious dying_to dying_for die_for to_die_for kill_for risa hambre ganas sueno cansancio
    aburrimiento verguenza rire faim envie fatigue langeweile lachen fame voglia ridere rir fome
    vontade sono prices bill shoes feet deadline wait traffic haha lol jaja* kkk lmao haha* hehe
    literally figuratively crazy_about in_love love gorgeous funny joke meme party wedding gym
    workout karaoke
    """,
    "HOME": """
    pipe* water_heater heater heat furnace boiler toilet sink drain sewer ac plumb* leak roof
    locked_out keys power_out breaker lights hot_water clog* flood* overflow* tuberia tubo agua
    calefaccion bano chaudiere toilettes fuite_d_eau rohrbruch heizung toilette riscaldamento
    caldaia cano chuveiro vaso encanamento llaves plomero cerrajero
    """,
    "PET": """
    dog dogs cat cats puppy kitten vet pet pets horse bird perro gato perra veterinario chien chat
    hund katze cane gatto cachorro gata
    """,
    "WORK": """
    nurse doctor dr paramedic emt firefighter dispatcher officer teacher instructor volunteer
    department company
    """,
    "GRIEF": """
    passed_away funeral deceased hospice grief widow fallecio decede verstorben falecid* deceduto
    faleceu died_last
    """,
    "ACCOUNT": """
    calling_about calling_from calling_for calling_on_behalf question_about i_have_a_question
    i_would_like id_like i_need_a looking_for want_to_talk want_to_see want_to_sign
    """,
    "RESOLVED": """
    came_out put_out already_left is_over cleared all_good stable discharged home_now is_out
    its_out already_came already_fixed healed_up resolved doing_well doing_much_better on_the_mend
    ok_now fine_now out_of_danger turned_out it_was_only it_was_just was_only was_just those_were
    ya_salio ya_vino ya_apagaron ya_arreglaron ya_esta era_la eran estable deja_passes war_schon
    war_nur erano era_solo ja_vieram resuelto gia_venuti
    """,
    "HOUSEHOLD": """
    couch carpet fence deck shelf gutter* faucet shower thermostat fridge freezer washer dishwasher
    washing_machine lawn yard roses plants garden mirror lamp gate shed wallpaper tile driveway
    porch attic_noise ants mice mold mildew stain* tv sofa wifi tire tires brakes transmission
    alternator engine_light refri llanta cerca pintura peinture cloture pneu zaun reifen recinzione
    gomma tinta
    """,
    "QUESTION": """
    can_i can_you could_you do_i do_you does is_it is_there are_there are_you will_you would_you
    when where which how whats what_is what_time puedo pueden tienen hay_cita cuando donde cual
    puis_je avez_vous est_ce pouvez_vous kann_ich konnen_sie haben_sie wo posso avete potete quando
    dove voces_tem tem_horario qual until_what quote_for
    """,
    "EMOTION": """
    nervous worried exhausted tired sad stressed anxious annoyed upset excited happy hungry moody
    depressed lonely burned_out triste deprimid* estresad* fatiguee nervios* mude erschopft stanc*
    cansad* overwhelmed anxiety stress
    """,
    "NOW": """
    right_now now just_now just suddenly all_of_a_sudden ahorita ahora de_repente ahora_mismo
    maintenant jetzt gerade plotzlich adesso ora agora still minutes_ago
    """,
    "HELP": """
    help hurry please_help quick fast immediately asap somebody_help auxilio socorro ayud* apurense
    rapido au_secours a_l_aide vite hilfe schnell aiuto aiutat* presto ajud* depressa sos mayday
    come_quick oh_my_god god dios
    """,
    "WANT": """
    want wanna wants wish thinking_about thinking_of going_to gonna plan planning quiero quiere
    veux veut will mochte voglio vuole quero quer voy_a va_a
    """,
}
