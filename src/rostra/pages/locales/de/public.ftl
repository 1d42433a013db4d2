# Die Seiten, die alle lesen dürfen: Startseite, Über uns, Profile, Beiträge, Hashtags.

landing-description = Ein soziales Netzwerk auf eigenen Füßen: Beiträge in der Reihenfolge, in der sie geschrieben wurden, keine Werbung, und Regeln, die alle lesen können.
landing-join = Konto anlegen
landing-ask = Um Aufnahme bitten
landing-ask-hint = Neue Konten werden angesehen, bevor sie schreiben können.
landing-invited = Ich habe eine Einladung
landing-invited-hint = Neue Mitglieder kommen auf Einladung von jemandem, der schon hier ist.
landing-closed = Im Moment werden keine neuen Konten angenommen. Alles Öffentliche lässt sich auch ohne lesen.
landing-happening = Was hier passiert
landing-empty = Noch hat niemand öffentlich geschrieben. Der erste Beitrag wird hier stehen.
landing-numbers = { $members ->
    [one] { $members } Mitglied
   *[other] { $members } Mitglieder
} · { $statuses ->
    [one] { $statuses } Beitrag
   *[other] { $statuses } Beiträge
}
landing-apps = Bring deine App mit
landing-apps-text = Apps für Mastodon funktionieren hier. Such dir eine aus, gib { $domain } als Server an und melde dich an.
landing-apps-more = So verbindest du eine App
landing-contact = Kontakt
landing-to-rules = Die Regeln hier
landing-all-rules = Alle Regeln mit Erklärung
landing-welcome = Willkommen zurück, { $name }
landing-welcome-text = Lies und schreib mit einer App deiner Wahl. Um dein Konto, deine Sitzungen und deine Sicherheit kümmerst du dich hier.
landing-to-settings = Einstellungen

about-title = Über { $title }
about-rules = Regeln
about-rules-text = Sie gelten für alle, auch für die, die dieses Netzwerk betreiben.
about-rules-none = Der Betreiber hat noch keine Regeln aufgeschrieben.
about-apps = So verbindest du eine App
about-apps-text = { $title } spricht die Schnittstelle von Mastodon. Darum suchst du dir selbst aus, womit du liest und schreibst.
about-apps-install = Hol dir eine App für Mastodon: zum Beispiel Tusky oder Mastodon auf Android, Ice Cubes, Ivory oder Mastodon auf dem iPhone, Phanpy oder Elk im Browser.
about-apps-server = Gib diesen Server an, wenn die App danach fragt:
about-apps-log-in = Melde dich auf der Seite an, die sich öffnet, sieh dir an, was die App darf, und stimm zu.
about-apps-end = In den Einstellungen kannst du einer App den Zugang jederzeit wieder nehmen.
about-contact = Kontakt
about-contact-text = Bei Fragen, Ärger oder Rechtsverstößen schreib an
about-source = { $title } läuft mit Rostra, freier Software unter der Apache-Lizenz 2.0.

profile-title = { $name } ({ $handle })
profile-joined = Dabei seit { $month }
profile-bot = Automatisches Konto
profile-locked = Fragt, bevor andere folgen dürfen
profile-memorial = In Gedenken
profile-moved = { $name } ist umgezogen nach
profile-fields = Über diese Person
profile-verified = Bestätigt am { $day }
profile-statuses = { $count ->
    [one] { $count } Beitrag
   *[other] { $count } Beiträge
}
profile-following = folgt { $count }
profile-followers = { $count } Follower
profile-counts = Zahlen
profile-tabs = Was gezeigt wird
profile-posts = Beiträge
profile-with-replies = Mit Antworten
profile-media = Medien
profile-empty = Hier steht noch nichts Öffentliches.
profile-empty-media = Noch keine öffentlichen Bilder.
profile-empty-older = Ältere Beiträge gibt es nicht.
profile-follow = Zum Folgen such in deiner App nach
profile-feed = RSS-Feed

thread-title = { $name }: „{ $excerpt }“
thread-ancestors = Früher in diesem Faden
thread-replies = Antworten
thread-to-answer = Zum Antworten such in deiner App nach dieser Adresse:
thread-cut = Von diesem langen Faden sind nicht alle Beiträge zu sehen.

collection = Sammlung
collection-by = { $count ->
    [one] Ein Mensch, empfohlen von { $name }
   *[other] { $count } Menschen, empfohlen von { $name }
}
collection-empty = In dieser Sammlung ist niemand.
collection-sensitive = Diese Sammlung ist vielleicht heikel: anzeigen
collection-follow = Um jemandem zu folgen, such in deiner App nach der Adresse.
profile-collections = Sammlungen

tag-title = #{ $name }
tag-empty = Noch hat hier niemand öffentlich dieses Hashtag benutzt.
tag-text = Öffentliche Beiträge mit diesem Hashtag, die neuesten zuerst.

feed-of-account = Beiträge von { $name }
feed-of-tag = Beiträge mit #{ $name }

privacy-title = Datenschutzerklärung
text-updated = Zuletzt geändert { $day }
terms-title = Nutzungs{ "\u00AD" }bedingungen
terms-since = Diese Nutzungsbedingungen gelten seit dem { $day }.
terms-from = Diese Nutzungsbedingungen gelten ab dem { $day }.
terms-succeeded = Ab dem { $day } gelten neue Nutzungsbedingungen
terms-changes = Was neu ist
terms-others = Andere Fassungen
terms-of = Ab dem { $day }
terms-none = Wer dieses Netzwerk betreibt, hat keine Nutzungsbedingungen geschrieben.
embed-open = Auf { $title } lesen
