# What members look after themselves.

breadcrumb = Where you are
remove = Remove
last-used = last used { $day }

settings-network = This network
settings-signing-in = Logging in
settings-sign-ups = Sign-ups
settings-sign-ups-state = { $count ->
    [0] Nobody waits
    [one] { $count } person waits
   *[other] { $count } people wait
}
settings-password = Password
settings-password-state = Change it
settings-email = Email address
settings-two-factor = Second factor
settings-two-factor-on = On: your password alone is not enough
settings-two-factor-off = Off: your password alone is enough
settings-sessions = Sessions
settings-sessions-state = { $count ->
    [one] One browser is logged in
   *[other] { $count } browsers are logged in
}
settings-apps = Apps
settings-apps-state = { $count ->
    [0] None has access
    [one] One has access
   *[other] { $count } have access
}
settings-invites = Invitations
settings-invites-state = { $count ->
    [0] Bring somebody in
    [one] { $count } is open
   *[other] { $count } are open
}
settings-aliases = Moving here
settings-aliases-state = { $count ->
    [0] From an account elsewhere
    [one] One other account is named
   *[other] { $count } other accounts are named
}
settings-exports = Take your data along
settings-exports-state = Whom you follow, your lists, your bookmarks
settings-imports = Bring your data along
settings-imports-state = From files of another account
settings-shared = Shared accounts
settings-shared-state = { $count ->
    [0] Look after an account together
    [one] You look after { $count } account
   *[other] You look after { $count } accounts
}
settings-shared-invited = { $count ->
    [one] { $count } invitation waits
   *[other] { $count } invitations wait
}
settings-delete = Delete account
settings-delete-state = With all that belongs to it
settings-in-apps = Your name, your picture and your profile are changed in your app.

done-setup = Your account is ready, and this network is yours to run.
done-password = Your new password is saved.

password-current = Current password

email-now = We write to you at
email-new = New email address
email-new-hint = We send a link there. Your address changes when you follow it.
email-send = Send the link
email-sent = The link is on its way to { $email }. Your address changes when you follow it.
email-waiting = { $email } is not confirmed yet.

two-factor-what = With a second factor, nobody gets into your account with your password alone, even if they have found or guessed it.
two-factor-on = A second factor is on. Your password alone is not enough to log in.
passkeys = Passkeys
passkeys-what = Log in with your finger, your face or a security key. The safest way: a passkey works on this site only, so nobody can lure it out of you elsewhere.
passkey-add = Add a passkey
passkey-since = added { $day }
passkey-how = Your browser asks you for your finger, face, PIN or security key next.
passkey-name = Name
passkey-name-hint = So that you know later which one it is.
passkey-create = Create the passkey
passkey-needs-script = Passkeys need JavaScript, and it is off in this browser. An authenticator app works without it.
passkey-unsupported = This browser does not offer passkeys here. An authenticator app works everywhere.
passkey-not-added = The passkey was not added: that did not work, or was cancelled. Try again.
totp = Authenticator app
totp-what = An app on your phone shows a new code of six digits every 30 seconds.
totp-add = Set up an authenticator app
totp-on = On since { $day }
totp-remove = Turn off
totp-scan = Scan this with an authenticator app, for example Aegis, 2FAS or the one in your password manager.
totp-qr = QR code for your authenticator app
totp-key = Key
totp-by-hand = Enter it by hand
totp-by-hand-text = Choose “time-based” in the app and enter this key:
totp-code = Code from the app
totp-code-hint = Six digits; this shows that the app is set up.
totp-turn-on = Turn on
codes = Recovery codes
codes-what = Each opens your account once in place of the second factor, for example when your phone is lost.
codes-left = { $count ->
    [0] None is left.
    [one] One is left.
   *[other] { $count } are left.
}
codes-renew = Make new codes
codes-once = We show these codes only now. Print them, or save them where you find them without your phone.
codes-download = Save as a file
codes-file = recovery-codes-{ $domain }.txt
codes-file-title = Recovery codes for { $handle }. Each is good only once.
codes-saved = I have saved them

sessions-what = Here you are logged in with a browser. End what you don't know or don't use any more.
sessions-apps = Apps are not in this list:
session-unknown = Unknown browser
session-this = This browser
session-since = since { $day }
session-end = Log out
session-end-others = Log out everywhere else

apps-what = These apps may use your account. When you take access away, it ends at once.
apps-none = No app has access to your account.
app-since = allowed { $day }
app-may = What it may do
app-revoke = Take access away

invites-what = Whoever has such a link can become a member.
invites-approval = With an invitation, nobody has to wait for approval.
invite-new = New invitation
invite-for = For
invite-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
invite-unlimited = Any number of people
invite-good-for = Good for
invite-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
invite-forever = Without an end
invite-make = Make an invitation
invite-uses = { $uses } of { $most } used
invite-uses-unlimited = Used { $uses ->
    [0] by nobody
    [one] once
   *[other] { $uses } times
}
invite-until = until { $moment }
invite-revoke = Take back

aliases-what = If you want to move here from another account, name it here first. Only then can you start the move over there; your followers come along. Naming an account changes nothing by itself, and you can take it back.
alias-handle = Handle of your other account
alias-handle-hint = Such as name@other.example
alias-add = Name this account
problem-alias-invalid = That is not a handle. It looks like name@other.example.
problem-alias-self = That is this account.
problem-alias-unknown = There is nobody of that name here. An account elsewhere needs its server, as in name@other.example.
problem-alias-too-many = That is one too many. Remove one that you don’t need any more.

shared-of = Who looks after { $name }
shared-what = Others can look after an account with its owner. They use it in their own apps: when they log in there, they choose it. Password, mail address, second factors and deletion stay the owner's. The public doesn't see who wrote what; those who look after the account do.
shared-invitations = Invitations
shared-invited-by = invited by { $name }
shared-accept = Accept
shared-decline = Decline
shared-looked-after = You look after
shared-how = To use such an account, add an account in your app, log in here as yourself, and choose it.
shared-leave = Leave
shared-people = People
shared-people-of = Who looks after { $name }
shared-nobody = Only its owner does.
shared-since = since { $day }
shared-invited = invited, no answer yet
shared-make-manager = Make manager
shared-make-editor = Make editor
shared-invite = Invite somebody
shared-member = Who
shared-member-hint = The name of a member of this network
shared-role = As
shared-role-editor = Editor
shared-role-manager = Manager
shared-roles-mean = Editors write, answer and read everything, messages included. Managers also change the profile, and invite and remove editors.
shared-invite-send = Send the invitation
shared-acts = What was done
shared-acts-of = What was done as { $name }
shared-acts-what = Only those who look after the account see this. It is kept for half a year; what the owner does is not in it.
shared-acts-none = Nothing yet.
shared-acts-older = Older
shared-former = Somebody who is gone
shared-act-published = Published or scheduled a post
shared-act-edited = Edited a post
shared-act-deleted = Deleted a post
shared-act-favourited = Favourited a post
shared-act-unfavourited = Took a favourite back
shared-act-boosted = Boosted a post
shared-act-unboosted = Took a boost back
shared-act-pinned = Pinned a post
shared-act-unpinned = Unpinned a post
shared-act-followed = Followed somebody
shared-act-unfollowed = Unfollowed somebody
shared-act-blocked = Blocked somebody
shared-act-muted = Muted somebody
shared-act-voted = Voted
shared-act-reported = Reported somebody
shared-act-profile = Changed the profile
problem-member-unknown = There is no member of that name who can be invited.
problem-member-self = That is you, or the account itself.
problem-member-taken = They look after it already, or are invited.
problem-member-too-many = That is one too many: for this account, or for this member.

delete-forever = This can't be undone, not even by us.
delete-goes = With { $handle } this goes for good:
delete-statuses = { $count ->
    [one] { $count } post, with what belongs to it
   *[other] { $count } posts, with what belongs to them
}
delete-media = { $count ->
    [one] { $count } uploaded file
   *[other] { $count } uploaded files
}
delete-follows = Connections: { $followers } who follow you, { $following } whom you follow
delete-rest = Your profile, favourites, boosts, bookmarks, notifications, sessions, and the access of all apps
delete-stays = What stays: answers of others to your posts, your votes in polls without your name, and copies that others have made.
delete-password = Your password, so that nobody else does this
delete-submit = Delete my account
deleted-title = Your account is deleted
deleted-text = Nobody can see or use it any more. Its posts and files are being removed right now; with many of them that takes a few minutes. Thank you for having been here.

sign-ups-what = These people have confirmed their address and wait for your answer.
sign-ups-none = Nobody waits.
sign-ups-reject = Whoever is turned away is not told; what they entered is deleted.
sign-up-approve = Let in
sign-up-reject = Turn away

save = Save

settings-announcements = Announcements
settings-announcements-state = { $count ->
    [0] None is shown
    [one] { $count } is shown
   *[other] { $count } are shown
}
announcements-what = What you announce stands above everybody's timeline until they close it. Members may react to it.
announcement-text = Text
announcement-text-hint = Links, @names and #hashtags work as in a post.
announcement-starts = Begins
announcement-ends = Ends
announcement-all-day = All day: only the dates count
announcement-times-hint = All times are in UTC. When its end has come, an announcement disappears by itself.
announcement-scheduled = Publish later
announcement-scheduled-hint = If you keep it, it is published by itself at this time.
announcement-new = New announcement
announcement-publish = Publish now
announcement-keep = Keep
announcement-published = Published { $moment }
announcement-due = To be published { $moment }
announcement-unpublished = Not published
announcement-change = Change announcement
announcement-withdraw = Withdraw
announcement-delete = Delete
announcement-delete-what = Deleting takes the announcement and all reactions to it away for good.

problem-text-blank = Write something first.
problem-text-too-long = This text is too long.
problem-time-invalid = This is no date and time.
problem-time-missing = An announcement with one of these times needs the other, too.
problem-end-invalid = The end must be a time after the beginning.

settings-site = Texts and rules
settings-site-state = What this network says of itself
site-texts = Texts
site-about = About this network
site-about-none = Not written yet
site-about-what = Who you are, what this network is for, and who pays for it. It stands on the page About and in apps.
site-privacy-none = The one that comes with Rostra
site-privacy-what = Without a text of yours, people read what comes with Rostra: what this software keeps, in German and English.
site-markdown = In Markdown. Who reads another language sees English, or else what there is.
terms-what = Terms hold from a date on. When you publish them, all members get an announcement; what is published can't be changed any more.
terms-text = Terms
terms-changes-hint = In a few words, for those who know the last version.
terms-date = From when on they hold
terms-date-hint = Give members some weeks to read them.
terms-publish = Publish
terms-keep = Keep as a draft
terms-delete = Delete draft
terms-undated = Without a date
terms-published = Published
terms-draft = Draft
terms-new = New version
rule-text = Rule
rule-hint = Explanation
rule-new = New rule
rule-add = Add
rule-up = Move up
rule-edit = Change
rule-change = Change rule
rule-drop = Remove rule
rule-drop-what = A rule that you remove does not hold any more. Reports that name it still show it.

problem-date-missing = Terms need a date to be published.
problem-date-passed = This day has passed.
problem-date-taken = Another version holds from this day on.
problem-rules-too-many = There are as many rules as there may be.

terms-announcement = New terms of service hold here from { $day } on: { $link }

settings-reports = Reports
settings-reports-state = { $count ->
    [0] None is open
    [one] { $count } is open
   *[other] { $count } are open
}
reports-none = Nobody has reported anything.
report-spam = Spam
report-legal = Breaks the law
report-violation = Breaks a rule
report-other = Something else
report-by = reported by { $handle }
report-gone = somebody who is not here any more
report-open = Open the post
report-resolve = Mark as done
report-reopen = Take up again

mail-report-subject = A report on { $title }
mail-report-text = Somebody has reported @{ $username }. Look at it here: { $link }

settings-emojis = Emojis
settings-emojis-state = { $count ->
    [0] None of your own
    [one] One of your own
   *[other] { $count } of your own
}
emojis-what = Pictures of this network that everybody can use in posts and names by their shortcode, such as :gull:.
emojis-none = There are none yet.
emoji-new = Add an emoji
emoji-add = Add
emojis-import = Add many
emoji-no-category = Without a category
emoji-disabled = Disabled
emoji-hidden = Not in the picker
emoji-file = Picture
emoji-file-hint = PNG, GIF, WebP, JPEG or AVIF, at most { $kib } KB; animations may be APNG, GIF or WebP. Square and transparent looks best.
emoji-shortcode = Shortcode
emoji-shortcode-hint = Letters from A to Z, digits and underscores. This is what people write between colons.
emoji-category = Category
emoji-category-hint = Apps show emojis by category. You can leave it empty.
emoji-category-rename = Rename category
emoji-category-rename-hint = Empty: its emojis are without a category.
emoji-visible = Show in apps' pickers
emoji-visible-hint = Otherwise it works for whoever knows its shortcode.
emoji-disable = Disable
emoji-disable-hint = Its shortcode is shown in place of the picture, in old posts as well.
emoji-delete = Delete
emoji-delete-what = Deleting takes the picture and all reactions with it away for good. In posts the shortcode stays.
emojis-archive = Archive
emojis-archive-hint = A ZIP or tar.gz of pictures, as networks with Mastodon exchange them: at most { $pictures } pictures of { $kib } KB each, { $mib } MB together. The files' names become the shortcodes.
emojis-overwrite = Replace those of the same name
emojis-overwrite-hint = Otherwise they are skipped.
emojis-imported = Added: { $added }. Replaced: { $replaced }. Skipped, as there was one of that name: { $skipped }.
emojis-left = There was no time for all of them. Send the archive again to go on.
emojis-failed = These can't be used:
emojis-failed-more = and { $count } more
emoji-file-name = The name makes no shortcode.
emoji-file-large = The file is too large.
emoji-file-empty = Choose a picture.
emoji-file-kind = This is no picture of these kinds.
emoji-file-damaged = The file is damaged or incomplete.
emoji-file-effort = The picture has too many pixels or frames.
problem-shortcode-invalid = Use 2 to 64 letters from A to Z, digits and underscores.
problem-shortcode-taken = There is an emoji with this shortcode already.
problem-file-no-archive = This is no ZIP or tar archive that we can read.
problem-file-too-many = These are too many emojis.
settings-trends = Trends
settings-trends-state = { $count ->
    [0] Nothing waits for you
    [one] { $count } waits for you
   *[other] { $count } wait for you
}
trends-what = This is what many people talk about now. Others see only what you let them see.
trends-what-later = This is what many people talk about now. Others see it unless you hide it.
trends-off = Trends are turned off here.
trends-none = Nothing is talked about more than usual.
trends-tags = Hashtags
trends-links = Links
trends-statuses = Posts
trends-undecided = Not decided yet
trends-shown = Shown
trends-hidden = Hidden
trends-people = { $count ->
    [one] { $count } person today
   *[other] { $count } people today
}
trends-show = Show
trends-hide = Hide
trends-show-all = Show all by { $name }
trends-hide-all = Hide all by { $name }
