"""The admin's lists in groups by the work they are for, and not by the app they are written in."""

GROUPS = {
    "Catalogue": "title person release collection wantedsearch sheetimport deed extra",
    "Lists of words": "genre company awardbody provider certificate country language",
    "Reviews": "review moderationstep report staffreply ban votehold rating helpfulvote",
    "Critics and other sources": "critic publication criticreview outsidesource outsidescore outsidereview",
    "Rentals": "copy rental problem queueentry order round passedover idleplace",
    "Plans and payment": "plan membership membershipchange invoice",
    "Members": "member look authenticator",
    "Machine": "message procrastinatejob group",
}


def grouped(apps):
    """Django's list of apps with their models, dealt out to GROUPS; what has no place there stays with its app."""
    models = {model["object_name"].lower(): (model, app) for app in apps for model in app["models"]}
    for name, of_group in GROUPS.items():
        yield from _group(name, [models.pop(model) for model in of_group.split() if model in models])
    for app in apps:
        yield from _group(app["name"], [pair for pair in models.values() if pair[1] is app])


def _group(name, pairs):
    """A group as Django's templates want an app, if there is anything in it."""
    if pairs:
        label = name.lower().replace(" ", "-")
        models = [model for model, _ in pairs]
        yield {
            "name": name,
            "app_label": label,
            "app_url": models[0]["admin_url"],
            "has_module_perms": True,
            "models": models,
        }
