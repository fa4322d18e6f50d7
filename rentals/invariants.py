"""What must be true of memberships, rentals and queues whatever happened: {sentence: query that returns no row}."""

INVARIANTS = {
    "An open membership is paid for as far as its free trial and its paid invoices say.": """
        SELECT m.id, m.paid_until FROM rentals_membership m WHERE m.ended_at IS NULL AND m.paid_until IS DISTINCT FROM
        greatest(m.trial_until, (SELECT max(i.last_day) FROM rentals_invoice i WHERE i.membership_id = m.id
        AND i.what = 'month' AND i.paid_at IS NOT NULL AND i.refund_asked_at IS NULL))
    """,
    "A membership is open to discs from the day it is paid or free, and no other is.": """
        SELECT id FROM rentals_membership WHERE (confirmed_at IS NULL) <> (paid_until IS NULL)
    """,
    "Nobody has more discs than the most places of the plans they had.": """
        SELECT out.member_id, out.discs FROM (SELECT member_id, count(*) AS discs FROM rentals_rental
        WHERE checked_in_at IS NULL AND cancelled_at IS NULL GROUP BY member_id) AS out
        JOIN (SELECT m.member_id, max(p.places_at_home) AS places FROM rentals_membership m
        JOIN rentals_plan p ON p.id = m.plan_id
        OR p.id IN (SELECT c.plan_id FROM rentals_membershipchange c WHERE c.membership_id = m.id)
        GROUP BY m.member_id) AS had USING (member_id) WHERE out.discs > had.places
    """,
    "Nothing is owed for a membership that has ended.": """
        SELECT i.id FROM rentals_invoice i JOIN rentals_membership m ON m.id = i.membership_id
        WHERE m.ended_at IS NOT NULL AND i.paid_at IS NULL AND i.voided_at IS NULL
    """,
    "Nobody had the free trial twice.": """
        SELECT member_id FROM rentals_membership WHERE trial_until IS NOT NULL GROUP BY member_id HAVING count(*) > 1
    """,
    "A disc that a queue asks for is one of its title's.": (
        "SELECT q.id FROM rentals_queueentry q JOIN catalogue_disc d ON d.id = q.disc_id "
        "JOIN catalogue_release r ON r.id = d.release_id WHERE r.title_id <> q.title_id"
    ),
    "A rental answers a request of its own member.": (
        "SELECT n.id FROM rentals_rental n JOIN rentals_queueentry q ON q.id = n.entry_id "
        "WHERE n.member_id <> q.member_id"
    ),
    "What was sent for a request is not asked for still, unless something is wrong with it.": (
        "SELECT n.id FROM rentals_rental n JOIN rentals_queueentry q ON q.id = n.entry_id "
        "WHERE n.checked_in_at IS NULL AND n.cancelled_at IS NULL AND q.sent_at IS NULL AND q.removed_at IS NULL "
        "AND NOT EXISTS (SELECT FROM rentals_problem p WHERE p.rental_id = n.id)"
    ),
    "A round sent as many discs as it says.": """
        SELECT r.id FROM rentals_round r WHERE r.sent <> (SELECT count(*) FROM rentals_rental n WHERE n.round_id = r.id)
    """,
    "A request was passed over by the round that it has its claim from, or by an earlier one.": """
        SELECT q.id FROM rentals_queueentry q JOIN rentals_passedover p ON p.entry_id = q.id
        JOIN rentals_round r ON r.id = p.round_id WHERE q.claim_at IS NULL OR q.claim_at > r.at
    """,
    "Nobody got two discs of one set in a round.": """
        SELECT n.round_id, n.member_id FROM rentals_rental n JOIN rentals_copy k ON k.id = n.copy_id
        JOIN catalogue_disc d ON d.id = k.disc_id WHERE n.round_id IS NOT NULL AND n.member_id IS NOT NULL
        GROUP BY n.round_id, n.member_id, d.release_id HAVING count(*) > 1
    """,
    "A copy is what its events made of it, from the one by which it was acquired.": """
        SELECT k.id FROM rentals_copy k LEFT JOIN (
          SELECT copy_id, bool_or(kind = 'acquired') AS acquired,
            (array_agg(value ORDER BY id DESC) FILTER (WHERE kind = 'moved'))[1] AS shelf,
            (array_agg(value ORDER BY id DESC) FILTER (WHERE kind = 'condition'))[1] AS condition,
            (array_agg(value ORDER BY id DESC) FILTER (WHERE kind = 'licence'))[1] AS licence,
            (array_agg(kind ORDER BY id DESC) FILTER (WHERE kind IN ('held', 'passed')))[1] AS held,
            (array_agg(kind ORDER BY id DESC) FILTER (WHERE kind IN ('missing', 'found')))[1] AS missing,
            (array_agg(kind || value ORDER BY id DESC) FILTER (WHERE kind IN ('withdrawn', 'restored')))[1] AS withdrawn
          FROM rentals_copyevent GROUP BY copy_id) f ON f.copy_id = k.id
        WHERE f.acquired IS NOT TRUE OR k.shelf <> coalesce(f.shelf, '') OR k.condition <> coalesce(f.condition, 'good')
        OR k.licence <> coalesce(f.licence, 'rental')
        OR (k.in_inspection_since IS NOT NULL) <> (coalesce(f.held, '') = 'held')
        OR (k.missing_at IS NOT NULL) <> (coalesce(f.missing, '') = 'missing')
        OR CASE WHEN k.withdrawn_at IS NULL THEN coalesce(f.withdrawn, 'restored') <> 'restored'
          ELSE coalesce(f.withdrawn, '') <> 'withdrawn' || k.withdrawn_for END
    """,
    "No more of an edition came in on orders than there are copies of its first disc.": """
        SELECT o.release_id FROM rentals_order o GROUP BY o.release_id HAVING sum(o.received) > (
        SELECT count(*) FROM rentals_copy k JOIN catalogue_disc d ON d.id = k.disc_id AND d.number = 1
        WHERE d.release_id = o.release_id)
    """,
    "A disc that goes out next waits in one bin, not out and not withdrawn.": """
        SELECT k.id FROM rentals_copy k WHERE k.bin IS NOT NULL AND (k.withdrawn_at IS NOT NULL OR EXISTS (
        SELECT FROM rentals_rental n WHERE n.copy_id = k.id AND n.posted_at IS NOT NULL AND n.checked_in_at IS NULL))
    """,
    "A scan that was undone left nothing of what it did.": """
        SELECT s.id FROM rentals_scan s JOIN rentals_finding f ON f.id = s.finding_id
        WHERE s.undone_at IS NOT NULL AND f.settled_at IS NULL
    """,
    "Nothing is lent to a closed account.": (
        "SELECT n.id FROM rentals_rental n JOIN members_member m ON m.id = n.member_id "
        "WHERE m.closed_at IS NOT NULL AND n.allocated_at > m.closed_at"
    ),
}
