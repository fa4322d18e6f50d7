"""What stands beside reviews for the member who reads them: other apps know it, and register who says it."""

_sayers = []


def register(sayer):
    """`sayer(reader, reviews)` puts what it knows into each of `reviews` (words of a review), and returns them."""
    _sayers.append(sayer)


def put(reader, reviews):
    """The reviews with all that is said beside them."""
    for sayer in _sayers:
        reviews = sayer(reader, reviews)
    return reviews
