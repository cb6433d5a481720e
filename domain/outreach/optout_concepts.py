"""What words of six languages are about when somebody answers a message."""

from domain.hunches.concepts import Lexicon

WISHES = Lexicon.of(
    STOP="""
    stop* stopp stp stap stahp sotp stpo quit quitting cease desist end ends ending halt
    discontinue* terminate* cut_it_out cut_that_out cut_out knock_it_off knock_off lay_off
    give_it_a_rest refrain suspend* pause kill deactivat* disabl* turn_off turn_these_off
    turn_it_off turn_them_off shut_off shut_these_off shut_them_off switch_off silence mute
    chill_with no_more done_with spare_me over_with put_an_end enough enough_with ease_up alto para
    pare paren parar parale parenle basta dejen deje deja dejar detengan detener detenga suspendan
    cesar cese arret* arreter cess* stoppen aufhoren hort_auf horen_sie_auf auf_horen fermat*
    smett* smettetela parem chega suficiente ya_estuvo ca_suffit assez nix axe scrap enough_of cut
    zero spare skip done_getting no_further fine_stop hard_no no_bueno let_me_be leave_me
    put_a_stop call_it_quits hartaron reicht es_reicht ora_basta agora_chega schluss schluss_mit
    finite finitela
    """,
    SEND="""
    text* txt* txting texting messag* msg* sms send sending sends contact* reach reach_out
    reaching_out call* calling ring phone_me phoning write writing email* mail* notif* alert*
    reminder* promo* ad ads advert* marketing offer* spam* blast* campaign* newsletter* robocall*
    robot bot automated communicat* update updates deals coupons hitting_me hit_me hitting_my
    hit_my blowing_up blow_up bother* bug bugging harass* pester* annoy* disturb* solicit* mensaje*
    texto* textean* mandar* manden mande mandan mandarme envi* escrib* llam* llamen recordatorio*
    publicidad promocion* oferta* molest* notific* joder chingar avisos message* envoy* ecri*
    appel* derang* harcel* rappel* publicite* pub courriel* nachricht* schick* schreib* send*
    kontaktier* anruf* ruf* werbung erinnerung* belastig* newsletter messagg* mand* scriv* inviat*
    chiam* contatt* pubblicita promemoria mensag* escrev* lig* contat* perturb* propaganda
    lembrete* these_things this_stuff this_crap this_junk ping pinging buzz* nag* flood* fill*
    clog* bombard* badger* hound* remind* avis* marque* marquen busquen relanc* benachrichtig*
    inbox
    """,
    LIST="""
    list lists database system records contacts file program directory mailing_list group thread
    distribution rotation registry lista listas base_de_datos sistema registro liste fichier base
    verteiler datenbank elenco rubrica cadastro phonebook whatever_this_is
    """,
    NUMBER="""
    number phone cell line mobile this_phone my_phone landline numero telefono celular linea
    telephone portable nummer handy telefonnummer cellulare contato telefone digits info
    """,
    REMOVE="""
    remov* rmv* delet* eras* take_me_off take_me_out take_my take_us_off take_this take_it_off
    take_off taken_off get_me_off get_me_out get_my get_rid pull strike scratch cross_me drop scrub
    wipe lose forget_my forget_this purge exclude unlist unenroll* deregister detach let_me_off
    let_me_out count_me_out off_this off_your off_of unsub* unsuscrib* opt_out opt_me_out
    opt_us_out optout opting_out opted_out opt_this out_of_this quit* quiten quiteme quitenme borr*
    borrenme elimin* eliminen saqu* saquenme sacar remuev* baja darme_de_baja den_de_baja desuscri*
    desinscri* retir* retirez enlev* enlevez supprim* effac* desabon* losch* streich* entfern*
    abmeld* abbestell* austrag* nehmen_sie_mich toglie* togliet* cancellat* cancellatemi rimuov*
    disiscri* tir* tirem apag* exclu* descadastr* sair withdraw me_salgo salirme strip zap dump*
    ditch* take_me get_me lose_my lose_this rayez sortez tragt_mich nehmt_mich austragen remuevan
    bloque* exit leave_list
    """,
    CONSENT="""
    consent* permission authoriz* authoris* agreed agree signed_up sign_up subscribed opted_in
    asked_for request* consentimiento permiso autoriz* consentement einwilligung zustimmung
    consenso consentimento permissao
    """,
    REVOKE="""
    revoke* withdraw* withdrawn rescind* take_back retract* object decline refuse reject deny
    retiro revoco revocar cancelo retire revoque widerruf* ritiro revogo oppose
    """,
    CANCEL="""
    cancel* cancle anul* annul* cancelen cancelar cancele stornier* absag* disdi* kundig* resili*
    desmarc*
    """,
    SUBSCRIPTION="""
    subscription* suscripcion abonnement abo iscrizione inscricao enrollment service
    """,
    APPOINTMENT="""
    appointment* appt appts visit visits booking reservation* schedule* slot session table meeting
    cleaning surgery procedure checkup delivery order orders membership policy prescription refill
    class cita citas consulta reserva reservacion visita operacion rendez_vous rdv consultation
    termin* besuch behandlung appuntamento prenotazione horario lease gym waitlist waiting_list
    exam
    """,
    BODY="""
    tooth teeth pain bleeding bleed blood cough* cry* crying medication medicine* pills pill
    antibiotic* thinner smoking drinking eating grinding snoring stitches stitch mole braces
    prescription aspirin taking leak* leaking running water toilet noise car barking raining
    payment check worry* worrying stressing dolor sangr* llorar medicina* diente muela fumar
    douleur medicament* saign* schmerz* tabletten rauchen dolore dor remedio* metformin treatment
    anesthesia fluoride x_ray x_rays ray rays insurance plan tattoo stain hair wart cyst skin_tag
    implant polish wallpaper stump hive fee tip charge discount nail nails verruga lunar brackets
    esmalte manchas grain_de neo pinta muttermal points faden punti pontos
    """,
    ROUTE="""
    by at_my at_your bus sign train truck shop here_and in_at in_tomorrow over_after around parada
    paso camion autobus haltestelle arret_de fermata ponto corner street traffic non nonstop full
    pit door flight off_at off_on stoplight drop_off drop_by stop_off passing swing last_stop
    first_stop by_your
    """,
    NICKNAME="""
    honey sweetie sweetheart that_name my_name miss ma_am sir dear baby mija amor cherie
    """,
    NEG="""
    not no never dont nope nah ni nunca jamas ne pas plus nicht kein keine nie non nessun* niente
    nao nada nichts rien none without
    """,
    WANT="""
    want wanna need like care wish interested prefer rather would_like quiero deseo quisiera
    interesa veux souhaite voudrais will mochte wunsche voglio vorrei quero desejo gostaria receive
    receiving get getting recibir recevoir erhalten bekommen ricevere receber keep hear
    """,
    MORE="""
    more again anymore any_more ever further longer another future mas nunca otra_vez encore
    davantage mehr wieder piu altri mais outra always forever going_forward
    """,
    ME="""
    me my us our i this mi mis nos moi mon mich mir meine uns mio ci meu minha
    """,
    YOU="""
    you your y all yall ya guys company office bot ustedes sus vous votre sie ihre voi vostri voces
    seus
    """,
    WRONG="""
    wrong equivocad* errado sbagliato falsch* mauvais not_me not_my isn_t not_the_person
    not_a_patient not_a_customer not_your no_longer_a not_maria doesnt_live does_not_live moved
    deceased passed_away he_died she_died dead belongs somebody_else someone_else switched not_her
    not_his dont_know_who do_not_know_who who_is_this ex_patient stranger not_the_right
    wrong_number wrong_person wrong_guy not_who belongs_to otra_persona de_otra ya_no_es
    se_equivoc* pas_mon nicht_meine non_e_il nao_e_meu isnt_his changed_his
    """,
    ANGER="""
    sick tired fed_up annoying harassment sue report reporting lawyer block blocking fcc illegal
    seriously damn fuck* f_off hell crap hate had_enough harta harto hartos ridiculous begging
    leave_me_alone leave_me_be go_away get_lost back_off piss_off buzz_off shut_up screw en_paz
    tranquil* in_ruhe in_pace em_paz la_paix laissez times already told asked said money lawsuit
    attorney complaint violating law nonsense madness relentless hartar* cansad* bastante hates
    """,
    QUESTION="""
    what when why who how where which do_i do_you can_i does did will if am_i is_there que cuando
    por_que quien como donde si puedo quand pourquoi qui comment wann warum wer wie ob quando
    perche chi come quem posso what_happens cuanto is_it are_these should_i would do_i_have did_i
    was_i more_info mas_informacion plus_d_infos mehr_infos piu_informazioni mais_informacoes
    curious
    """,
    HOWTO="""
    how_do_i how_can_i how_do_we how_to como_hago como_me como_puedo comment_faire wie_kann
    wie_bestelle wie_werde come_faccio como_faco what_do_i_text what_is_it_take
    """,
    START="""
    start* subscribe resubscribe resume unstop opt_in opt_me_in optin sign_me_up add_me put_me_back
    put_me_on keep turn_on back_on again_please like_these love helpful suscribirme empezar iniciar
    seguir_recibiendo inscrire wieder_anmelden iscrivimi quero_receber resend on_the_list_still
    keep_me sigan love_your glad happy thanks_for thank_you_for appreciate never_stop
    dont_ever_stop do_not_ever_stop keep_texting undo reverse disregard take_back_my
    """,
    ACCIDENT="""
    accident* mistake mistakenly oops meant mean autocorrect error sin_querer ignore undo
    par_erreur aus_versehen per_sbaglio sem_querer
    """,
    OTHERS="""
    other different ex husband wife son daughter kid landlord bank friend doctor dentist cop
    netflix magazine newspaper someone pharmacy boss neighbor mom sister brother kids child baby
    dog esposo esposa hijo hija otra otro mari femme mann frau sohn marito moglie marido filho
    vitamins box
    """,
    PLEASE="""
    please pls plz kindly thanks thank_you por_favor gracias favor_de svp merci bitte danke
    per_favore grazie obrigad* appreciate
    """,
    TIME="""
    today tomorrow monday tuesday wednesday thursday friday saturday sunday morning afternoon noon
    o_clock am pm before after month week day year minutes late early hoy manana lunes tarde demain
    matin morgen heute domani oggi amanha hoje until till fin_de end_of
    """,
    DIRECTION="""
    instead text_me call_me send_me send_it leave_a leave_it email_me mandame mandeme envieme
    escribame mejor only prefer_texts better rather_than old_number work new_number changed update
    didnt_get did_not_get never_got call_only text_only rather_call lieber plutot piuttosto
    prefiero texts_only posso_ligar pode_escrever schreiben_sie_mir scrivetemi escriban_a resend
    lost_the deleted died was_off
    """,
    NODISTURB="""
    do_not_call do_not_contact do_not_text do_not_disturb no_contact no_texts no_calls no_sms
    no_messages never_contact never_text
    """,
    OUT="""
    im_out i_am_out out want_out want_off all_set im_good i_am_good hard_pass over_it
    """,
)
