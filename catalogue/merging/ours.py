"""What follows of the catalogue's own tables."""

from catalogue import models
from catalogue.merging import keeping
from catalogue.merging.following import (
    Follower,
    Plan,
    added_up,
    close_up,
    follow,
    lines,
    next_place,
    register,
    register_kept_by_database,
)
from catalogue.models import Disc, Extra, Release
from catalogue.names import fold

TWICE = "The one that stays has that already."
STANDS = "The edition that stays has its own."


class Names(Follower):
    """Other names, without those that the one that stays has already, or is called."""

    def plan(self, gone, stays):
        plan = super().plan(gone, stays)
        own = self.of(gone.pk).filter(name=stays.name).values_list("pk", flat=True)
        plan.dropped |= {key: None for key in own if key in plan.moved}
        plan.moved = [key for key in plan.moved if key not in plan.dropped]
        return plan

    def carry_out(self, gone, stays, deed):
        super().carry_out(gone, stays, deed)
        known = {fold(name) for name in self.of(stays.pk).values_list("name", flat=True)} | {fold(stays.name)}
        if fold(gone.name) not in known:
            place = next_place(self.model, **{self.path: stays})
            self.model.objects.create(**{self.path: stays}, name=gone.name, position=place)


class Releases(Follower):
    """Editions, each at a free address of the title that it comes to."""

    def move(self, keys, to, deed):
        for release in Release.objects.filter(pk__in=keys).order_by("position"):
            taken = set(to.releases.values_list("slug", flat=True))
            release.title, release.slug = to, free_slug(release.slug, taken)
            release.position = next_place(Release, title=to)
            release.save(update_fields=["title", "slug", "position"])
        close_up(Release, "title", to, ())


class Discs(Follower):
    """Discs by their numbers: what hangs on one that is there already hangs on that one from now on."""

    def plan(self, gone, stays):
        ours = dict(stays.discs.values_list("number", "pk"))
        pairs = gone.discs.order_by("number").values_list("pk", "number")
        plan = Plan()
        for key, number in pairs:
            if number in ours:
                plan.dropped[key] = ours[number]
            else:
                plan.moved.append(key)
        return plan

    def lines(self, gone, stays):
        pairs = self.plan(gone, stays).dropped.items()
        discs = Disc.objects.in_bulk([key for pair in pairs for key in pair])
        said = [line for one, other in pairs for line in lines(discs[one], discs[other])]
        return [self.line(gone, stays), *added_up(said)]

    def carry_out(self, gone, stays, deed):
        plan = self.plan(gone, stays)
        discs = Disc.objects.in_bulk([*plan.dropped, *plan.dropped.values()])
        for key, other in plan.dropped.items():
            follow(discs[key], discs[other], deed)
        keeping.drop(deed, Disc, plan.dropped)
        self.move(plan.moved, stays, deed)


class UnlessThere(Follower):
    """A list of an edition, which follows only where the one that stays has none of the kind."""

    def plan(self, gone, stays):
        keys = list(self.of(gone.pk).order_by("position").values_list("pk", flat=True))
        return Plan(dropped=dict.fromkeys(keys)) if self.of(stays.pk).exists() else Plan(moved=keys)


class Drafts(Follower):
    """Drafts are of a form that is no more; undoing brings them back."""

    def plan(self, gone, stays):
        return Plan(dropped=dict.fromkeys(self.of(gone.pk).values_list("pk", flat=True)))


class OfPerson(Follower):
    """What a person did, without what the one that stays did there already; lists that lose a row close up."""

    def carry_out(self, gone, stays, deed):
        plan = self.plan(gone, stays)
        owner, listed = ("title", ("role",)) if self.model is models.Credit else ("extra", ())
        lists = self.model._base_manager.filter(pk__in=plan.dropped).values_list(owner, flat=True)
        lists = list(lists.distinct().order_by())
        super().carry_out(gone, stays, deed)
        for each in lists:
            close_up(self.model, f"{owner}_id", each, listed)


def free_slug(slug, taken):
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (slug, *numbered) if each not in taken)


def _list(model, name, same=None, **options):
    return Follower(model, "title", name, same=same, why=TWICE, listed=(), picked=True, **options)


def declare():
    """Register all of it."""
    _of_titles()
    _of_releases()
    _of_people()
    register_kept_by_database(models.PageVersion, models.Completeness)


def _of_titles():
    register(
        Releases(models.Release, "title", "Editions", picked=True),
        Names(models.TitleName, "title", "Other names", same=("name",), why=TWICE, listed=(), picked=True),
        Follower(
            models.Credit,
            "title",
            "Credits",
            same=("person_id", "role", "character", "detail"),
            why="The same person has that part already.",
            listed=("role",),
            picked=True,
        ),
        _list(models.TitleCountry, "Countries", ("country_id",)),
        _list(models.TitleGenre, "Genres", ("genre_id",)),
        _list(models.TitleLanguage, "Languages", ("language_id",)),
        _list(models.TitleCollection, "Collections", ("collection_id",)),
        _list(models.TitleCompany, "Companies", ("company_id", "role")),
        _list(models.Award, "Awards", ("body_id", "year", "prize", "recipient")),
        _list(models.ReleaseEvent, "Events", ("kind", "date", "territory_id", "note")),
        _list(models.BoxOffice, "Takings", ("territory_id",)),
        _list(models.Offer, "Offers", ("provider_id", "kind", "territory_id")),
        Follower(models.TitleIdentifier, "title", "Numbers elsewhere", picked=True),
        Follower(models.FormerTitleSlug, "title", "Former addresses", picked=True),
        Follower(models.ImportedRecord, "title", "What imports know it by", picked=True),
        Follower(models.WantedSearch, "title", ""),
        Drafts(models.TitleDraft, "title", "Drafts", why="The form they belong to is no more.", member="member"),
        Follower(models.SimilarTitle, "title", "", goes=True),
        Follower(models.SimilarTitle, "other", "", goes=True),
        Follower(models.PopularTitle, "title", "", goes=True),
        Follower(models.ShelfTitle, "title", "", goes=True),
    )


def _of_releases():
    register(
        Discs(models.Disc, "release", "Discs", why="A disc of that number is there: its copies and requests go to it."),
        Follower(models.ReleaseIdentifier, "release", "Numbers elsewhere"),
        UnlessThere(models.AspectRatio, "release", "Aspect ratios", why=STANDS),
        UnlessThere(models.AudioTrack, "release", "Sound tracks", why=STANDS),
        UnlessThere(models.SubtitleTrack, "release", "Subtitles", why=STANDS),
        Follower(Extra, "release", "Extras", same=("name",), why=TWICE, listed=()),
    )


def _of_people():
    register(
        OfPerson(
            models.Credit,
            "person",
            "Credits",
            same=("title_id", "role", "character", "detail"),
            why="The one that stays has that part already.",
        ),
        OfPerson(models.ExtraPerson, "person", "Extras", same=("extra_id",), why="The extra names both."),
        Names(models.PersonAlias, "person", "Other names", same=("name",), why=TWICE, listed=()),
        Follower(models.PersonIdentifier, "person", "Numbers elsewhere"),
        Follower(models.FormerPersonSlug, "person", "Former addresses"),
    )
