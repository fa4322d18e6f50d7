"""A database with reviews by the million, beside the developer's: made once, and kept for the next run."""

from bench import big

TITLES = 20_000
MADE_BY = [*big.MADE_BY, "bench/fill_reviews.py"]


def ensure(reviews, of_one):
    """The environment of commands on the database, which is made if it is not there (`big.ensure`)."""
    fill = ["-m", "bench.fill_reviews", str(reviews), str(of_one)]
    make = ["manage.py", "make_big", "--titles", str(TITLES)]
    return big.kept(f"bench_reviews_{reviews}_{of_one}", MADE_BY, [make, fill])
