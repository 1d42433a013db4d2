# Der Rahmen jeder Seite, Beiträge, und was schiefgehen kann.

skip-to-content = Zum Inhalt
nav-account = Konto
nav-settings = Einstellungen
nav-profile = Dein Profil
nav-network = Dieses Netzwerk
nav-about = Über uns
nav-rules = Regeln
nav-apps = Apps
nav-language = Sprache
app-open = In der App öffnen
app-compose = Beitrag schreiben
app-notifications = Mitteilungen
log-in = Anmelden
sign-up = Registrieren
copy = Kopieren
copied = Kopiert
join-question = Noch kein Konto?

pager = Weitere Beiträge
pager-older = Ältere Beiträge
pager-newest = Neueste Beiträge

## Beiträge

status-by = Beitrag von { $name }
status-boosted = { $name } hat geteilt
status-pinned = Angeheftet
status-reply-to = Antwort an { $handle }
status-reply-to-self = Setzt einen früheren Beitrag fort
status-edited = bearbeitet
status-edited-at = bearbeitet am { $when }
status-unlisted = Nicht gelistet
status-show = Anzeigen
status-hide = Verbergen
status-warning = Inhaltswarnung
status-more = Weiterlesen
status-replies = { $count ->
    [one] { $count } Antwort
   *[other] { $count } Antworten
}
status-boosts = { $count }-mal geteilt
status-favourites = { $count ->
    [one] { $count } Favorit
   *[other] { $count } Favoriten
}
status-written-with = mit { $app }

media-sensitive = Heikle Bilder
media-show = Anzeigen
media-hide = Verbergen
media-open = Bild in voller Größe
media-audio = Tonaufnahme
media-video = Video
media-unknown = Angehängte Datei

poll-ended = Umfrage beendet am { $when }
poll-ends = Umfrage endet am { $when }
poll-open = Umfrage ohne Ende
poll-multiple = Mehrere Antworten waren möglich
poll-voters = { $count ->
    [0] Noch hat niemand abgestimmt
    [one] { $count } Person hat abgestimmt
   *[other] { $count } Personen haben abgestimmt
}
poll-hidden = Das Ergebnis ist zu sehen, wenn die Umfrage endet

## Was schiefgeht

error-back = Zur Startseite
error-title = Fehler
error-bad-request = Diese Anfrage lässt sich nicht lesen
error-bad-request-text = Mit der Adresse oder dem gesendeten Formular stimmt etwas nicht. Es wurde nichts geändert. Geh zurück und versuch es noch einmal.
error-forbidden = Das ist nicht erlaubt
error-forbidden-text = Du darfst das nicht tun, oder das Formular war zu lange offen. Es wurde nichts geändert. Geh zurück, lade die Seite neu und versuch es noch einmal.
error-not-found = Diese Seite gibt es hier nicht
error-not-found-text = Vielleicht stimmt die Adresse nicht ganz, oder die Seite ist nicht öffentlich. Beiträge können gelöscht werden, Konten können umziehen oder anders heißen.
error-gone = Dieses Konto ist gesperrt
error-gone-text = Es hat gegen die Regeln dieses Netzwerks verstoßen oder wurde vom Betreiber geschlossen. Seine Beiträge werden nicht mehr gezeigt.
error-invalid = Das lässt sich so nicht annehmen
error-invalid-text = Etwas an den gesendeten Angaben passt nicht. Es wurde nichts geändert. Geh zurück und prüf deine Eingaben.
error-too-large = Das ist zu groß
error-too-large-text = Was gesendet wurde, ist größer, als dieses Netzwerk annimmt. Es wurde nichts geändert.
error-too-many = Zu viele Versuche
error-too-many-text = Zum Schutz aller gibt es eine Grenze, und die ist erreicht. Warte ein paar Minuten und versuch es dann wieder.
error-unavailable = Gleich wieder da
error-unavailable-text = Das Netzwerk ist gerade überlastet oder wird gewartet. Es geht nichts verloren. Versuch es in einer Minute noch einmal.
error-internal = Bei uns ist etwas kaputt
error-internal-text = Du hast nichts falsch gemacht, und der Fehler ist für den Betreiber festgehalten. Was schon gespeichert war, ist sicher. Versuch es in einer Minute noch einmal.
