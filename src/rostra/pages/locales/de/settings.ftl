# Worum sich Mitglieder selbst kümmern.

breadcrumb = Wo du bist
remove = Entfernen
last-used = zuletzt benutzt { $day }

settings-network = Dieses Netzwerk
settings-signing-in = Anmelden
settings-sign-ups = Registrierungen
settings-sign-ups-state = { $count ->
    [0] Niemand wartet
    [one] { $count } Person wartet
   *[other] { $count } Personen warten
}
settings-password = Passwort
settings-password-state = Ändern
settings-email = E-Mail-Adresse
settings-two-factor = Zweiter Faktor
settings-two-factor-on = An: Dein Passwort allein genügt nicht
settings-two-factor-off = Aus: Dein Passwort allein genügt
settings-sessions = Sitzungen
settings-sessions-state = { $count ->
    [one] In einem Browser angemeldet
   *[other] In { $count } Browsern angemeldet
}
settings-apps = Apps
settings-apps-state = { $count ->
    [0] Keine hat Zugang
    [one] Eine hat Zugang
   *[other] { $count } haben Zugang
}
settings-invites = Einladungen
settings-invites-state = { $count ->
    [0] Hol jemanden dazu
    [one] { $count } ist offen
   *[other] { $count } sind offen
}
settings-aliases = Hierher umziehen
settings-aliases-state = { $count ->
    [0] Von einem Konto anderswo
    [one] Ein anderes Konto ist genannt
   *[other] { $count } andere Konten sind genannt
}
settings-exports = Daten mitnehmen
settings-exports-state = Wem du folgst, deine Listen, deine Lesezeichen
settings-imports = Daten mitbringen
settings-imports-state = Aus Dateien eines anderen Kontos
settings-shared = Gemeinsame Konten
settings-shared-state = { $count ->
    [0] Kümmert euch zusammen um ein Konto
    [one] Du kümmerst dich um { $count } Konto
   *[other] Du kümmerst dich um { $count } Konten
}
settings-shared-invited = { $count ->
    [one] { $count } Einladung wartet
   *[other] { $count } Einladungen warten
}
settings-delete = Konto löschen
settings-delete-state = Mit allem, was dazugehört
settings-in-apps = Deinen Namen, dein Bild und dein Profil änderst du in deiner App.

done-setup = Dein Konto ist bereit, und dieses Netzwerk liegt in deinen Händen.
done-password = Dein neues Passwort ist gespeichert.

password-current = Aktuelles Passwort

email-now = Wir schreiben dir an
email-new = Neue E-Mail-Adresse
email-new-hint = Wir schicken einen Link dorthin. Deine Adresse ändert sich, wenn du ihm folgst.
email-send = Link schicken
email-sent = Der Link ist unterwegs an { $email }. Deine Adresse ändert sich, wenn du ihm folgst.
email-waiting = { $email } ist noch nicht bestätigt.

two-factor-what = Mit einem zweiten Faktor kommt niemand allein mit deinem Passwort in dein Konto, auch wer es gefunden oder erraten hat.
two-factor-on = Ein zweiter Faktor ist an. Dein Passwort allein genügt nicht zum Anmelden.
passkeys = Passkeys
passkeys-what = Melde dich mit Finger, Gesicht oder Sicherheitsschlüssel an. Das ist am sichersten: Ein Passkey geht nur auf dieser Seite, anderswo kann ihn dir niemand entlocken.
passkey-add = Passkey hinzufügen
passkey-since = hinzugefügt { $day }
passkey-how = Als Nächstes fragt dein Browser nach Finger, Gesicht, PIN oder Sicherheitsschlüssel.
passkey-name = Name
passkey-name-hint = Damit du später weißt, welcher es ist.
passkey-create = Passkey anlegen
passkey-needs-script = Passkeys brauchen JavaScript, und das ist in diesem Browser aus. Eine Authenticator-App geht auch ohne.
passkey-unsupported = Dieser Browser bietet hier keine Passkeys an. Eine Authenticator-App geht überall.
passkey-not-added = Der Passkey wurde nicht hinzugefügt: Es hat nicht geklappt oder wurde abgebrochen. Versuch es noch einmal.
totp = Authenticator-App
totp-what = Eine App auf deinem Telefon zeigt alle 30 Sekunden einen neuen Code aus sechs Ziffern.
totp-add = Authenticator-App einrichten
totp-on = An seit { $day }
totp-remove = Ausschalten
totp-scan = Scann das mit einer Authenticator-App, zum Beispiel Aegis, 2FAS oder der in deinem Passwortmanager.
totp-qr = QR-Code für deine Authenticator-App
totp-key = Schlüssel
totp-by-hand = Von Hand eingeben
totp-by-hand-text = Wähl in der App „zeitbasiert“ und gib diesen Schlüssel ein:
totp-code = Code aus der App
totp-code-hint = Sechs Ziffern; daran sehen wir, dass die App eingerichtet ist.
totp-turn-on = Einschalten
codes = Wiederherstellungs{ "\u00AD" }codes
codes-what = Jeder öffnet dein Konto einmal anstelle des zweiten Faktors, zum Beispiel, wenn dein Telefon weg ist.
codes-left = { $count ->
    [0] Keiner ist übrig.
    [one] Einer ist übrig.
   *[other] { $count } sind übrig.
}
codes-renew = Neue Codes machen
codes-once = Diese Codes zeigen wir nur jetzt. Druck sie aus oder speicher sie dort, wo du sie ohne dein Telefon findest.
codes-download = Als Datei speichern
codes-file = wiederherstellungscodes-{ $domain }.txt
codes-file-title = Wiederherstellungscodes für { $handle }. Jeder gilt nur einmal.
codes-saved = Ich habe sie gespeichert

sessions-what = Hier bist du mit einem Browser angemeldet. Beende, was du nicht kennst oder nicht mehr benutzt.
sessions-apps = Apps stehen nicht in dieser Liste:
session-unknown = Unbekannter Browser
session-this = Dieser Browser
session-since = seit { $day }
session-end = Abmelden
session-end-others = Überall sonst abmelden

apps-what = Diese Apps dürfen dein Konto benutzen. Wenn du ihnen den Zugang nimmst, endet er sofort.
apps-none = Keine App hat Zugang zu deinem Konto.
app-since = erlaubt { $day }
app-may = Was sie darf
app-revoke = Zugang nehmen

invites-what = Wer so einen Link hat, kann Mitglied werden.
invites-approval = Mit einer Einladung muss niemand auf Aufnahme warten.
invite-new = Neue Einladung
invite-for = Für
invite-people = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
invite-unlimited = Beliebig viele Personen
invite-good-for = Gilt
invite-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
invite-forever = Ohne Ende
invite-make = Einladung machen
invite-uses = { $uses } von { $most } benutzt
invite-uses-unlimited = { $uses ->
    [0] Von niemandem benutzt
    [one] Einmal benutzt
   *[other] { $uses }-mal benutzt
}
invite-until = bis { $moment }
invite-revoke = Zurücknehmen

aliases-what = Wenn du von einem anderen Konto hierher umziehen willst, nenn es zuerst hier. Erst dann kannst du dort den Umzug beginnen; wer dir folgt, kommt mit. Ein Konto zu nennen ändert allein noch nichts, und du kannst es zurücknehmen.
alias-handle = Adresse deines anderen Kontos
alias-handle-hint = So wie name@anderswo.example
alias-add = Dieses Konto nennen
problem-alias-invalid = Das ist keine Adresse eines Kontos. Sie sieht aus wie name@anderswo.example.
problem-alias-self = Das ist dieses Konto.
problem-alias-unknown = Hier gibt es niemanden mit diesem Namen. Zu einem Konto anderswo gehört sein Server, wie in name@anderswo.example.
problem-alias-too-many = Das ist eines zu viel. Entferne eines, das du nicht mehr brauchst.

shared-of = Wer sich um { $name } kümmert
shared-what = Andere können sich mit der Besitzerin oder dem Besitzer um ein Konto kümmern. Sie benutzen es in ihren eigenen Apps: Wenn sie sich dort anmelden, wählen sie es aus. Passwort, Mailadresse, zweite Faktoren und Löschen bleiben beim Besitzer. Wer was geschrieben hat, sieht die Öffentlichkeit nicht; wer sich um das Konto kümmert, sieht es.
shared-invitations = Einladungen
shared-invited-by = von { $name } eingeladen
shared-accept = Annehmen
shared-decline = Ablehnen
shared-looked-after = Du kümmerst dich um
shared-how = Um so ein Konto zu benutzen, füg in deiner App ein Konto hinzu, melde dich hier als du selbst an und wähle es aus.
shared-leave = Verlassen
shared-people = Leute
shared-people-of = Wer sich um { $name } kümmert
shared-nobody = Nur wem es gehört.
shared-since = seit { $day }
shared-invited = eingeladen, noch keine Antwort
shared-make-manager = Zur Leitung machen
shared-make-editor = Zur Redaktion machen
shared-invite = Jemanden einladen
shared-member = Wen
shared-member-hint = Der Name eines Mitglieds dieses Netzwerks
shared-role = Als
shared-role-editor = Redaktion
shared-role-manager = Leitung
shared-roles-mean = Die Redaktion schreibt, antwortet und liest alles, auch Nachrichten. Die Leitung ändert auch das Profil, lädt Leute in die Redaktion ein und entfernt sie.
shared-invite-send = Einladung schicken
shared-acts = Was getan wurde
shared-acts-of = Was als { $name } getan wurde
shared-acts-what = Das sehen nur die, die sich um das Konto kümmern. Es wird ein halbes Jahr aufbewahrt; was tut, wem das Konto gehört, steht nicht darin.
shared-acts-none = Noch nichts.
shared-acts-older = Ältere
shared-former = Jemand, den es nicht mehr gibt
shared-act-published = Hat einen Beitrag veröffentlicht oder geplant
shared-act-edited = Hat einen Beitrag bearbeitet
shared-act-deleted = Hat einen Beitrag gelöscht
shared-act-favourited = Hat einen Beitrag favorisiert
shared-act-unfavourited = Hat einen Favoriten zurückgenommen
shared-act-boosted = Hat einen Beitrag geteilt
shared-act-unboosted = Hat ein Teilen zurückgenommen
shared-act-pinned = Hat einen Beitrag angeheftet
shared-act-unpinned = Hat einen Beitrag gelöst
shared-act-followed = Folgt jemandem
shared-act-unfollowed = Folgt jemandem nicht mehr
shared-act-blocked = Hat jemanden blockiert
shared-act-muted = Hat jemanden stummgeschaltet
shared-act-voted = Hat abgestimmt
shared-act-reported = Hat jemanden gemeldet
shared-act-profile = Hat das Profil geändert
problem-member-unknown = Es gibt kein Mitglied dieses Namens, das eingeladen werden kann.
problem-member-self = Das bist du, oder das Konto selbst.
problem-member-taken = Wer so heißt, kümmert sich schon darum oder ist eingeladen.
problem-member-too-many = Das ist eins zu viel: für dieses Konto oder für dieses Mitglied.

delete-forever = Das lässt sich nicht rückgängig machen, auch nicht von uns.
delete-goes = Mit { $handle } verschwindet für immer:
delete-statuses = { $count ->
    [one] { $count } Beitrag mit allem, was dazugehört
   *[other] { $count } Beiträge mit allem, was dazugehört
}
delete-media = { $count ->
    [one] { $count } hochgeladene Datei
   *[other] { $count } hochgeladene Dateien
}
delete-follows = Verbindungen: { $followers } folgen dir, { $following } folgst du
delete-rest = Dein Profil, Favoriten, Geteiltes, Lesezeichen, Mitteilungen, Sitzungen und der Zugang aller Apps
delete-stays = Was bleibt: Antworten anderer auf deine Beiträge, deine Stimmen in Umfragen ohne deinen Namen, und Kopien, die andere gemacht haben.
delete-password = Dein Passwort, damit das niemand sonst tut
delete-submit = Mein Konto löschen
deleted-title = Dein Konto ist gelöscht
deleted-text = Niemand kann es mehr sehen oder benutzen. Seine Beiträge und Dateien werden gerade entfernt; bei vielen dauert das ein paar Minuten. Danke, dass du hier warst.

sign-ups-what = Diese Menschen haben ihre Adresse bestätigt und warten auf deine Antwort.
sign-ups-none = Niemand wartet.
sign-ups-reject = Wer abgewiesen wird, erfährt es nicht; die Angaben werden gelöscht.
sign-up-approve = Aufnehmen
sign-up-reject = Abweisen

save = Speichern

settings-announcements = Ankündigungen
settings-announcements-state = { $count ->
    [0] Keine wird gezeigt
    [one] { $count } wird gezeigt
   *[other] { $count } werden gezeigt
}
announcements-what = Was du ankündigst, steht bei allen über der Timeline, bis sie es schließen. Mitglieder können darauf reagieren.
announcement-text = Text
announcement-text-hint = Links, @Namen und #Hashtags gelten wie in einem Beitrag.
announcement-starts = Beginn
announcement-ends = Ende
announcement-all-day = Ganztägig: Nur die Tage zählen
announcement-times-hint = Alle Zeiten sind in UTC. Ist ihr Ende erreicht, verschwindet die Ankündigung von selbst.
announcement-scheduled = Später veröffentlichen
announcement-scheduled-hint = Wenn du sie behältst, erscheint sie zu dieser Zeit von selbst.
announcement-new = Neue Ankündigung
announcement-publish = Jetzt veröffentlichen
announcement-keep = Behalten
announcement-published = Veröffentlicht { $moment }
announcement-due = Erscheint { $moment }
announcement-unpublished = Nicht veröffentlicht
announcement-change = Ankündigung ändern
announcement-withdraw = Zurückziehen
announcement-delete = Löschen
announcement-delete-what = Beim Löschen gehen die Ankündigung und alle Reaktionen darauf endgültig verloren.

problem-text-blank = Schreib erst etwas.
problem-text-too-long = Dieser Text ist zu lang.
problem-time-invalid = Das ist kein Datum mit Uhrzeit.
problem-time-missing = Zu einer dieser Zeiten gehört auch die andere.
problem-end-invalid = Das Ende muss nach dem Beginn liegen.

settings-site = Texte und Regeln
settings-site-state = Was dieses Netzwerk über sich sagt
site-texts = Texte
site-about = Über dieses Netzwerk
site-about-none = Noch nicht geschrieben
site-about-what = Wer du bist, wofür dieses Netzwerk da ist und wer es bezahlt. Das steht auf der Seite „Über“ und in Apps.
site-privacy-none = Die mitgelieferte
site-privacy-what = Solange du nichts schreibst, steht dort, was mit Rostra kommt: was diese Software speichert, auf Deutsch und Englisch.
site-markdown = In Markdown. Wer eine andere Sprache liest, sieht Englisch oder was es sonst gibt.
terms-what = Nutzungsbedingungen gelten ab einem Tag. Wenn du sie veröffentlichst, bekommen alle Mitglieder eine Ankündigung; danach lassen sie sich nicht mehr ändern.
terms-text = Nutzungsbedingungen
terms-changes-hint = In wenigen Worten, für alle, die die letzte Fassung kennen.
terms-date = Ab wann sie gelten
terms-date-hint = Lass den Mitgliedern ein paar Wochen, um sie zu lesen.
terms-publish = Veröffentlichen
terms-keep = Als Entwurf behalten
terms-delete = Entwurf löschen
terms-undated = Ohne Datum
terms-published = Veröffentlicht
terms-draft = Entwurf
terms-new = Neue Fassung
rule-text = Regel
rule-hint = Erklärung
rule-new = Neue Regel
rule-add = Hinzufügen
rule-up = Nach oben
rule-edit = Ändern
rule-change = Regel ändern
rule-drop = Regel entfernen
rule-drop-what = Eine Regel, die du entfernst, gilt nicht mehr. Meldungen, die sie nennen, zeigen sie weiter.

problem-date-missing = Zum Veröffentlichen brauchen Nutzungsbedingungen ein Datum.
problem-date-passed = Dieser Tag ist vorbei.
problem-date-taken = Ab diesem Tag gilt schon eine andere Fassung.
problem-rules-too-many = Mehr Regeln sind nicht möglich.

terms-announcement = Ab { $day } gelten hier neue Nutzungsbedingungen: { $link }

settings-reports = Meldungen
settings-reports-state = { $count ->
    [0] Keine ist offen
    [one] { $count } ist offen
   *[other] { $count } sind offen
}
reports-none = Niemand hat etwas gemeldet.
report-spam = Spam
report-legal = Verstößt gegen das Gesetz
report-violation = Verstößt gegen eine Regel
report-other = Etwas anderes
report-by = gemeldet von { $handle }
report-gone = jemand, der nicht mehr hier ist
report-open = Beitrag öffnen
report-resolve = Als erledigt markieren
report-reopen = Wieder aufnehmen

mail-report-subject = Eine Meldung auf { $title }
mail-report-text = Jemand hat @{ $username } gemeldet. Sieh es dir hier an: { $link }

settings-emojis = Emojis
settings-emojis-state = { $count ->
    [0] Keine eigenen
    [one] Ein eigenes
   *[other] { $count } eigene
}
emojis-what = Bilder dieses Netzwerks, die alle in Beiträgen und Namen über ihr Kürzel verwenden können, zum Beispiel :gull:.
emojis-none = Noch gibt es keine.
emoji-new = Emoji hinzufügen
emoji-add = Hinzufügen
emojis-import = Viele hinzufügen
emoji-no-category = Ohne Kategorie
emoji-disabled = Abgeschaltet
emoji-hidden = Nicht in der Auswahl
emoji-file = Bild
emoji-file-hint = PNG, GIF, WebP, JPEG oder AVIF, höchstens { $kib } KB; bewegte Bilder als APNG, GIF oder WebP. Quadratisch und durchsichtig sieht es am besten aus.
emoji-shortcode = Kürzel
emoji-shortcode-hint = Buchstaben von A bis Z, Ziffern und Unterstriche. Das schreiben die Leute zwischen zwei Doppelpunkte.
emoji-category = Kategorie
emoji-category-hint = Apps zeigen Emojis nach Kategorien. Das Feld kann leer bleiben.
emoji-category-rename = Kategorie umbenennen
emoji-category-rename-hint = Leer: Ihre Emojis haben dann keine Kategorie.
emoji-visible = In der Auswahl der Apps zeigen
emoji-visible-hint = Sonst geht es nur für alle, die sein Kürzel kennen.
emoji-disable = Abschalten
emoji-disable-hint = Statt des Bildes steht dann das Kürzel da, auch in alten Beiträgen.
emoji-delete = Löschen
emoji-delete-what = Beim Löschen gehen das Bild und alle Reaktionen damit endgültig verloren. In Beiträgen bleibt das Kürzel stehen.
emojis-archive = Archiv
emojis-archive-hint = Ein ZIP oder tar.gz mit Bildern, wie Netzwerke mit Mastodon sie austauschen: höchstens { $pictures } Bilder mit je { $kib } KB, zusammen { $mib } MB. Die Dateinamen werden zu Kürzeln.
emojis-overwrite = Gleichnamige ersetzen
emojis-overwrite-hint = Sonst werden sie übersprungen.
emojis-imported = Hinzugefügt: { $added }. Ersetzt: { $replaced }. Übersprungen, weil es den Namen schon gab: { $skipped }.
emojis-left = Für alle reichte die Zeit nicht. Schick das Archiv noch einmal, dann geht es weiter.
emojis-failed = Diese lassen sich nicht verwenden:
emojis-failed-more = und { $count } weitere
emoji-file-name = Der Name ergibt kein Kürzel.
emoji-file-large = Die Datei ist zu groß.
emoji-file-empty = Wähle ein Bild aus.
emoji-file-kind = Das ist kein Bild dieser Arten.
emoji-file-damaged = Die Datei ist beschädigt oder unvollständig.
emoji-file-effort = Das Bild hat zu viele Pixel oder Einzelbilder.
problem-shortcode-invalid = Nimm 2 bis 64 Buchstaben von A bis Z, Ziffern und Unterstriche.
problem-shortcode-taken = Ein Emoji mit diesem Kürzel gibt es schon.
problem-file-no-archive = Das ist kein ZIP- oder tar-Archiv, das wir lesen können.
problem-file-too-many = Das sind zu viele Emojis.
settings-trends = Trends
settings-trends-state = { $count ->
    [0] Nichts wartet auf dich
    [one] { $count } wartet auf dich
   *[other] { $count } warten auf dich
}
trends-what = Darüber sprechen gerade viele. Andere sehen nur, was du freigibst.
trends-what-later = Darüber sprechen gerade viele. Andere sehen es, solange du es nicht ausblendest.
trends-off = Trends sind hier abgeschaltet.
trends-none = Über nichts wird mehr gesprochen als sonst.
trends-tags = Hashtags
trends-links = Links
trends-statuses = Beiträge
trends-undecided = Noch nicht entschieden
trends-shown = Sichtbar
trends-hidden = Ausgeblendet
trends-people = { $count ->
    [one] { $count } Person heute
   *[other] { $count } Menschen heute
}
trends-show = Zeigen
trends-hide = Ausblenden
trends-show-all = Alles von { $name } zeigen
trends-hide-all = Alles von { $name } ausblenden
