"""What must be true of memberships whatever happened: {sentence: query that returns no row}."""

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
}
