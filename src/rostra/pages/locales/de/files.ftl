# Was Mitglieder mitnehmen und mitbringen: Dateien ihrer Listen.

portable-follows = Wem du folgst
portable-followers = Wer dir folgt
portable-blocks = Wen du blockierst
portable-mutes = Wen du stummschaltest
portable-domain-blocks = Server, die du blockierst
portable-lists = Deine Listen
portable-bookmarks = Deine Lesezeichen
portable-filters = Deine Filter

exports-what = Diese Dateien lesen Mastodon, die meisten anderen Netze seiner Art und Tabellenprogramme. Sie werden jedes Mal neu erstellt, wenn du eine sicherst.
exports-not = Wer dir folgt, lässt sich nicht als Datei mitbringen: Diese Menschen kommen mit, wenn du umziehst. Von einem anderen Konto bringst du deine Dateien hier mit:
export-rows = { $count ->
    [0] Noch nichts
    [one] { $count } Eintrag
   *[other] { $count } Einträge
}
export-download = Sichern

imports-what = Wenn du anderswo ein Konto hast, sichere dort seine Dateien und bring sie mit. Bevor sich etwas ändert, siehst du, was geschehen wird.
import-new = Eine Datei mitbringen
import-kind = Was darin ist
import-choose = Auswählen
import-file = Datei
import-file-hint = So, wie andere Netze sie ausgeben, mit höchstens { $most } Zeilen
import-mode = Was du hier schon hast
import-merge = Behalten
import-merge-hint = Was in der Datei ist, kommt dazu.
import-overwrite = Ersetzen
import-overwrite-hint = Was nicht in der Datei ist, wird entfernt.
import-upload = Weiter
import-unconfirmed = Noch nicht begonnen

import-title = Mitbringen: { $kind }
import-seems = Bist du sicher? Das sieht nach einer Datei mit etwas anderem aus: „{ $kind }“.
import-will = { $total ->
    [one] Die Datei hat { $total } Eintrag.
   *[other] Die Datei hat { $total } Einträge.
}
import-will-add = { $count ->
    [one] { $count } ist hier neu.
   *[other] { $count } sind hier neu.
}
import-will-keep = { $count ->
    [one] { $count } hast du schon; er wird auf den Stand der Datei gebracht.
   *[other] { $count } hast du schon; sie werden auf den Stand der Datei gebracht.
}
import-will-miss = { $count ->
    [one] { $count } ist hier nicht bekannt und lässt sich noch nicht mitbringen.
   *[other] { $count } sind hier nicht bekannt und lassen sich noch nicht mitbringen.
}
import-will-skip = { $count ->
    [one] { $count } lässt sich nicht lesen.
   *[other] { $count } lassen sich nicht lesen.
}
import-will-remove = { $count ->
    [0] Von dem, was du hier hast, wird nichts entfernt.
    [one] { $count }, den du hier hast, ist nicht in der Datei und wird entfernt.
   *[other] { $count }, die du hier hast, sind nicht in der Datei und werden entfernt.
}
import-sample = So fängt die Datei an
import-begin = Beginnen
import-clearing = Was nicht in der Datei ist, wird gerade entfernt.
import-progress = { $done } von { $total } Einträgen sind erledigt.
import-goes-on = Du kannst diese Seite schließen; es geht weiter.
import-refresh = Noch einmal nachsehen
import-stop = Anhalten
import-forget = Aus dieser Liste entfernen
import-ended = Fertig. { $imported ->
    [one] { $imported } Eintrag ist mitgekommen,
   *[other] { $imported } Einträge sind mitgekommen,
} { $failed ->
    [0] keiner ist gescheitert.
    [one] { $failed } ist gescheitert.
   *[other] { $failed } sind gescheitert.
}
import-removed = { $count ->
    [one] { $count }, der nicht in der Datei war, wurde entfernt.
   *[other] { $count }, die nicht in der Datei waren, wurden entfernt.
}
import-failed = Was gescheitert ist
import-failed-download = Diese Einträge sichern
import-reason = Grund
import-failure-invalid = Das lässt sich nicht lesen.
import-failure-unknown = Dieses Konto oder diesen Beitrag gibt es hier nicht, oder du kannst ihn nicht sehen.
import-failure-elsewhere = Das gehört zu einem anderen Server, den dieses Netz noch nicht kennt.
import-failure-self = Das ist dein eigenes Konto.
import-failure-forbidden = Jemand von euch blockiert den anderen, oder das Konto ist umgezogen.
import-failure-limit = Mehr davon kannst du nicht haben, oder das geht hier nicht.

column-account-address = Konto
column-show-boosts = Geteiltes
column-notify-on-new-posts = Benachrichtigen
column-languages = Sprachen
column-hide-notifications = Mitteilungen verbergen
column-domain = Server
column-uri = Beitrag
column-list-name = Liste
column-filter = Filter

problem-kind-missing = Wähle aus, was in der Datei ist.
problem-file-missing = Wähle eine Datei aus.
problem-file-blank = Die Datei ist leer.
problem-file-invalid = In der Datei ist nichts, das du mitbringen könntest. Ist es die richtige?
problem-file-columns = Die Spalten der Datei passen nicht zu dem, was du ausgewählt hast. Ist es die richtige?
problem-file-too-large = Die Datei ist zu groß.
problem-file-too-many-rows = Die Datei hat zu viele Zeilen. Teile sie auf.
problem-import-running = Eine andere Datei wird gerade abgearbeitet. Warte, bis das fertig ist.
