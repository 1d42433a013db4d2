# Signing up and in, forgotten passwords, consent, and the mails about them.

username = Username
email = Email address
password = Password
or = or
password-show = Show
password-hide = Hide
continue = Continue
cancel = Cancel
username-hint = Letters, digits and underscores. This is how others find you; it can't be changed later.
email-hint = Only we see it. We send you a link to confirm it.
password-hint = At least 8 characters. A few random words are good and easy to remember.

problem-username-blank = Choose a username.
problem-username-invalid = A username has only the letters A to Z, digits and underscores, at most 30.
problem-username-reserved = This username is reserved. Choose another one.
problem-username-taken = Somebody has this username already. Choose another one.
problem-email-invalid = This is not an email address that we can write to. Check for typing errors.
problem-email-taken = There is an account with this address already. Log in, or set a new password.
problem-password-too-short = The password is too short: take at least 8 characters.
problem-password-too-long = The password is too long: take at most 256 characters.
problem-agreement-accepted = To join, you need to agree to the rules.
problem-reason-too-long = That is a little long: at most 1,000 characters, please.
problem-locale-inclusion = We don't know this language.
problem-invites-too-many = You have as many open invitations as one member may have. Take one back first.
problem-too-many = That was too often. Wait a quarter of an hour, then try again.

## Log in

sign-in-title = Log in
sign-in-login = Username or email address
sign-in-submit = Log in
sign-in-forgot = Forgot your password?
sign-in-new-here = New here?
sign-in-sign-up = Create an account
sign-in-for-app = Log in to decide what the app may do.
sign-in-wrong = The name or the password is wrong. Check both and try again.
sign-in-expired = That took too long. Please log in once more.
sign-in-after-reset = Your new password is saved. Log in with it now.
back-to-sign-in = Back to log in

second-factor-title = One more step
second-factor-code = Code from your authenticator app
second-factor-code-hint = Six digits; others every 30 seconds.
second-factor-recovery = Recovery code
second-factor-recovery-hint = One of those that you saved when you set this up. Each is good only once.
second-factor-use-recovery = Use a recovery code
second-factor-use-code = Use a code from the app
second-factor-wrong = This code is wrong, or it was used before. Take the next one and try again.
second-factor-lost = I have neither
second-factor-lost-text = Take one of the recovery codes that you saved when you set this up. Without any of them, only those who run this network can help you.

passkey-sign-in = Log in with a passkey
passkey-wrong = This passkey does not belong to an account here, or was removed. Log in another way.
passkey-failed = That did not work, or was cancelled. Nothing has changed; you can try again.

sign-out = Log out
sign-out-title = Log out?
sign-out-text = This ends your session in this browser. Apps stay connected.

confirm-password-title = Is it you?
confirm-password-text = What comes next could lock you out, so we ask for your password again.
password-wrong = The password is wrong. Try again.

unconfirmed-title = First confirm your email address
unconfirmed-text = We sent you a link when you signed up. Follow it, then log in. If the mail did not arrive, look among the spam, or have it sent again.
pending-title = Your account is being looked at
pending-text = Somebody of this network reads each sign-up. You will get an email when you can log in. There is nothing more for you to do.
disabled-title = This account is disabled
disabled-text = Those who run this network have disabled it, so you can't log in. If you think that is a mistake, write to them.

## Sign up

sign-up-title = Create an account
sign-up-have-account = Already have one?
sign-up-problems = Not everything fits yet:
sign-up-reason = Why do you want to join?
sign-up-reason-hint = One or two sentences. Only those who run this network read them.
sign-up-rules = The rules here
sign-up-agree = I agree to these rules
sign-up-agree-bare = I want to create an account on this network
sign-up-submit = Create account
sign-up-ask = Ask to join

closed-title = Sign-up is closed
invited-only-title = By invitation
invited-only-text = New members are invited by somebody who is here already. If you have a code, enter it.
invite-bad-title = This invitation is no longer good
invite-bad-text = It has been used, has expired, or was taken back. Ask whoever sent it for a new one.
invite-code = Invitation code
invite-code-hint = The last part of the link that you were given.
invite-title = You are invited to { $title }
invite-text = { $name } ({ $handle }) would like to see you here.
invite-see-profile = See their profile

check-mail-title = Look into your mailbox
check-mail-text = We have sent you a link. Follow it to confirm your email address, then you can log in.
check-mail-nothing = Nothing arrived?
check-mail-nothing-text = Look among the spam first. If it isn't there, enter your address, and we send the link again.
check-mail-resend = Send the link again
check-mail-sent = If an account with this address waits for confirmation, the link is on its way.

confirmed-title = Your address is confirmed
confirmed-text = Welcome! Your account is ready.
confirmed-waiting = Thank you. Now somebody of this network looks at your sign-up; you get an email when you can log in.

link-expired-title = This link is no longer good
link-expired-confirm = It has expired, or your address has changed since. Have a new one sent.
link-expired-reset = It was used already, or it is more than two hours old. Your password is unchanged.
link-expired-change = It was used already, or has expired. Your address is unchanged.
link-expired-setup = This link was used, or a newer one was made. The operator's account exists: log in. Otherwise start the server again; it prints a new link.
link-taken-title = This address is taken
link-taken = Another account has taken it meanwhile. Your address is unchanged.

setup-title = Welcome, operator
setup-text = This makes the account that runs { $domain }. You can use this link only once.
setup-email-hint = For password resets and what concerns the network. It is not shown to others.
setup-submit = Create the account

## Password

forgot-title = Set a new password
forgot-text = Enter the email address of your account. We send you a link.
forgot-submit = Send the link
forgot-sent = If there is an account with this address, the link is on its way.
forgot-sent-text = It is good for two hours. Look among the spam, too.
forgot-again = Ask for another link
new-password-title = Choose a new password
password-new = New password
password-save = Save the password
password-end-sessions = Log out everywhere else
password-end-sessions-hint = Right if somebody may know your old password.
password-revoke-apps = Take access away from all apps
password-revoke-apps-hint = You will have to log in again in each of them.

email-changed-title = Your new address is confirmed
email-changed-text = From now on, we write to { $email }.

## Consent

consent-title = Let { $app } use your account?
consent-account = Account:
consent-switch = use another one
consent-acting-as = The app gets
consent-as-yourself = your own account ({ $handle })
consent-acting-as-hint = With an account that you look after together, the others who look after it see what you do.
consent-may = If you allow it, the app may:
consent-goes-to-site = You will be sent on to { $site }.
consent-goes-to-device = You will be sent back to the app on your device.
consent-unchecked = Anybody can make an app and name it; we have not checked it. Allow it only if you have just come from there.
consent-website = The app's website
consent-allow = Allow
consent-deny = Don't allow
consent-later = You can take this back at any time in the settings.
denied-title = Not allowed
denied-text = { $app } gets no access to your account. You can close this page.
impossible-title = This app can't be connected
impossible-client = This network does not know the app. It may have been set up for another one. Start again in the app.
impossible-redirect = The app wants its answer at an address that it has not registered. That can be an attempt to steal access.
impossible-request = The app asks for something that does not exist, or that it has not registered for. Tell its makers.
impossible-safe = Nothing was allowed, and your account is safe.
code-title = Your code
code-text = Copy this code into the app:
code-once = It can be used once, within ten minutes. Give it to nobody else.

scope-profile = See who you are
scope-profile-detail = Your name, your picture and your public profile.
scope-read = Read everything that you can read
scope-read-detail = Your home timeline, direct messages, notifications, bookmarks, whom you follow, block and mute.
scope-write = Act in your name
scope-write-detail = Post and delete, favourite, boost, upload pictures, change your profile, follow, block and mute.
scope-follow = Change whom you follow, block and mute
scope-follow-detail = And see these lists.
scope-push = Send you notifications
scope-push-detail = Also when the app is not open.
scope-some-read = Read some of it:
scope-some-write = Change some things in your name:
scope-admin-read = See what only the staff of this network sees
scope-admin-write = Moderate this network in your name
scope-some-admin-read = See what only the staff sees:
scope-some-admin-write = Moderate in your name:

scope-object-accounts = accounts
scope-object-blocks = blocks
scope-object-bookmarks = bookmarks
scope-object-collections = collections
scope-object-conversations = conversations
scope-object-favourites = favourites
scope-object-filters = filters
scope-object-follows = follows
scope-object-lists = lists
scope-object-media = pictures and files
scope-object-mutes = mutes
scope-object-notifications = notifications
scope-object-reports = reports
scope-object-search = search
scope-object-statuses = posts
scope-object-domain-allows = allowed servers
scope-object-domain-blocks = blocked servers
scope-object-ip-blocks = blocked addresses
scope-object-email-domain-blocks = blocked email providers
scope-object-canonical-email-blocks = blocked email addresses

## Mails

mail-hello = Hello { $name },
mail-end =
    { $title }
    { $url }
mail-test-subject = Test: mail from { $title } arrives
mail-test-text = you asked for this mail yourself. If you are reading it, your network sends mail as it should.
mail-confirm-subject = Confirm your email address for { $title }
mail-confirm-text =
    welcome! Follow this link to confirm your email address:

    { $link }

    It is good for seven days. If it was not you who signed up, do nothing: the account is deleted by itself.
mail-reset-subject = A new password for { $title }
mail-reset-text =
    somebody, hopefully you, wants to set a new password for your account. Follow this link to do so:

    { $link }

    It can be used once, within two hours. If it was not you, do nothing: your password stays as it is.
mail-change-subject = Confirm your new email address for { $title }
mail-change-text =
    follow this link, and from then on we write to you here:

    { $link }

    It is good for two days. If it was not you who entered this address, do nothing.
mail-approved-subject = You can log in to { $title }
mail-approved-text =
    your sign-up was accepted. Log in here:

    { $link }
mail-shared-subject = You are invited to look after an account on { $title }
mail-shared-text =
    You are invited to look after the account @{ $account }, together with others.
    If you accept, you can use it in your own apps. Accept or decline here:

    { $link }
mail-unpublished-subject = Your scheduled post on { $title } was not published
mail-unpublished-text =
    your scheduled post could not be published:

    { $reason }

    It began like this:

    { $excerpt }

    Nothing is lost: you find it among your drafts.
mail-staff-subject = Somebody asks to join { $title }
mail-staff-text =
    @{ $username } has signed up and waits for approval:

    { $link }
mail-changed-subject = A change to your account on { $title }
mail-changed-not-you =
    If that was you, all is well. If not, set a new password at once, and end all other sessions:

    { $link }
mail-changed-password = the password of your account was changed.
mail-changed-email = the email address of your account was changed. We don't write to this one any more.
mail-changed-totp-added = an authenticator app was added to your account.
mail-changed-totp-removed = the authenticator app was removed from your account.
mail-changed-passkey-added = a passkey was added to your account.
mail-changed-passkey-removed = a passkey was removed from your account.
mail-changed-codes = new recovery codes were made for your account. The old ones are worthless now.
