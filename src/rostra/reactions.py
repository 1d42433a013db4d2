"""What happens next: the whole table on one page. An event on the left, on the right what follows.

Every event stands here, also one that nothing follows from (yet). Reactions run as jobs, in no
particular order, and more than once when a process dies in between: each is idempotent and loads
what is true when it runs.
"""

from rostra.about import terms
from rostra.about.terms import TermsPublished
from rostra.accounts import deletion, emails, links, refreshes, signup, suggestions, throttles
from rostra.accounts.aliases import AliasesChanged
from rostra.accounts.approval import SignUpApproved
from rostra.accounts.collections import actions as collections
from rostra.accounts.collections import queries as collection_queries
from rostra.accounts.collections.model import AddedToCollection, CollectionUpdated, RemovedFromCollection
from rostra.accounts.deletion import DeletionBegun
from rostra.accounts.filters.model import FiltersChanged
from rostra.accounts.links import LinkDue
from rostra.accounts.lists import actions as lists
from rostra.accounts.lists.model import ListAccountsAdded, ListAccountsRemoved, ListExclusivityChanged
from rostra.accounts.model import AccountCreated, AccountDeleted, AccountUpdated, LinksVerified
from rostra.accounts.oauth import queries as oauth
from rostra.accounts.relations import actions as following
from rostra.accounts.relations import domains
from rostra.accounts.relations import queries as relations
from rostra.accounts.relations.model import (
    Blocked,
    DomainBlocked,
    DomainUnblocked,
    FollowAccepted,
    FollowChanged,
    Followed,
    FollowerRemoved,
    FollowRejected,
    FollowRequested,
    FollowRequestWithdrawn,
    Muted,
    Unblocked,
    Unfollowed,
    Unmuted,
)
from rostra.accounts.sessions import queries as sessions
from rostra.accounts.sessions.model import EmailChangeRequested, PasswordResetRequested, SecurityChanged
from rostra.accounts.sharing import queries as sharing
from rostra.accounts.sharing.model import AccessOffered
from rostra.accounts.signup import ConfirmationRequested, EmailConfirmed
from rostra.announcements import actions as announcements
from rostra.announcements.model import AnnouncementPublished, AnnouncementReacted, AnnouncementWithdrawn
from rostra.core.blobs import BlobsDropped
from rostra.core.db import Tx
from rostra.core.jobs import ReactionTable, Schedule, apart
from rostra.core.services import Services
from rostra.media import actions as media
from rostra.media import conversions
from rostra.media.model import FilmUploaded
from rostra.moderation import queries as moderation
from rostra.moderation.model import ReportFiled
from rostra.notifications import actions as notifications
from rostra.notifications import policy, recipients, requests, trimming
from rostra.notifications.model import Kind, RequestAccepted, RequestDismissed
from rostra.pages import auth_mails, legal, pushes, report_mails, shared_mails, status_mails
from rostra.portability import actions as portability
from rostra.portability.model import ImportDue
from rostra.push import actions as push
from rostra.push.model import PushDue
from rostra.search import indexing, windows
from rostra.statuses import polls, quotes, scheduling
from rostra.statuses import queries as statuses
from rostra.statuses.cards import actions as cards
from rostra.statuses.cards import crawling
from rostra.statuses.cards.model import CardDue
from rostra.statuses.model import (
    PollEnded,
    QuoteRevoked,
    ReplyApproved,
    ReplyHeld,
    ScheduledDue,
    ScheduledFailed,
    StatusDeleted,
    StatusEdited,
    StatusFavourited,
    StatusPolicyChanged,
    StatusPublished,
    StatusUnfavourited,
)
from rostra.statuses.tags import actions as tags
from rostra.statuses.tags import queries as tag_queries
from rostra.statuses.tags.model import TagFollowed, TagUnfollowed
from rostra.statuses.translation import actions as translations
from rostra.streaming import news
from rostra.timelines import conversations, home
from rostra.timelines import lists as list_timelines
from rostra.trends import scores as trends
from rostra.yearly import actions as yearly
from rostra.yearly.model import AnnualReportRequested


async def add_to_feeds(services: Services, event: StatusPublished) -> None:
    """Home feeds of those who follow its author or its hashtags, lists, then open streams."""
    async with services.db.transaction() as tx:
        await home.fan_out(tx, event.status_id)
        await list_timelines.fan_out(tx, event.status_id)
        await news.tell(tx, services.bus, "update", event.status_id)


async def keep_conversations(services: Services, event: StatusPublished | StatusEdited) -> None:
    """A direct status in the conversations of those who take part and let it through to them."""
    await _keep_conversation(services, event.status_id)


async def open_conversations(services: Services, event: RequestAccepted) -> None:
    """What somebody wrote before they were let in."""
    async with services.db.connection() as tx:
        waiting = await conversations.received(tx, event.account_id, event.from_account_id)
    for status_id in waiting:
        await _keep_conversation(services, status_id)


async def _keep_conversation(services: Services, status_id: int) -> None:
    async with services.db.transaction() as tx:
        without = await policy.kept_from(tx, status_id)
        for conversation_id, account_id in await conversations.keep(tx, status_id, without):
            await news.tell(tx, services.bus, "conversation", conversation_id, [account_id])


async def mend_conversations(services: Services, event: StatusDeleted | AccountDeleted) -> None:
    """Conversations that lost their last status show the one before."""
    while True:
        async with services.db.transaction() as tx:
            mended = await conversations.mend(tx)
            for conversation_id, account_id in mended:
                await news.tell(tx, services.bus, "conversation", conversation_id, [account_id])
        if not mended:
            return


async def count_featured(services: Services, event: StatusPublished | StatusEdited | StatusDeleted) -> None:
    """How often the hashtags on its author's profile are used."""
    async with services.db.transaction() as tx:
        if isinstance(event, StatusDeleted):
            await tag_queries.count_uses(tx, event.account_id)
        else:
            await tags.recount(tx, event.status_id)


async def fill_feed_by_tag(services: Services, event: TagFollowed) -> None:
    """The newest statuses with the hashtag that one follows now."""
    async with services.db.transaction() as tx:
        await home.add_tag(tx, event.account_id, event.tag_id)


async def empty_feed_of_tag(services: Services, event: TagUnfollowed) -> None:
    """What came by a hashtag only leaves with it."""
    async with services.db.transaction() as tx:
        await home.remove_tag(tx, event.account_id, event.tag_id)


async def notify_of_publication(services: Services, event: StatusPublished) -> None:
    """Those whom it names, whose status it boosts or quotes, and who asked for every status of its author."""
    async with services.db.transaction() as tx:
        for told in await recipients.of_publication(tx, event.status_id):
            await _notify(services, tx, told.kind, told.account_ids, told.from_id, told.status_id)


async def notify_of_edit(services: Services, event: StatusEdited) -> None:
    """Those whom it names now, and those who boosted or quoted it."""
    async with services.db.transaction() as tx:
        for told in await recipients.of_edit(tx, event.status_id):
            await _notify(services, tx, told.kind, told.account_ids, told.from_id, told.status_id)


async def stream_change(services: Services, event: StatusPolicyChanged | QuoteRevoked) -> None:
    """Open streams show it as it is now."""
    async with services.db.transaction() as tx:
        await news.tell(tx, services.bus, "status.update", event.status_id)


async def stream_edit(services: Services, event: StatusEdited) -> None:
    """It comes to those who follow its new hashtags, and open streams show the new content."""
    async with services.db.transaction() as tx:
        await home.retag(tx, event.status_id)
        await news.tell(tx, services.bus, "status.update", event.status_id)


async def notice_link(services: Services, event: StatusPublished | StatusEdited) -> None:
    """What its first link leads to is shown with it."""
    async with services.db.transaction() as tx:
        if await cards.notice(tx, services.settings, event.status_id):
            await news.tell(tx, services.bus, "status.update", event.status_id)


async def index_words(services: Services, event: StatusPublished | StatusEdited | QuoteRevoked) -> None:
    """What it says can be found."""
    async with services.db.transaction() as tx:
        await indexing.index(tx, services.settings, [event.status_id])


async def reconsider_findability(services: Services, event: AccountUpdated) -> None:
    """Who doesn't want to be found any more is not, nor the other way round."""
    await indexing.reconsider_author(services.db, event.account_id)


@apart(8, seconds=crawling.SECONDS)
async def fetch_card(services: Services, event: CardDue) -> None:
    """What a link leads to; open streams show it with the statuses that link there."""
    ids = await cards.fetch(services, event)
    async with services.db.transaction() as tx:
        for status_id in ids:
            await news.tell(tx, services.bus, "status.update", status_id)


async def stream_deletion(services: Services, event: StatusDeleted) -> None:
    """Open streams drop it; ids of what was not public are told only to those who may have seen it."""
    async with services.db.transaction() as tx:
        told = None
        if event.visibility in ("private", "direct"):
            told = await recipients.of_deletion(tx, event.account_id, event.recipient_ids)
        for status_id in (event.status_id, *event.boost_ids):
            await news.tell(tx, services.bus, "delete", status_id, told)


async def delete_files(services: Services, event: StatusDeleted) -> None:
    """Deleted means gone: its files too."""
    await services.blobs.delete(event.blob_keys)


async def notify_of_favourite(services: Services, event: StatusFavourited) -> None:
    """The author of what was favourited."""
    async with services.db.transaction() as tx:
        author_id = await recipients.author_of_favourited(tx, event.status_id, event.account_id)
        if author_id is not None:
            await _notify(services, tx, "favourite", [author_id], event.account_id, event.status_id)


async def withdraw_favourite(services: Services, event: StatusUnfavourited) -> None:
    """A favourite that was taken back is no news any more."""
    async with services.db.transaction() as tx:
        await notifications.withdraw(tx, "favourite", event.account_id, status_id=event.status_id)


async def withdraw_quote(services: Services, event: QuoteRevoked) -> None:
    """A quote that was revoked is no news any more."""
    async with services.db.transaction() as tx:
        await notifications.withdraw_of_status(tx, "quote", event.status_id)


async def revoke_quotes(services: Services, event: Blocked) -> None:
    """Whoever is blocked doesn't go on quoting."""
    async with services.db.connection() as tx:
        while await quotes.revoke_between(tx, event.account_id, event.target_id):
            pass


async def withdraw_boost(services: Services, event: StatusDeleted) -> None:
    """A boost that was taken back is no news any more."""
    if event.reblog_of_id is not None:
        async with services.db.transaction() as tx:
            await notifications.withdraw(tx, "reblog", event.account_id, status_id=event.reblog_of_id)


async def notify_of_poll_end(services: Services, event: PollEnded) -> None:
    """Who asked, and who voted."""
    async with services.db.transaction() as tx:
        for told in await recipients.of_poll(tx, event.status_id):
            await _notify(services, tx, told.kind, told.account_ids, told.from_id, told.status_id)
        await news.tell(tx, services.bus, "status.update", event.status_id)


async def notify_of_held_reply(services: Services, event: ReplyHeld) -> None:
    """Whoever is asked for leave."""
    async with services.db.transaction() as tx:
        for told in await recipients.of_held_reply(tx, event.status_id):
            await _notify(services, tx, told.kind, told.account_ids, told.from_id, told.status_id)


async def withdraw_held_reply(services: Services, event: ReplyApproved) -> None:
    """What got leave waits no more."""
    async with services.db.transaction() as tx:
        await notifications.withdraw_of_status(tx, "pending.reply", event.status_id)


async def publish_scheduled(services: Services, event: ScheduledDue) -> None:
    """A scheduled status comes out."""
    async with services.db.connection() as tx:
        await scheduling.publish_due(tx, services.settings, event.scheduled_id)


async def fill_feed(services: Services, event: Followed | FollowAccepted) -> None:
    """The newest statuses of whom one follows now, also those for followers only in one's lists."""
    async with services.db.transaction() as tx:
        await home.add_author(tx, event.account_id, event.target_id)
        await list_timelines.reconsider(tx, event.account_id, event.target_id)


async def refill_feed(services: Services, event: FollowChanged) -> None:
    """Boosts and languages that one wants to see now, or no longer."""
    async with services.db.transaction() as tx:
        await home.reconsider(tx, event.account_id, [event.target_id])
        await list_timelines.reconsider(tx, event.account_id, event.target_id)


async def notify_of_follow(services: Services, event: Followed | FollowAccepted) -> None:
    """Who has a new follower."""
    async with services.db.transaction() as tx:
        await _notify(services, tx, "follow", [event.target_id], event.account_id)


async def notify_of_request(services: Services, event: FollowRequested) -> None:
    """Who is asked to be followed."""
    async with services.db.transaction() as tx:
        await _notify(services, tx, "follow_request", [event.target_id], event.account_id)


async def forget_request(
    services: Services, event: FollowRequestWithdrawn | FollowRejected | FollowAccepted
) -> None:
    """A request that was answered or taken back is no news any more."""
    async with services.db.transaction() as tx:
        await notifications.withdraw(tx, "follow_request", event.account_id, to_id=event.target_id)


async def accept_requests(services: Services, event: AccountUpdated) -> None:
    """Who is not locked any more is followed by those who asked."""
    async with services.db.connection() as tx:
        await following.accept_all_if_open(tx, event.account_id)


async def notice_links(services: Services, event: AccountUpdated) -> None:
    """Links on a profile may be its member's own."""
    async with services.db.transaction() as tx:
        await links.notice(tx, services.settings, event.account_id)


@apart(4, seconds=links.SECONDS)
async def check_link(services: Services, event: LinkDue) -> None:
    """Whether the page that a profile links to links back."""
    await links.check(services, event)


async def empty_feed(services: Services, event: Unfollowed | FollowerRemoved) -> None:
    """What one does not follow any more leaves the feed, and the notification of it goes."""
    async with services.db.transaction() as tx:
        await home.remove_author(tx, event.account_id, event.target_id)
        await notifications.withdraw(tx, "follow", event.account_id, to_id=event.target_id)


async def leave_lists(services: Services, event: FollowerRemoved | Blocked) -> None:
    """Who does not want to be followed by somebody does not stay in their lists either."""
    async with services.db.connection() as tx:
        if isinstance(event, FollowerRemoved):
            await lists.separate(tx, event.account_id, event.target_id)
        else:
            await lists.separate(tx, event.account_id, event.target_id)
            await lists.separate(tx, event.target_id, event.account_id)


async def leave_uninvited(
    services: Services, event: Unfollowed | FollowRequestWithdrawn | FollowRejected | AccountUpdated
) -> None:
    """Who is locked stays only in the lists of those who follow them, or ask to."""
    account_id = event.account_id if isinstance(event, AccountUpdated) else event.target_id
    async with services.db.connection() as tx:
        await lists.remove_uninvited(tx, account_id)


async def fill_list(services: Services, event: ListAccountsAdded) -> None:
    """The newest statuses of who came into a list."""
    async with services.db.transaction() as tx:
        await list_timelines.add_authors(tx, event.list_id, event.account_ids)


async def empty_list(services: Services, event: ListAccountsRemoved) -> None:
    """Who left a list leaves its timeline."""
    async with services.db.transaction() as tx:
        await list_timelines.remove_authors(tx, event.list_id, event.account_ids)


async def move_between_home_and_lists(
    services: Services, event: ListAccountsAdded | ListAccountsRemoved | ListExclusivityChanged
) -> None:
    """What stands in an exclusive list stands there only."""
    async with services.db.transaction() as tx:
        await home.reconsider(tx, event.account_id, event.account_ids)


async def tell_of_filters(services: Services, event: FiltersChanged) -> None:
    """Apps load the filters anew."""
    async with services.db.transaction() as tx:
        await news.tell(tx, services.bus, "filters_changed", 0, [event.account_id])


async def separate(services: Services, event: Blocked) -> None:
    """Neither meets the other at home or in notifications any more."""
    async with services.db.transaction() as tx:
        await home.remove_author(tx, event.account_id, event.target_id, everywhere=True)
        await home.remove_author(tx, event.target_id, event.account_id, everywhere=True)
        await notifications.withdraw_between(tx, event.account_id, event.target_id)


async def notify_of_sign_up(
    services: Services, event: AccountCreated | EmailConfirmed | SignUpApproved
) -> None:
    """The staff, when somebody is in: whatever of these came last."""
    async with services.db.transaction() as tx:
        staff = await recipients.of_sign_up(tx, event.account_id)
        await _notify(services, tx, "admin.sign_up", staff, event.account_id)


async def sever_domain(services: Services, event: DomainBlocked) -> None:
    """Follows between a member and a server that they block end."""
    await domains.sever(services.db, event.account_id, event.domain)


async def forget_domain(services: Services, event: DomainBlocked) -> None:
    """What a member heard from a server that they block goes."""
    gone = 1
    while gone:
        async with services.db.transaction() as tx:
            blocked = await domains.is_blocked(tx, event.account_id, event.domain)
            gone = blocked and await notifications.withdraw_of_domain(
                tx, event.account_id, event.domain, 1000
            )


async def merge_request(services: Services, event: RequestAccepted) -> None:
    """What was held back of somebody joins the rest, and apps that are open load it."""
    await requests.merge(services.db, event)
    async with services.db.transaction() as tx:
        if await requests.is_merged(tx, event.account_id):
            await news.tell(tx, services.bus, "notifications_merged", 0, [event.account_id])


async def forget_request_of(services: Services, event: RequestDismissed) -> None:
    """What was held back of somebody goes."""
    await requests.forget(services.db, event)


async def notify_of_report(services: Services, event: ReportFiled) -> None:
    """The staff whom it is not about."""
    async with services.db.transaction() as tx:
        for report in await moderation.by_ids(tx, [event.report_id]):
            staff = [each.account_id for each in await moderation.staff(tx, report.id)]
            if report.account_id is not None:
                await _notify(services, tx, "admin.report", staff, report.account_id, report_id=report.id)


async def make_annual_report(services: Services, event: AnnualReportRequested) -> None:
    """A member's year is counted."""
    async with services.db.connection() as tx:
        await yearly.generate(tx, event.account_id, event.year)


async def go_on_importing(services: Services, event: ImportDue) -> None:
    """The next rows of a file that a member brought along."""
    await portability.advance(services, event.import_id)


async def stream_announcement(services: Services, event: AnnouncementPublished) -> None:
    """Open streams show it."""
    async with services.db.transaction() as tx:
        await news.tell(tx, services.bus, "announcement", event.announcement_id)


async def stream_announcement_reaction(services: Services, event: AnnouncementReacted) -> None:
    """Open streams count again."""
    async with services.db.transaction() as tx:
        await news.tell_reaction(tx, services.bus, event.announcement_id, event.name)


async def stream_announcement_end(services: Services, event: AnnouncementWithdrawn) -> None:
    """Open streams drop it."""
    async with services.db.transaction() as tx:
        await news.tell(tx, services.bus, "announcement.delete", event.announcement_id)


async def notify_of_feature(services: Services, event: AddedToCollection) -> None:
    """Who was put into a collection."""
    async with services.db.transaction() as tx:
        told = await recipients.of_collection_item(tx, event.item_id)
        if told is not None:
            await _notify(
                services,
                tx,
                "added_to_collection",
                [told.account_id],
                told.owner_id,
                collection_id=told.collection_id,
            )


async def notify_of_collection(services: Services, event: CollectionUpdated) -> None:
    """Who is in a collection that says something else now; this takes the place of what was told before."""
    async with services.db.transaction() as tx:
        found = await collection_queries.get(tx, event.collection_id)
        if found is not None:
            kind: Kind = "collection_update"
            await notifications.withdraw_of_collection(tx, kind, found.id, before=found.updated_at)
            people = await collection_queries.featured(tx, found.id)
            await _notify(services, tx, kind, people, found.account_id, collection_id=found.id)


async def forget_feature(services: Services, event: RemovedFromCollection) -> None:
    """Who is no longer in a collection finds nothing of it in their notifications."""
    kinds: tuple[Kind, ...] = ("added_to_collection", "collection_update")
    async with services.db.transaction() as tx:
        for kind in kinds:
            await notifications.withdraw_of_collection(tx, kind, event.collection_id, to_id=event.account_id)


async def leave_collections(services: Services, event: Blocked) -> None:
    """Who blocks somebody is not recommended by them, nor recommends them."""
    async with services.db.connection() as tx:
        await collections.separate(tx, event.account_id, event.target_id)


async def announce_terms(services: Services, event: TermsPublished) -> None:
    """Members learn of new terms of service, until some days after these hold."""
    async with services.db.transaction() as tx:
        day = await terms.mark_announced(tx, event.terms_id)
        if day is not None:
            draft = legal.terms_announcement(services.settings, day)
            await announcements.write(tx, services.settings, draft, publish=True)


async def delete_account_rows(services: Services, event: DeletionBegun) -> None:
    """Deleted means gone: all that an account had."""
    await deletion.delete_rows(services.db, event.account_id)


async def delete_account_files(services: Services, event: AccountDeleted) -> None:
    """And its pictures."""
    await services.blobs.delete(event.blob_keys)


async def _notify(
    services: Services,
    tx: Tx,
    kind: Kind,
    account_ids: list[int],
    from_id: int,
    status_id: int | None = None,
    report_id: int | None = None,
    collection_id: int | None = None,
) -> None:
    new = await notifications.notify(tx, kind, account_ids, from_id, status_id, report_id, collection_id)
    shown = [(told.notification_id, told.account_id) for told in new if not told.filtered]
    for notification_id, account_id in shown:
        await news.tell(tx, services.bus, "notification", notification_id, [account_id])
    await push.push(tx, shown, kind, from_id)


REACTIONS: ReactionTable = {
    StatusPublished: (
        add_to_feeds,
        keep_conversations,
        notify_of_publication,
        count_featured,
        notice_link,
        index_words,
    ),
    StatusEdited: (stream_edit, keep_conversations, notify_of_edit, count_featured, notice_link, index_words),
    StatusPolicyChanged: (stream_change,),
    QuoteRevoked: (stream_change, withdraw_quote, index_words),
    StatusDeleted: (stream_deletion, mend_conversations, withdraw_boost, delete_files, count_featured),
    CardDue: (fetch_card,),
    StatusFavourited: (notify_of_favourite,),
    StatusUnfavourited: (withdraw_favourite,),
    PollEnded: (notify_of_poll_end,),
    ReplyHeld: (notify_of_held_reply,),
    ReplyApproved: (withdraw_held_reply,),
    ScheduledDue: (publish_scheduled,),
    ScheduledFailed: (status_mails.mail_failure,),
    Followed: (fill_feed, notify_of_follow),
    FollowRequested: (notify_of_request,),
    FollowRequestWithdrawn: (forget_request, leave_uninvited),
    FollowRejected: (forget_request, leave_uninvited),
    FollowAccepted: (fill_feed, forget_request, notify_of_follow),
    Unfollowed: (empty_feed, leave_uninvited),
    FollowerRemoved: (empty_feed, leave_lists),
    FollowChanged: (refill_feed,),
    Blocked: (separate, leave_lists, leave_collections, revoke_quotes),
    AddedToCollection: (notify_of_feature,),
    RemovedFromCollection: (forget_feature,),
    CollectionUpdated: (notify_of_collection,),
    Unblocked: (),
    DomainBlocked: (sever_domain, forget_domain),
    DomainUnblocked: (),
    AliasesChanged: (),
    Muted: (),  # hidden when lists are read, so that unmuting brings everything back
    Unmuted: (),
    RequestAccepted: (merge_request, open_conversations),
    RequestDismissed: (forget_request_of,),
    PushDue: (pushes.push_notification,),
    ListAccountsAdded: (fill_list, move_between_home_and_lists),
    ListAccountsRemoved: (empty_list, move_between_home_and_lists),
    ListExclusivityChanged: (move_between_home_and_lists,),
    TagFollowed: (fill_feed_by_tag,),
    TagUnfollowed: (empty_feed_of_tag,),
    FiltersChanged: (tell_of_filters,),
    AccountCreated: (auth_mails.mail_confirmation, auth_mails.mail_staff, notify_of_sign_up),
    ConfirmationRequested: (auth_mails.mail_confirmation,),
    EmailConfirmed: (auth_mails.mail_staff, notify_of_sign_up),
    SignUpApproved: (auth_mails.mail_approval, notify_of_sign_up),
    PasswordResetRequested: (auth_mails.mail_password_reset,),
    EmailChangeRequested: (auth_mails.mail_email_change,),
    AccessOffered: (shared_mails.mail_invitation,),
    SecurityChanged: (auth_mails.mail_security_change,),
    DeletionBegun: (delete_account_rows,),
    AccountUpdated: (accept_requests, leave_uninvited, notice_links, reconsider_findability),
    LinkDue: (check_link,),
    LinksVerified: (),
    AccountDeleted: (delete_account_files, mend_conversations),
    FilmUploaded: (conversions.convert,),
    AnnouncementPublished: (stream_announcement,),
    AnnouncementReacted: (stream_announcement_reaction,),
    AnnouncementWithdrawn: (stream_announcement_end,),
    TermsPublished: (announce_terms,),
    AnnualReportRequested: (make_annual_report,),
    ImportDue: (go_on_importing,),
    ReportFiled: (notify_of_report, report_mails.mail_report),
    BlobsDropped: (media.delete_blobs,),
}


async def end_polls(services: Services) -> None:
    """Polls whose time is over: their end is announced once."""
    async with services.db.connection() as tx:
        await polls.end_expired(tx)


async def keep_announcements_time(services: Services) -> None:
    """Announcements come and go at their times."""
    async with services.db.connection() as tx:
        await announcements.keep_time(tx)


async def trim_feeds(services: Services) -> None:
    """Feeds keep their newest entries."""
    async with services.db.transaction() as tx:
        await home.trim(tx)
        await list_timelines.trim(tx)


async def trim_notifications(services: Services) -> None:
    """Members keep their newest notifications."""
    await trimming.trim(services.db, services.settings.notifications_kept)


async def forget_news(services: Services) -> None:
    """What open streams were told some minutes ago, nobody asks for any more."""
    async with services.db.transaction() as tx:
        await news.forget(tx)


async def find_popular(services: Services) -> None:
    """Whom everybody is suggested to follow."""
    async with services.db.connection() as tx:
        await suggestions.refresh(tx)


async def delete_unattached_media(services: Services) -> None:
    """Uploads that no status took within a day go, with their files."""
    await media.delete_unattached(services)
    await conversions.delete_old_uploads(services)


async def delete_unused_cards(services: Services) -> None:
    """What no status links to any more goes, with its picture."""
    await cards.delete_unused(services)


async def refresh_trends(services: Services) -> None:
    """What many talk about now."""
    if services.settings.trends:
        async with services.db.connection() as tx:
            await trends.refresh(tx, services.settings)


async def open_search_window(services: Services) -> None:
    """So many statuses came to be that a new window of time begins."""
    async with services.db.connection() as tx:
        await windows.open_next(tx)


async def index_old_statuses(services: Services) -> None:
    """What was there before the index can be found, too."""
    await indexing.index_backlog(services.db, services.settings)


async def delete_expired(services: Services) -> None:
    """What has had its time: mutes, idempotency keys, codes, links in mails, sessions, counters."""
    async with services.db.transaction() as tx:
        await relations.delete_expired_mutes(tx)
        await statuses.delete_old_idempotency_keys(tx)
        await oauth.delete_old_grants(tx)
        await emails.delete_old_email_tokens(tx)
        await sessions.delete_old(tx)
        await throttles.delete_old(tx)
        await signup.delete_unconfirmed(tx)
        await requests.merge_late(tx)
        await refreshes.delete_old(tx)
        await portability.delete_old(tx)
        await links.delete_old(tx)
        await translations.delete_old(tx)
        await sharing.delete_old_acts(tx)


SCHEDULES: tuple[Schedule, ...] = (
    Schedule("* * * * *", end_polls),
    Schedule("* * * * *", keep_announcements_time),
    Schedule("* * * * *", open_search_window),
    Schedule("* * * * *", index_old_statuses),
    Schedule("*/5 * * * *", refresh_trends),
    Schedule("* * * * *", forget_news),
    Schedule("17 * * * *", trim_feeds),
    Schedule("47 * * * *", trim_notifications),
    Schedule("37 * * * *", find_popular),
    Schedule("27 * * * *", delete_unattached_media),
    Schedule("*/15 * * * *", delete_expired),
    Schedule("37 * * * *", delete_unused_cards),
)
