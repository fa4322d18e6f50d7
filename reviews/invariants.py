"""What must be true of ratings, reviews and votes whatever happened: {sentence: query that returns no row}."""

INVARIANTS = {
    "Nobody votes on their own review.": """
        SELECT v.id FROM reviews_helpfulvote v JOIN reviews_review r ON r.id = v.review_id
        WHERE r.author_id = v.voter_id
    """,
    "A rating counts if its member is heard.": (
        "SELECT id FROM reviews_rating WHERE counts <> reviews_heard(member_id)"
    ),
    "A vote counts if its voter is heard and it is not held.": (
        "SELECT id FROM reviews_helpfulvote WHERE counts <> reviews_vote_counts(voter_id, review_id)"
    ),
    "What keeps a review off the pages is a step about it.": """
        SELECT v.id FROM reviews_review v JOIN reviews_moderationstep s ON s.id = v.withheld_by_id
        WHERE s.review_id IS DISTINCT FROM v.id OR s.verb NOT IN ('hold', 'reject', 'ask')
    """,
}
