# Was ein Gerät von einer Mitteilung zeigt (Web Push).

push-mention = { $name } hat dich erwähnt
push-status = { $name } hat etwas geschrieben
push-reblog = { $name } hat deinen Beitrag geteilt
push-follow = { $name } folgt dir jetzt
push-follow-request = { $name } möchte dir folgen
push-favourite = { $name } hat deinen Beitrag favorisiert
push-poll = Eine Umfrage, an der du teilgenommen hast, ist zu Ende
push-poll-own = Deine Umfrage ist zu Ende
push-update = { $name } hat einen Beitrag bearbeitet
push-quote = { $name } hat deinen Beitrag zitiert
push-quoted-update = { $name } hat einen Beitrag bearbeitet, den du zitiert hast
push-severed-relationships = Du hast Verbindungen zu anderen Konten verloren
push-moderation-warning = Die Moderation hat dir etwas mitzuteilen
push-admin-sign-up = { $name } hat sich registriert
push-admin-report = { $name } hat etwas gemeldet
push-added-to-collection = { $name } empfiehlt dich in einer Sammlung
push-collection-update = { $name } hat eine Sammlung geändert, in der du bist
