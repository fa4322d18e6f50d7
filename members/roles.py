"""What staff may do, by role: no more than the role needs. Each is a group, made by migrations.

They are members 0004 and 0006, reviews 0008, rentals 0010, 0013 and 0017. A view asks for a right
(`rentals.change_rental`), never for a role, so that roles may be cut differently.
"""

EVERY, LOOK = ("view", "add", "change", "delete"), ("view",)
KEEP = ("view", "add", "change")  # what is part of somebody's history is never deleted

CATALOGUE = """
    language country genre collection company awardbody provider certificate
    person personalias personidentifier formerpersonslug
    title titlename titleidentifier formertitleslug titlelanguage titlecountry titlegenre titlecollection titlecompany
    credit award releaseevent boxoffice offer
    release releaseidentifier disc aspectratio audiotrack subtitletrack extra extraperson
"""
CRITICS = "publication critic criticreview outsidesource outsidescore outsidereview"


def _rights(app, models, verbs):
    return {f"{app}.{verb}_{model}" for model in models.split() for verb in verbs}


CATALOGUER = _rights("catalogue", CATALOGUE, EVERY) | _rights("catalogue", "deed", ("view", "change"))  # change: undo
MODERATOR = (
    _rights("reviews", CRITICS, EVERY)
    | _rights("reviews", "review report", ("view", "change"))
    | _rights("reviews", "staffreply", EVERY)
    | _rights("reviews", "rating helpfulvote moderationstep ban votehold", LOOK)
    | _rights("catalogue", "title", LOOK)
)
DESK = (
    _rights("rentals", "copy rental problem order", KEEP)
    | _rights("rentals", "queueentry round passedover idleplace copyevent scan", LOOK)
    | _rights("rentals", "finding", ("view", "change"))
    | _rights("catalogue", "title release disc", LOOK)
)
MANAGER = (
    CATALOGUER
    | MODERATOR
    | DESK
    | _rights("reviews", "review", ("delete",))  # its history goes with it: a moderator rejects it instead
    | _rights("rentals", "plan", EVERY)
    | _rights("rentals", "membership invoice", KEEP)
    | _rights("rentals", "membershipchange", LOOK)
    | _rights("members", "member", LOOK)
)
ROLES = {"cataloguer": CATALOGUER, "moderator": MODERATOR, "desk": DESK, "manager": MANAGER}
