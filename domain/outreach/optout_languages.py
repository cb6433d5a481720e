"""How people say in other languages that they want no more messages."""

from domain.plain import words_of

KEYWORDS = words_of(
    """
    alto para pare paren parar basta bastaya cancelar baja nomas detener salir terminar fin
    anular detengan arret arreter arretez desabonner desinscrire desinscription annuler
    resilier stopp stoppen abmelden abbestellen aufhoren widerruf abbrechen kundigen
    abmeldung sair descadastrar parem chega fermare fermati fermatevi ferma annulla
    disiscrivimi cancellami disiscrivere cancellarmi suspender desuscribir desuscribirme
    darmedebaja smettetela smettila smettete stopsms arretsms
    """
)
RESUMING = frozenset(
    [
        "comenzar",
        "empezar",
        "iniciar",
        "alta",
        "reanudar",
        "reprendre",
        "anmelden",
        "iniziare",
        "ricominciare",
        "retomar",
    ]
)
ASKING = frozenset(
    ["ayuda", "informacion", "aide", "hilfe", "ajuda", "aiuto", "info", "assistance"]
)
BESIDE = words_of(
    """
    por favor gracias ya si hola todo s il vous plait merci bitte danke obrigado per favore
    grazie mensajes sms inscripcion se me wieder de la bitte ora oui ja senor
    """
)

_ES = r"(?:mensajes?|textos?|sms|recordatorios?|publicidad|promociones|ofertas?|msjs?|llamadas?)"
_FR = r"(?:messages?|sms|textos?|rappels|publicites?|pubs?|offres|appels)"
_DE = r"(?:nachrichten|sms|werbung|erinnerungen|mitteilungen|angebote|anrufe|texte)"
_PT = r"(?:mensage(?:m|ns)|sms|propagandas?|lembretes|ofertas?|promocoes|torpedos?|msgs?)"
_IT = r"(?:messagg\w+|sms|promemoria|pubblicita|offerte|notifiche|chiamate)"

REFUSALS = (
    # Spanish
    r"no (?:me|nos) (?:vuelvan? a )?(?:mand\w+|envi\w+|escrib\w+|contact\w+|llam\w+|molest\w+"
    r"|text\w+)"
    r"(?= mas| mensajes| textos| sms| nada| esto| estos| otra| por favor| nunca| publicidad"
    r"| ningun| ?$| \.)",
    r"(?<!no )(?:deje\w*|deja|dejar|pare\w*|para|parar) (?:ya )?de (?:envi|mand|escrib|molest|llam"
    r"|contact|text|spam)\w+|(?:no|ya no) (?:quiero|deseo|quisiera|me interesa) (?:\w+"
    rf" ){{0,4}}{_ES}",
    rf"(?:no|sin|ni un|ningun) mas {_ES}|no mas(?= ?$| \. ?$| por favor)|(?:basta|alto) (?:de|con"
    r"|a)"
    rf" (?:\w+ )?{_ES}|(?:detener|detengan|paren|pare|parar|suspender|suspendan|cancelar|cancelen)"
    rf" (?:de )?(?:los |las |estos |sus |todos los |mis |de mandar |de enviar )*{_ES}",
    r"(?:quit\w+|borr\w+|elimin\w+|sac\w+|remuev\w+|retir\w+|saqu\w+) (?:\w+ ){0,3}(?:lista|numero"
    r"|base de datos|contacto)|(?:dar|den|dame|denme|darme|darnos|quiero darme|deme) (?:\w+ )?de"
    r" baja"
    r"|desuscri\w+|desinscri\w+",
    r"(?:retiro|revoco|cancelo|revocar|retirar) (?:mi |el )?(?:consentimiento|permiso|autorizacion)"
    r"|no (?:autorizo|doy (?:mi )?permiso|doy (?:mi )?consentimiento|consiento|autorice)"
    r"|(?:cancel\w+"
    r"|anul\w+|terminar) (?:\w+ )?suscripcion|dejen?me en paz|no quiero (?:que )?(?:me"
    r" )?(?:escriban"
    r"|llamen|contacten|manden|envien)",
    # French
    r"(?:arret\w+|cess\w+|stopp?\w*) (?:de )?(?:(?:m|me|nous|vos|les|ces|l) )*(?:envo\w+|ecri\w+"
    rf"|contact\w+|harcel\w+|spam\w+|derang\w+|{_FR})",
    r"(?:ne|n) (?:m|me|nous) (?:envoyez|ecrivez|contactez|appelez|derangez|envoie|ecris|contacte)"
    rf" (?:plus|pas|jamais)|(?:plus|pas|aucun) (?:de |d )?(?:autres )?{_FR}(?= ?$| \.| s il| svp"
    rf"| merci)|(?:ne |n )?(?:veux|souhaite|desire|voudrais) (?:plus|pas) (?:\w+ ){{0,3}}{_FR}",
    r"(?:retir\w+|enlev\w+|supprim\w+|effac\w+|ray\w+) (?:moi|mon numero|nous|moi s)(?: \w+)*"
    r"|(?:desabonn\w+|desinscri\w+)|(?:retire|revoque|annule) mon consentement|laissez moi"
    r" tranquille"
    r"|ne veux plus (?:etre|recevoir)|ne plus (?:me |m |nous )?(?:contacter|envoyer|ecrire|appeler"
    r"|deranger)|me retirer de",
    # German
    rf"(?:keine?|nie) (?:weiteren? )?{_DE}(?: mehr)?(?= ?$| mehr| bitte| senden| schicken| bekommen"
    rf"| erhalten| \.)|keine (?:\w+ )?{_DE} mehr|(?:schick\w+|send\w+|schreib\w+|kontaktier\w+"
    r"|ruf\w+)"
    r" (?:sie )?(?:mir|mich|uns) (?:bitte )?(?:keine|nicht|nie|nichts)(?: \w+)* ?(?:mehr|an)?",
    rf"(?:will|mochte|wunsche) (?:\w+ )?(?:keine) (?:\w+ )?{_DE}|nicht mehr (?:schreiben"
    r"|kontaktieren"
    r"|anrufen|anschreiben|texten)|(?:hor\w+) (?:\w+ ){0,3}auf(?: mir| mich|$| zu)|(?:streich\w+"
    r"|nehm\w+"
    r"|losch\w+|entfern\w+|trag\w+) (?:sie )?(?:\w+ )?(?:mich|meine nummer|meine daten)(?: \w+)*",
    r"widerruf\w* (?:\w+ )?(?:einwilligung|zustimmung)|(?:mich|mochte|will) (?:\w+ )?(?:abmelden"
    r"|abbestellen|austragen)|in ruhe(?= ?$| \.)|meldet? mich ab|abmelden|abbestellen",
    # Portuguese
    r"(?:pare|parem|para|deixe|deixem) de (?:me )?(?:mandar|enviar|escrever|incomodar|ligar"
    r"|contatar"
    r"|perturbar)|nao (?:me|nos) (?:mande\w*|envie\w*|escreva\w*|ligue\w*|contate\w*|perturbe\w*"
    rf"|incomode\w*)|nao quero (?:mais )?(?:\w+ ){{0,2}}{_PT}|(?:chega|sem|basta) (?:de )?(?:mais"
    r" )?"
    rf"{_PT}",
    r"(?:me tir\w+|tir\w+ me|remov\w+|exclu\w+|apag\w+|tir\w+|retir\w+) (?:\w+ ){0,2}(?:da lista"
    r"|meu"
    r" numero|meu contato|minha inscricao)|(?:retiro|revogo) (?:meu |o )?consentimento"
    r"|descadastr\w+"
    r"|cancelar (?:a |minha )?inscricao|me deix\w+ em paz",
    # Italian
    r"non (?:mi |ci )?(?:mandate\w*|inviate\w*|scrivete\w*|contattate\w*|chiamate\w*|mandarmi"
    r"|inviarmi"
    rf"|scrivermi|mandar\w+)(?: piu| mai| altri)?|non voglio (?:piu )?(?:\w+ ){{0,2}}{_IT}"
    r"|(?:smett\w+"
    r"|fin\w+) di (?:mandar\w+|inviar\w+|scriver\w+|contattar\w+|disturbar\w+|chiamar\w+)",
    rf"(?:niente|basta|stop|no) (?:piu |altri |con (?:i |questi )?)?{_IT}|(?:toglie\w+|cancell\w+"
    r"|rimuov\w+|elimin\w+) (?:mi )?(?:\w+ ){0,2}(?:lista|mio numero|iscrizione|miei dati)"
    r"|(?:cancella"
    r"|annulla|disdici) (?:l )?iscrizione|revoco (?:il )?(?:mio )?consenso|disiscriv\w+|lasciatemi"
    r" in"
    r" pace",
)
DENIED = (
    r"no (?:deje\w*|deja|pare\w*|para) de|no para|n arret\w+ (?:pas|jamais)?|(?:non|nicht)"
    r" (?:smett\w+)"
    r"|nicht (?:abmelden|abbestellen|aufhoren)|hort nicht auf|non smette|nao para|nao pare\w* de"
    r"|ne (?:veux|souhaite) pas me (?:desabonner|desinscrire)|no quiero (?:darme de baja|cancelar)",
)
RETURNS = (
    r"(?<!no )quiero (?:volver a )?recibir (?:\w+ )?mensajes|suscribi\w+|wieder anmelden|reabonn\w+"
    r"|iscrivimi"
    r"|(?<!nao )quero receber (?:\w+ )?mensagens|mensajes otra vez",
)
