# What members take along and bring along: files of their lists.

portable-follows = Whom you follow
portable-followers = Who follows you
portable-blocks = Whom you block
portable-mutes = Whom you mute
portable-domain-blocks = Servers that you block
portable-lists = Your lists
portable-bookmarks = Your bookmarks
portable-filters = Your filters

exports-what = These files can be read by Mastodon and by most other networks of its kind, and by spreadsheets. They are made anew each time you save one.
exports-not = Who follows you can’t be brought along as a file: your followers come with you when you move. From another account, you bring your files here:
export-rows = { $count ->
    [0] Nothing yet
    [one] { $count } entry
   *[other] { $count } entries
}
export-download = Save

imports-what = If you have an account elsewhere, save its files there and bring them along. Before anything changes, you see what will happen.
import-new = Bring a file along
import-kind = What is in it
import-choose = Choose
import-file = File
import-file-hint = As other networks export it, with at most { $most } rows
import-mode = What you have here already
import-merge = Keep it
import-merge-hint = What is in the file comes in addition.
import-overwrite = Replace it
import-overwrite-hint = What is not in the file is removed.
import-upload = Go on
import-unconfirmed = Not begun yet

import-title = Bring along: { $kind }
import-seems = Are you sure? This looks like a file of something else: “{ $kind }”.
import-will = { $total ->
    [one] The file has { $total } entry.
   *[other] The file has { $total } entries.
}
import-will-add = { $count ->
    [one] { $count } is new here.
   *[other] { $count } are new here.
}
import-will-keep = { $count ->
    [one] { $count } you have already; it is brought up to date.
   *[other] { $count } you have already; they are brought up to date.
}
import-will-miss = { $count ->
    [one] { $count } is not known here and can’t be brought along yet.
   *[other] { $count } are not known here and can’t be brought along yet.
}
import-will-skip = { $count ->
    [one] { $count } can’t be read.
   *[other] { $count } can’t be read.
}
import-will-remove = { $count ->
    [0] Nothing that you have here is removed.
    [one] { $count } that you have here is not in the file and will be removed.
   *[other] { $count } that you have here are not in the file and will be removed.
}
import-sample = How the file begins
import-begin = Begin
import-clearing = What is not in the file is being removed.
import-progress = { $done } of { $total } entries are done.
import-goes-on = You can close this page; it goes on.
import-refresh = Look again
import-stop = Stop
import-forget = Remove from this list
import-ended = Done. { $imported ->
    [one] { $imported } entry was brought along,
   *[other] { $imported } entries were brought along,
} { $failed ->
    [0] none failed.
   *[other] { $failed } failed.
}
import-removed = { $count ->
    [one] { $count } that was not in the file was removed.
   *[other] { $count } that were not in the file were removed.
}
import-failed = What failed
import-failed-download = Save these entries
import-reason = Reason
import-failure-invalid = It can’t be read.
import-failure-unknown = There is no such account or post here, or you can’t see it.
import-failure-elsewhere = It belongs to another server, which this network does not know yet.
import-failure-self = It is your own account.
import-failure-forbidden = One of you blocks the other, or the account has moved.
import-failure-limit = You have as many as you can have, or this is not possible here.

column-account-address = Account
column-show-boosts = Boosts
column-notify-on-new-posts = Notify
column-languages = Languages
column-hide-notifications = Hide notifications
column-domain = Server
column-uri = Post
column-list-name = List
column-filter = Filter

problem-kind-missing = Choose what is in the file.
problem-file-missing = Choose a file.
problem-file-blank = The file is empty.
problem-file-invalid = There is nothing in the file that could be brought along. Is it the right one?
problem-file-columns = The columns of the file don’t fit what you chose. Is it the right one?
problem-file-too-large = The file is too large.
problem-file-too-many-rows = The file has too many rows. Split it up.
problem-import-running = Another file is being worked through. Wait until that is done.
