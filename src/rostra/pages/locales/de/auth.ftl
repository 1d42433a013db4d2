# Registrieren und Anmelden, vergessene Passwörter, Zustimmung, und die Mails dazu.

username = Benutzername
email = E-Mail-Adresse
password = Passwort
or = oder
password-show = Anzeigen
password-hide = Verbergen
continue = Weiter
cancel = Abbrechen
username-hint = Buchstaben, Ziffern und Unterstriche. So finden dich andere; später lässt er sich nicht ändern.
email-hint = Nur wir sehen sie. Wir schicken dir einen Link, um sie zu bestätigen.
password-hint = Mindestens 8 Zeichen. Ein paar zufällige Wörter sind gut und leicht zu merken.

problem-username-blank = Such dir einen Benutzernamen aus.
problem-username-invalid = Ein Benutzername besteht nur aus den Buchstaben A bis Z, Ziffern und Unterstrichen, höchstens 30.
problem-username-reserved = Dieser Benutzername ist reserviert. Such dir einen anderen aus.
problem-username-taken = Diesen Benutzernamen hat schon jemand. Such dir einen anderen aus.
problem-email-invalid = Das ist keine E-Mail-Adresse, an die wir schreiben können. Hast du dich vertippt?
problem-email-taken = Mit dieser Adresse gibt es schon ein Konto. Melde dich an oder setz ein neues Passwort.
problem-password-too-short = Das Passwort ist zu kurz: Nimm mindestens 8 Zeichen.
problem-password-too-long = Das Passwort ist zu lang: Nimm höchstens 256 Zeichen.
problem-agreement-accepted = Um mitzumachen, musst du den Regeln zustimmen.
problem-reason-too-long = Das ist etwas lang: bitte höchstens 1.000 Zeichen.
problem-locale-inclusion = Diese Sprache kennen wir nicht.
problem-invites-too-many = Du hast so viele offene Einladungen, wie ein Mitglied haben darf. Nimm erst eine zurück.
problem-too-many = Das war zu oft. Warte eine Viertelstunde und versuch es dann wieder.

## Anmelden

sign-in-title = Anmelden
sign-in-login = Benutzername oder E-Mail-Adresse
sign-in-submit = Anmelden
sign-in-forgot = Passwort vergessen?
sign-in-new-here = Neu hier?
sign-in-sign-up = Konto anlegen
sign-in-for-app = Melde dich an, um zu entscheiden, was die App darf.
sign-in-wrong = Der Name oder das Passwort stimmt nicht. Prüf beides und versuch es noch einmal.
sign-in-expired = Das hat zu lange gedauert. Bitte melde dich noch einmal an.
sign-in-after-reset = Dein neues Passwort ist gespeichert. Melde dich jetzt damit an.
back-to-sign-in = Zurück zur Anmeldung

second-factor-title = Noch ein Schritt
second-factor-code = Code aus deiner Authenticator-App
second-factor-code-hint = Sechs Ziffern; alle 30 Sekunden andere.
second-factor-recovery = Wiederherstellungscode
second-factor-recovery-hint = Einer von denen, die du beim Einrichten gespeichert hast. Jeder gilt nur einmal.
second-factor-use-recovery = Wiederherstellungscode benutzen
second-factor-use-code = Code aus der App benutzen
second-factor-wrong = Dieser Code stimmt nicht oder wurde schon benutzt. Nimm den nächsten und versuch es noch einmal.
second-factor-lost = Ich habe nichts davon
second-factor-lost-text = Nimm einen der Wiederherstellungscodes, die du beim Einrichten gespeichert hast. Ganz ohne können dir nur die helfen, die dieses Netzwerk betreiben.

passkey-sign-in = Mit Passkey anmelden
passkey-wrong = Dieser Passkey gehört zu keinem Konto hier oder wurde entfernt. Melde dich anders an.
passkey-failed = Das hat nicht geklappt oder wurde abgebrochen. Es hat sich nichts geändert; du kannst es noch einmal versuchen.

sign-out = Abmelden
sign-out-title = Abmelden?
sign-out-text = Deine Sitzung in diesem Browser endet. Apps bleiben verbunden.

confirm-password-title = Bist du es?
confirm-password-text = Was jetzt kommt, könnte dich aussperren. Deshalb fragen wir noch einmal nach deinem Passwort.
password-wrong = Das Passwort stimmt nicht. Versuch es noch einmal.

unconfirmed-title = Bestätige erst deine E-Mail-Adresse
unconfirmed-text = Bei der Registrierung haben wir dir einen Link geschickt. Folg ihm und melde dich dann an. Falls die Mail nicht angekommen ist, sieh im Spam nach oder lass sie noch einmal schicken.
pending-title = Dein Konto wird angesehen
pending-text = Jede Registrierung wird hier von einem Menschen gelesen. Du bekommst eine E-Mail, wenn du dich anmelden kannst. Mehr musst du nicht tun.
disabled-title = Dieses Konto ist gesperrt
disabled-text = Die Betreiber dieses Netzwerks haben es gesperrt, darum kannst du dich nicht anmelden. Wenn du das für einen Fehler hältst, schreib ihnen.

## Registrieren

sign-up-title = Konto anlegen
sign-up-have-account = Hast du schon eins?
sign-up-problems = Noch passt nicht alles:
sign-up-reason = Warum möchtest du mitmachen?
sign-up-reason-hint = Ein oder zwei Sätze. Nur die Betreiber dieses Netzwerks lesen sie.
sign-up-rules = Die Regeln hier
sign-up-agree = Ich stimme diesen Regeln zu
sign-up-agree-bare = Ich möchte ein Konto in diesem Netzwerk anlegen
sign-up-submit = Konto anlegen
sign-up-ask = Um Aufnahme bitten

closed-title = Die Registrierung ist geschlossen
invited-only-title = Auf Einladung
invited-only-text = Neue Mitglieder werden von jemandem eingeladen, der schon hier ist. Wenn du einen Code hast, gib ihn ein.
invite-bad-title = Diese Einladung gilt nicht mehr
invite-bad-text = Sie wurde benutzt, ist abgelaufen oder wurde zurückgenommen. Bitte um eine neue.
invite-code = Einladungscode
invite-code-hint = Der letzte Teil des Links, den du bekommen hast.
invite-title = Du bist zu { $title } eingeladen
invite-text = { $name } ({ $handle }) würde dich gern hier sehen.
invite-see-profile = Profil ansehen

check-mail-title = Sieh in dein Postfach
check-mail-text = Wir haben dir einen Link geschickt. Folg ihm, um deine E-Mail-Adresse zu bestätigen, dann kannst du dich anmelden.
check-mail-nothing = Nichts angekommen?
check-mail-nothing-text = Sieh zuerst im Spam nach. Wenn dort nichts ist, gib deine Adresse ein, und wir schicken den Link noch einmal.
check-mail-resend = Link noch einmal schicken
check-mail-sent = Wenn ein Konto mit dieser Adresse auf Bestätigung wartet, ist der Link unterwegs.

confirmed-title = Deine Adresse ist bestätigt
confirmed-text = Willkommen! Dein Konto ist bereit.
confirmed-waiting = Danke. Jetzt sieht sich jemand deine Registrierung an; du bekommst eine E-Mail, wenn du dich anmelden kannst.

link-expired-title = Dieser Link gilt nicht mehr
link-expired-confirm = Er ist abgelaufen, oder deine Adresse hat sich seitdem geändert. Lass dir einen neuen schicken.
link-expired-reset = Er wurde schon benutzt oder ist älter als zwei Stunden. Dein Passwort ist unverändert.
link-expired-change = Er wurde schon benutzt oder ist abgelaufen. Deine Adresse ist unverändert.
link-expired-setup = Dieser Link wurde benutzt, oder es gibt einen neueren. Wenn das Betreiberkonto besteht, melde dich an. Sonst starte den Server neu; er nennt dann einen neuen Link.
link-taken-title = Diese Adresse ist vergeben
link-taken = Inzwischen hat ein anderes Konto sie genommen. Deine Adresse ist unverändert.

setup-title = Willkommen am Steuer
setup-text = Hier entsteht das Konto, das { $domain } betreibt. Dieser Link lässt sich nur einmal benutzen.
setup-email-hint = Für neue Passwörter und alles, was das Netzwerk angeht. Andere sehen sie nicht.
setup-submit = Konto anlegen

## Passwort

forgot-title = Neues Passwort setzen
forgot-text = Gib die E-Mail-Adresse deines Kontos ein. Wir schicken dir einen Link.
forgot-submit = Link schicken
forgot-sent = Wenn es ein Konto mit dieser Adresse gibt, ist der Link unterwegs.
forgot-sent-text = Er gilt zwei Stunden. Sieh auch im Spam nach.
forgot-again = Noch einen Link anfordern
new-password-title = Neues Passwort wählen
password-new = Neues Passwort
password-save = Passwort speichern
password-end-sessions = Überall sonst abmelden
password-end-sessions-hint = Richtig, wenn jemand dein altes Passwort kennen könnte.
password-revoke-apps = Allen Apps den Zugang nehmen
password-revoke-apps-hint = Du musst dich dann in jeder neu anmelden.

email-changed-title = Deine neue Adresse ist bestätigt
email-changed-text = Ab jetzt schreiben wir an { $email }.

## Zustimmung

consent-title = Darf { $app } dein Konto benutzen?
consent-account = Konto:
consent-acting-as = Die App bekommt
consent-as-yourself = dein eigenes Konto ({ $handle })
consent-acting-as-hint = Bei einem Konto, um das ihr euch gemeinsam kümmert, sehen die anderen, was du tust.
consent-switch = ein anderes nehmen
consent-may = Wenn du zustimmst, darf die App:
consent-goes-to-site = Danach geht es weiter zu { $site }.
consent-goes-to-device = Danach geht es zurück zur App auf deinem Gerät.
consent-unchecked = Jeder kann eine App bauen und ihr einen Namen geben; wir haben sie nicht geprüft. Stimm nur zu, wenn du gerade von dort kommst.
consent-website = Website der App
consent-allow = Erlauben
consent-deny = Nicht erlauben
consent-later = In den Einstellungen kannst du das jederzeit zurücknehmen.
denied-title = Nicht erlaubt
denied-text = { $app } bekommt keinen Zugang zu deinem Konto. Du kannst diese Seite schließen.
impossible-title = Diese App lässt sich nicht verbinden
impossible-client = Dieses Netzwerk kennt die App nicht. Vielleicht ist sie für ein anderes eingerichtet. Fang in der App noch einmal an.
impossible-redirect = Die App möchte ihre Antwort an eine Adresse haben, die sie nicht angemeldet hat. Das kann ein Versuch sein, Zugang zu stehlen.
impossible-request = Die App bittet um etwas, das es nicht gibt oder das sie nicht angemeldet hat. Sag es denen, die sie bauen.
impossible-safe = Es wurde nichts erlaubt, und dein Konto ist sicher.
code-title = Dein Code
code-text = Kopier diesen Code in die App:
code-once = Er gilt einmal, zehn Minuten lang. Gib ihn niemandem sonst.

scope-profile = Sehen, wer du bist
scope-profile-detail = Dein Name, dein Bild und dein öffentliches Profil.
scope-read = Alles lesen, was du lesen kannst
scope-read-detail = Deine Startseite, Direktnachrichten, Mitteilungen, Lesezeichen, wem du folgst, wen du blockierst und stummschaltest.
scope-write = In deinem Namen handeln
scope-write-detail = Schreiben und löschen, favorisieren, teilen, Bilder hochladen, dein Profil ändern, folgen, blockieren und stummschalten.
scope-follow = Ändern, wem du folgst, wen du blockierst und stummschaltest
scope-follow-detail = Und diese Listen sehen.
scope-push = Dir Mitteilungen schicken
scope-push-detail = Auch wenn die App nicht offen ist.
scope-some-read = Einiges davon lesen:
scope-some-write = Einiges in deinem Namen ändern:
scope-admin-read = Sehen, was nur die Betreiber dieses Netzwerks sehen
scope-admin-write = Dieses Netzwerk in deinem Namen moderieren
scope-some-admin-read = Sehen, was nur die Betreiber sehen:
scope-some-admin-write = In deinem Namen moderieren:

scope-object-accounts = Konten
scope-object-blocks = Blockierte
scope-object-bookmarks = Lesezeichen
scope-object-collections = Sammlungen
scope-object-conversations = Unterhaltungen
scope-object-favourites = Favoriten
scope-object-filters = Filter
scope-object-follows = Gefolgte und Folgende
scope-object-lists = Listen
scope-object-media = Bilder und Dateien
scope-object-mutes = Stummgeschaltete
scope-object-notifications = Mitteilungen
scope-object-reports = Meldungen
scope-object-search = Suche
scope-object-statuses = Beiträge
scope-object-domain-allows = erlaubte Server
scope-object-domain-blocks = gesperrte Server
scope-object-ip-blocks = gesperrte Adressen
scope-object-email-domain-blocks = gesperrte E-Mail-Anbieter
scope-object-canonical-email-blocks = gesperrte E-Mail-Adressen

## Mails

mail-hello = Hallo { $name },
mail-end =
    { $title }
    { $url }
mail-test-subject = Test: Mails von { $title } kommen an
mail-test-text = diese Mail hast du selbst angefordert. Wenn du sie liest, verschickt dein Netzwerk E-Mails richtig.
mail-confirm-subject = Bestätige deine E-Mail-Adresse für { $title }
mail-confirm-text =
    willkommen! Folg diesem Link, um deine E-Mail-Adresse zu bestätigen:

    { $link }

    Er gilt sieben Tage. Falls nicht du dich registriert hast, musst du nichts tun: Das Konto wird von selbst gelöscht.
mail-reset-subject = Ein neues Passwort für { $title }
mail-reset-text =
    jemand, hoffentlich du, möchte ein neues Passwort für dein Konto setzen. Das geht über diesen Link:

    { $link }

    Er gilt einmal, zwei Stunden lang. Falls du es nicht warst, musst du nichts tun: Dein Passwort bleibt, wie es ist.
mail-change-subject = Bestätige deine neue E-Mail-Adresse für { $title }
mail-change-text =
    folg diesem Link, und ab dann schreiben wir dir hierher:

    { $link }

    Er gilt zwei Tage. Falls nicht du diese Adresse eingegeben hast, musst du nichts tun.
mail-approved-subject = Du kannst dich bei { $title } anmelden
mail-approved-text =
    du bist aufgenommen. Hier meldest du dich an:

    { $link }
mail-shared-subject = Du bist auf { $title } eingeladen, dich um ein Konto zu kümmern
mail-shared-text =
    Du bist eingeladen, dich mit anderen um das Konto @{ $account } zu kümmern.
    Wenn du annimmst, kannst du es in deinen eigenen Apps benutzen. Hier nimmst du an oder lehnst ab:

    { $link }
mail-unpublished-subject = Dein geplanter Beitrag auf { $title } ist nicht erschienen
mail-unpublished-text =
    dein geplanter Beitrag konnte nicht veröffentlicht werden:

    { $reason }

    So begann er:

    { $excerpt }

    Er ist nicht verloren: Du findest ihn bei deinen Entwürfen.
mail-staff-subject = Jemand möchte bei { $title } mitmachen
mail-staff-text =
    @{ $username } hat sich registriert und wartet auf Aufnahme:

    { $link }
mail-changed-subject = Eine Änderung an deinem Konto bei { $title }
mail-changed-not-you =
    Wenn du das warst, ist alles gut. Wenn nicht, setz sofort ein neues Passwort und beende alle anderen Sitzungen:

    { $link }
mail-changed-password = das Passwort deines Kontos wurde geändert.
mail-changed-email = die E-Mail-Adresse deines Kontos wurde geändert. An diese hier schreiben wir nicht mehr.
mail-changed-totp-added = deinem Konto wurde eine Authenticator-App hinzugefügt.
mail-changed-totp-removed = die Authenticator-App wurde von deinem Konto entfernt.
mail-changed-passkey-added = deinem Konto wurde ein Passkey hinzugefügt.
mail-changed-passkey-removed = ein Passkey wurde von deinem Konto entfernt.
mail-changed-codes = für dein Konto wurden neue Wiederherstellungscodes gemacht. Die alten gelten nicht mehr.
