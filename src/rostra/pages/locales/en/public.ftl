# The pages that everybody may read: start page, about, profiles, statuses, hashtags.

landing-description = A social network on its own feet: posts in the order they were written, no advertising, and rules that everyone can read.
landing-join = Create an account
landing-ask = Ask to join
landing-ask-hint = New accounts are looked at before they can post.
landing-invited = I have an invitation
landing-invited-hint = New members come by invitation from somebody who is here.
landing-closed = No new accounts are taken at the moment. Everything public can be read without one.
landing-happening = What happens here
landing-empty = Nobody has posted in public yet. The first post will stand here.
landing-numbers = { $members ->
    [one] { $members } member
   *[other] { $members } members
} · { $statuses ->
    [one] { $statuses } post
   *[other] { $statuses } posts
}
landing-apps = Bring your own app
landing-apps-text = Apps for Mastodon work here. Choose one, enter { $domain } as the server, and log in.
landing-apps-more = How to connect an app
landing-contact = Contact
landing-to-rules = The rules here
landing-all-rules = All rules with explanations
landing-welcome = Welcome back, { $name }
landing-welcome-text = Read and write with an app of your choice. Your account, your sessions and your security are looked after here.
landing-to-settings = Settings

about-title = About { $title }
about-rules = Rules
about-rules-text = They hold for everybody, also for those who run this network.
about-rules-none = The operator has not written any rules yet.
about-apps = How to connect an app
about-apps-text = { $title } speaks the Mastodon client API. That is why you can choose how you read and write.
about-apps-install = Get an app for Mastodon: for example Tusky or Mastodon on Android, Ice Cubes, Ivory or Mastodon on iPhone, Phanpy or Elk in the browser.
about-apps-server = Enter this server when the app asks for one:
about-apps-log-in = Log in on the page that opens, look at what the app wants to do, and agree.
about-apps-end = You can take an app's access away again at any time in the settings.
about-contact = Contact
about-contact-text = Questions, trouble, or something that breaks the law: write to
about-source = { $title } runs on Rostra, free software under the Apache licence 2.0.

profile-title = { $name } ({ $handle })
profile-joined = Here since { $month }
profile-bot = Automated account
profile-locked = Asks before others may follow
profile-memorial = In memory
profile-moved = { $name } has moved to
profile-fields = About this person
profile-verified = Verified { $day }
profile-statuses = { $count ->
    [one] { $count } post
   *[other] { $count } posts
}
profile-following = follows { $count }
profile-followers = { $count ->
    [one] { $count } follower
   *[other] { $count } followers
}
profile-counts = Numbers
profile-tabs = What to show
profile-posts = Posts
profile-with-replies = With replies
profile-media = Media
profile-empty = Nothing public here yet.
profile-empty-media = No public pictures yet.
profile-empty-older = There is nothing older.
profile-follow = To follow, search in your app for
profile-feed = RSS feed

thread-title = { $name }: “{ $excerpt }”
thread-ancestors = Earlier in this thread
thread-replies = Replies
thread-to-answer = To answer, search in your app for this address:
thread-cut = Not all posts of this long thread are shown.

collection = Collection
collection-by = { $count ->
    [one] One person, recommended by { $name }
   *[other] { $count } people, recommended by { $name }
}
collection-empty = Nobody is in this collection.
collection-sensitive = This collection may be sensitive: show it
collection-follow = To follow somebody, search in your app for their address.
profile-collections = Collections

tag-title = #{ $name }
tag-empty = Nobody here has used this hashtag in public yet.
tag-text = Public posts with this hashtag, newest first.

feed-of-account = Posts by { $name }
feed-of-tag = Posts with #{ $name }

privacy-title = Privacy policy
text-updated = Last changed { $day }
terms-title = Terms of service
terms-since = These terms have held since { $day }.
terms-from = These terms hold from { $day } on.
terms-succeeded = New terms hold from { $day } on
terms-changes = What is new
terms-others = Other versions
terms-of = From { $day } on
terms-none = The operator has not written any terms of service.
embed-open = Read it on { $title }
