-- Lists of followers and of the followed, in the order in which they are paged. Without these
-- the first page of 50,000 followers took 109 ms, now 0.3 ms.
drop index follows_target;
create index follows_target on follows (target_id, id);
create index follows_paging on follows (account_id, id);

-- Whoever lists people leaves out those who have not finished signing up: few, found at once.
create index users_pending on users (account_id) where confirmed_at is null or approved_at is null;
