# What a device shows of a notification (Web Push).

push-mention = { $name } mentioned you
push-status = { $name } posted something
push-reblog = { $name } boosted your post
push-follow = { $name } now follows you
push-follow-request = { $name } asks to follow you
push-favourite = { $name } favourited your post
push-poll = A poll that you voted in has ended
push-poll-own = Your poll has ended
push-update = { $name } edited a post
push-quote = { $name } quoted your post
push-quoted-update = { $name } edited a post that you quoted
push-severed-relationships = You lost connections to other accounts
push-moderation-warning = The moderators have a message for you
push-admin-sign-up = { $name } signed up
push-admin-report = { $name } filed a report
push-added-to-collection = { $name } recommends you in a collection
push-collection-update = { $name } changed a collection that you are in
