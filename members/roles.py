"""What staff may do, by role: no more than the role needs. Each is a group, made by migrations.

They are members 0004, 0006 and 0007, reviews 0008, rentals 0010, 0013 and 0017. A view asks for a right
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


WITH_A_REASON = {"members.add_look"}  # to see what a member rented or asked for (docs/staff.md)
CATALOGUER = _rights("catalogue", CATALOGUE, EVERY) | _rights("catalogue", "deed", ("view", "change"))  # change: undo
MODERATOR = (
    _rights("reviews", CRITICS, EVERY)
    | _rights("reviews", "review", ("view", "change"))
    | _rights("reviews", "staffreply", EVERY)
    | _rights("reviews", "report rating helpfulvote moderationstep ban votehold", LOOK)
    | _rights("catalogue", "title", LOOK)
)
DESK = (
    _rights("rentals", "copy rental order", KEEP)
    | _rights("rentals", "queueentry round passedover idleplace copyevent scan", LOOK)
    | _rights("rentals", "problem finding", ("view", "change"))
    | _rights("catalogue", "title release disc", LOOK)
    | WITH_A_REASON
)
MANAGER = (
    CATALOGUER
    | MODERATOR
    | DESK
    | _rights("reviews", "review", ("delete",))  # its history goes with it: a moderator rejects it instead
    | _rights("rentals", "plan", EVERY)
    | _rights("rentals", "membership invoice", ("view", "change"))
    | _rights("rentals", "membershipchange", LOOK)
    | _rights("members", "member look", LOOK)
)
# Sees what all others see, and who looked at whom; never whose a rental was, for which a reason is written down.
AUDITOR = {right for right in MANAGER if ".view_" in right} | {"auth.view_group", "mfa.view_authenticator"}
ROLES = {"cataloguer": CATALOGUER, "moderator": MODERATOR, "desk": DESK, "manager": MANAGER, "auditor": AUDITOR}
