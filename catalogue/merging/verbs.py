"""Merging two titles, people or editions, splitting one, and undoing either (docs/merging.md)."""

from contextlib import ExitStack, contextmanager

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalogue import history, names
from catalogue.merging import keeping
from catalogue.merging.fields import chosen
from catalogue.merging.following import close_up, follow, followers, next_place, refusals, wraps
from catalogue.merging.locks import Busy, hold, patiently, titles_of
from catalogue.merging.ours import free_slug
from catalogue.models import Deed, FormerPersonSlug, FormerTitleSlug, Person, Release, Title
from config.staff import sentence

FORMER = {Title: (FormerTitleSlug, "title"), Person: (FormerPersonSlug, "person")}
TOO_OLD = "It was done more than 90 days ago: what was put together then is not known apart any more."
ONE_HIDDEN = "One of the two is announced, and one is not: announce that one first."
AGAIN = "A merge or a split that was undone is not done again this way: do it anew."


class Refused(Exception):
    """It cannot be merged or split; the arguments are sentences that say why."""


# ------------------------------------------------------------------ merging
def merge(gone, stays, *, by, picks=(), editions=()):
    """All that hangs on `gone` hangs on `stays` from now on, and `gone` is no more; its address redirects.

    Both are titles, people, or editions of one title in one medium. `picks` are the fields for which what `gone` says
    stands (`fields.differing`); `editions` are pairs of keys of editions of the two that are one and the same: the
    first goes into the second. Returns the deed's key. Raises Refused and Busy. Holds members, both, and what hangs on
    them until commit.
    """
    return patiently(lambda: _merge(type(stays), gone.pk, stays.pk, by, picks, editions))


def _merge(model, gone, stays, by, picks, editions):
    hold(model, [gone, stays])
    rows = model._base_manager.in_bulk([gone, stays])
    if len(rows) < 2:
        raise Refused("One of the two is gone: somebody merged or deleted it meanwhile.")
    gone, stays = rows[gone], rows[stays]
    if reasons := why_not(gone, stays):
        raise Refused(*reasons)
    with _written("merge", by, f"“{gone}” into “{stays}”", gone, stays) as (deed, _):
        _carry_over(gone, stays, deed, picks)
        for first, second in editions:
            _merge_editions(first, second, stays, deed)
    return deed


def why_not(gone, stays):
    """Sentences that say why the two cannot be merged; none: they can."""
    if gone == stays:
        return ["These are one and the same already: choose another one."]
    if isinstance(stays, Release) and (gone.title_id, gone.medium) != (stays.title_id, stays.medium):
        return ["Only editions of one title in one medium can be merged."]
    if _is_hidden(gone) != _is_hidden(stays):
        return [ONE_HIDDEN]
    return refusals(gone, stays)


def _is_hidden(row):
    """Whether nobody but staff sees the title: what members have in hand must not come to hang on it."""
    return isinstance(row, Title) and row.hidden_until is not None


def _carry_over(gone, stays, deed, picks=()):
    model, taken = type(stays), chosen(gone, stays, picks)
    follow(gone, stays, deed)
    model._base_manager.filter(pk=gone.pk).delete()
    if taken:
        model._base_manager.filter(pk=stays.pk).update(**taken)
    if model in FORMER:
        former, owner = FORMER[model]
        former.objects.create(slug=gone.slug, **{owner: stays})


def _merge_editions(first, second, title, deed):
    """Two editions that the preview offered; those that are not what they were any more are left alone."""
    rows = Release.objects.filter(title=title).in_bulk([first, second])
    if len(rows) == 2 and not why_not(rows[first], rows[second]):
        _carry_over(rows[first], rows[second], deed)


@contextmanager
def _written(verb, by, note, *rows):
    """What is written inside is one deed, and every rule of the tables holds at its end.

    Gives its key, and the keys of the titles that are changed, to which more may be added.
    """
    model, keys = type(rows[0]), [row.pk for row in rows]
    facts, titles = {"of": model._meta.model_name, "keys": keys}, titles_of(model, keys)
    try:
        with transaction.atomic(), history.deed(verb, by, note, **facts) as deed, _wrapped(titles):
            yield deed, titles
            connection.check_constraints()
    except IntegrityError as error:
        raise Refused(sentence(error)) from error


@contextmanager
def _wrapped(titles):
    with ExitStack() as stack:
        for around in wraps():
            stack.enter_context(around(titles))
        yield


# ------------------------------------------------------------------ splitting
def split(row, picked, *, by, into=None, **new):
    """What is `picked`, {model: keys}, moves from `row` to `into`, or to a new one with the columns `new`.

    Of a title editions, credits, names and so on can move (`pickable`), of a person credits, of an edition discs.
    Ratings and reviews stay. Returns (the deed's key, the one it moved to). Raises Refused and Busy; locks as `merge`.
    """
    return patiently(lambda: _split(type(row), row.pk, picked, by, into and into.pk, new))


def _split(model, key, picked, by, into, new):
    hold(model, [key, *([into] if into else [])])
    rows = model._base_manager.in_bulk([key, into] if into else [key])
    if key not in rows or into and into not in rows:
        raise Refused("One of the two is gone: somebody merged or deleted it meanwhile.")
    if into == key:
        raise Refused("These are one and the same: choose another one.")
    if into and _is_hidden(rows[into]) != _is_hidden(rows[key]):
        raise Refused(ONE_HIDDEN)
    if not any(picked.values()):
        raise Refused("Choose at least one row to move.")
    with _written("split", by, f"“{rows[key]}”", *rows.values()) as (deed, titles):
        to = rows[into] if into else _made(rows[key], new)
        titles.extend(titles_of(model, [to.pk]))
        for follower in pickable(model):
            _move_some(follower, rows[key], to, picked.get(follower.model, ()), deed)
    return deed, to


def pickable(model):
    """The followers of which a split may take rows."""
    if model is Title:
        return [follower for follower in followers(Title) if follower.picked]
    wanted = {Person: "Credits", Release: "Discs"}[model]
    return [follower for follower in followers(model) if follower.name == wanted]


def _move_some(follower, row, to, keys, deed):
    mine = follower.of(row.pk).filter(pk__in=keys)
    order = [*(follower.listed or ()), "position"] if follower.listed is not None else []
    keys = list(mine.order_by(*order, "pk").values_list("pk", flat=True))
    if keys:
        follower.move(keys, to, deed)
        if follower.listed is not None:
            close_up(follower.model, follower.path, row, follower.listed)
        follower.after_split(row, to, keys, deed)


def _made(row, new):
    """A new row beside `row`, with the columns `new`."""
    if isinstance(row, Release):
        taken = set(row.title.releases.values_list("slug", flat=True))
        shared = {"title": row.title, "medium": row.medium, "slug": free_slug(row.medium, taken)}
        return Release.objects.create(**shared, position=next_place(Release, title=row.title), **new)
    model = type(row)
    slug = names.title_slug(new["name"], new.get("year")) if model is Title else names.slug(new["name"]) or "somebody"
    former, _ = FORMER[model]
    taken = {
        *model._base_manager.filter(slug__startswith=slug).values_list("slug", flat=True),
        *former.objects.filter(slug__startswith=slug).values_list("slug", flat=True),
    }
    shared = {"kind": row.kind, "hidden_until": row.hidden_until} if model is Title else {}
    return model._base_manager.create(slug=free_slug(slug, taken), **shared, **new)


# ------------------------------------------------------------------ undoing
@contextmanager
def around_undoing(deed, new):
    """Puts back what the history does not keep: of a merge when the rows are there again, of a split before they go."""
    said = deed.metadata
    model = apps.get_model("catalogue", said["of"])
    if model is not Person and deed.created_at < timezone.now() - keeping.KEPT:
        raise history.Overtaken(TOO_OLD)
    try:
        patiently(lambda: hold(model, said["keys"]))
    except Busy as busy:
        raise history.Overtaken(str(busy)) from busy
    with _wrapped(titles_of(model, said["keys"])):
        if said["verb"] == "split":
            keeping.put_back(deed.pk)
        yield
        if said["verb"] == "merge":
            keeping.put_back(deed.pk)


@contextmanager
def around_undoing_undone(deed, new):
    """Undoing that a merge was undone would leave members' rows on a title that goes."""
    undone = Deed.objects.filter(pk=deed.metadata["undoes"]).first()
    if undone and undone.metadata.get("verb") in ("merge", "split"):
        raise history.Overtaken(AGAIN)
    yield


def declare():
    history.on_undo("merge", around_undoing)
    history.on_undo("split", around_undoing)
    history.on_undo("undo", around_undoing_undone)
