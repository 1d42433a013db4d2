# The frame of each page, statuses, and what goes wrong.

skip-to-content = Skip to content
nav-account = Account
nav-settings = Settings
nav-profile = Your profile
nav-network = This network
nav-about = About
nav-rules = Rules
nav-apps = Apps
nav-language = Language
app-open = Open in the app
app-compose = Write a post
app-notifications = Notifications
log-in = Log in
sign-up = Sign up
copy = Copy
copied = Copied
join-question = No account yet?

pager = More posts
pager-older = Older posts
pager-newest = Newest posts

## Statuses

status-by = Post by { $name }
status-boosted = { $name } boosted
status-pinned = Pinned
status-reply-to = Reply to { $handle }
status-reply-to-self = Continues an earlier post
status-edited = edited
status-edited-at = edited { $when }
status-unlisted = Unlisted
status-show = Show
status-hide = Hide
status-warning = Content warning
status-more = Read on
status-replies = { $count ->
    [one] { $count } reply
   *[other] { $count } replies
}
status-boosts = { $count ->
    [one] { $count } boost
   *[other] { $count } boosts
}
status-favourites = { $count ->
    [one] { $count } favourite
   *[other] { $count } favourites
}
status-written-with = with { $app }

media-sensitive = Sensitive pictures
media-show = Show
media-hide = Hide
media-open = Picture, full size
media-audio = Audio file
media-video = Video
media-unknown = Attached file

poll-ended = Poll ended { $when }
poll-ends = Poll ends { $when }
poll-open = Poll without an end
poll-multiple = Several answers were possible
poll-voters = { $count ->
    [0] Nobody has voted yet
    [one] { $count } person voted
   *[other] { $count } people voted
}
poll-hidden = The result will be shown when the poll ends

## What goes wrong

error-back = Go to the start page
error-title = Error
error-bad-request = This request can't be read
error-bad-request-text = Something is wrong with the address or the form that was sent. Nothing was changed. Go back and try once more.
error-forbidden = That is not allowed
error-forbidden-text = You are not allowed to do this, or the form was open for too long. Nothing was changed. Go back, load the page again, and try once more.
error-not-found = This page is not here
error-not-found-text = Perhaps the address is not quite right, or the page is not public. Posts can be deleted, and accounts can move or be renamed.
error-gone = This account is suspended
error-gone-text = It broke the rules of this network or was closed by its operator. Its posts are no longer shown.
error-invalid = That can't be accepted
error-invalid-text = Something that was sent does not fit. Nothing was changed. Go back and check what you entered.
error-too-large = That is too large
error-too-large-text = What was sent is larger than this network takes. Nothing was changed.
error-too-many = Too many attempts
error-too-many-text = For everyone's protection there is a limit, and it is reached. Wait a few minutes and try again.
error-unavailable = Back in a moment
error-unavailable-text = The network is busy or being looked after. Nothing is lost. Try again in a minute.
error-internal = Something broke on our side
error-internal-text = It is not your fault, and it has been written down for the operator. What was saved before is safe. Try again in a minute.
