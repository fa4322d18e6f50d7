"""Which editions of a title a member can have and follow, and what to say of those that they cannot.

A member tells us what the players at home take, which languages are understood and which help is needed; the plan says
which media come. What a member has not told is not held against a disc. `CAN_PLAY` says the hard part of it in SQL.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject

from catalogue.compiled import compiled
from catalogue.models import AudioTrack, Disc, Medium, Release, SubtitleTrack
from catalogue.wording import joined, loose_date
from members.models import Member
from rentals.models import AccessNeeds, MemberLanguage, Membership, Player, Rental

ANY_REGION = "0"
SPOKEN = ("original", "dub")

# Whether the release `r` plays on the player `p`.
PLAYER_TAKES = """
p.medium = r.medium
  AND (p.regions = '{}' OR r.regions = '{}' OR '0' = ANY (p.regions || r.regions) OR p.regions && r.regions)
"""
# Whether the release `r` plays at the member `a.member_id`'s and comes with the plan.
CAN_PLAY = f"""
(NOT EXISTS (SELECT FROM rentals_player p WHERE p.member_id = a.member_id)
  OR EXISTS (SELECT FROM rentals_player p WHERE p.member_id = a.member_id AND {PLAYER_TAKES}))
AND NOT EXISTS (SELECT FROM rentals_membership b JOIN rentals_plan n ON n.id = b.plan_id
  WHERE b.member_id = a.member_id AND b.ended_at IS NULL AND NOT r.medium = ANY (n.media))
"""


@dataclass(frozen=True)
class Viewing:
    """How somebody watches. Empty: not told, and no plan; then nothing stands in the way."""

    players: dict = field(default_factory=dict)  # medium: regions
    languages: frozenset = frozenset()
    hard_of_hearing: bool = False
    audio_description: bool = False
    plan_media: tuple = ()

    @classmethod
    def of(cls, told, plan=None):
        """From what `viewing_told` reads of a member; with `plan` in place of the one that is written down."""
        needs, media = told["needs"] or [], [plan.media] if plan else told["media"] or []
        return cls(
            {row["medium"]: row["regions"] for row in told["players"] or []},
            frozenset(told["languages"] or []),
            any(row["hard_of_hearing"] for row in needs),
            any(row["audio_description"] for row in needs),
            tuple(media[0]) if media else (),
        )

    def covers(self, medium):
        return not self.plan_media or medium in self.plan_media

    def takes(self, medium, regions):
        """Whether a disc comes with the plan and plays."""
        return self.covers(medium) and not why_not(self, medium, regions)

    def understands(self, languages):
        """Whether one of `languages` (codes) is understood; yes if the member has not told."""
        return not self.languages or bool(self.languages & set(languages))


@dataclass(frozen=True)
class Edition:
    """A release with its discs ({"key", "number", "label", "copies"}), as it suits one member.

    `plays` and `covered` (by the plan, which has `plan_media`) are conditions; `warnings` are sentences, also of what
    cannot be followed.
    """

    release: Release
    plays: bool
    covered: bool
    warnings: list
    out: bool
    plan_media: tuple

    @property
    def fits(self):
        return self.covered and not self.warnings

    @property
    def medium(self):
        return self.release.medium

    @property
    def label(self):
        return Medium(self.release.medium).label

    @cached_property
    def discs(self):
        return self.release.page_discs

    @property
    def held(self):
        """We have a first disc of it in service."""
        return any(disc["copies"] for disc in self.discs if disc["number"] == 1)


def editions(title, member, today):
    """Editions of the title with the key `title` as they suit `member`, the best medium first. In one query."""
    rows = list(_releases(title, member.pk))
    viewing = Viewing.of(rows[0].viewing) if rows else None
    return [_edition(release, viewing, today) for release in rows]


def default(found):
    """The best of `found` for somebody who does not choose: one that fits, of which we have a copy; None if none plays.

    Where nothing fits quite, what plays will do.
    """
    possible = [edition for edition in found if edition.plays and edition.covered]
    return max(possible, key=_suits, default=None)


def _suits(edition):
    """On the shelves before what is to come, before what we do not have; among those what fits."""
    return edition.out and edition.held, not edition.out, edition.fits


def is_out(released_on, today):
    """Whether a loose date is past, or may be; a date that is not known is. SQL says `released_on <= today`."""
    return released_on <= today.isoformat()


def when_out(day):
    """When a loose date is: "on 2 March 2027", "in March 2027", "in 2027"."""
    return f"{'on' if len(day) == len('2027-03-02') else 'in'} {loose_date(day)}"


def why_none(viewing, discs):
    """Why none of `discs`, (medium, regions), comes to the member as things stand: a sentence, or ""."""
    covered = [disc for disc in discs if viewing.covers(disc[0])]
    if discs and not covered:
        return f"Not in your plan, which has {joined([Medium(medium).label for medium in viewing.plan_media])}."
    whys = [why_not(viewing, *disc) for disc in covered]
    return whys[0] if whys and all(whys) else ""


def why_not(viewing, medium, regions):
    """Why a disc of `medium` and `regions` does not play: a sentence, or ""."""
    if not viewing.players:
        return ""
    label = Medium(medium).label
    if medium not in viewing.players:
        return f"You told us of no {label} player."
    mine = viewing.players[medium]
    if not mine or not regions or ANY_REGION in (*mine, *regions) or set(mine) & set(regions):
        return ""
    return f"This {label} is {_regions(regions)}; your player takes {_regions(mine)}."


# ------------------------------------------------------------------ what is said of an edition
def _edition(release, viewing, today):
    why = why_not(viewing, release.medium, release.regions)
    warnings = [*filter(None, [why]), *_not_followed(release, viewing)]
    covered, out = viewing.covers(release.medium), is_out(release.released_on, today)
    return Edition(release, not why, covered, warnings, out, viewing.plan_media)


def _not_followed(release, viewing):
    label = Medium(release.medium).label
    if viewing.languages and not _followed(release, viewing):
        yield f"This {label} has neither sound nor subtitles in a language you told us."
    if viewing.hard_of_hearing and not _has_captions(release, viewing):
        yield f"This {label} lists no subtitles for the hard of hearing{_in_yours(viewing)}."
    if viewing.audio_description and not _is_described(release, viewing):
        yield f"This {label} lists no audio description{_in_yours(viewing)}."


def _followed(release, viewing):
    """Something is understood; yes where the sound is not known."""
    spoken = [track["language"] for track in release.page_audio if track["kind"] in SPOKEN]
    written = [track["language"] for track in release.page_subtitles]
    return not spoken or None in spoken or viewing.understands([*spoken, *written])


def _has_captions(release, viewing):
    return any(track["hoh"] and viewing.understands([track["language"]]) for track in release.page_subtitles)


def _is_described(release, viewing):
    described = [track for track in release.page_audio if track["kind"] == "audio description"]
    return any(track["language"] is None or viewing.understands([track["language"]]) for track in described)


def _in_yours(viewing):
    return " in a language you told us" if viewing.languages else ""


def _regions(regions):
    return f"region{'s' if len(regions) > 1 else ''} {joined(sorted(regions))}"


# ------------------------------------------------------------------ what is loaded
@compiled
def _releases(title, member):
    audio = AudioTrack.objects.filter(release=OuterRef("pk"))
    subtitles = SubtitleTrack.objects.filter(release=OuterRef("pk"))
    return (
        Release.objects.filter(title=title)
        .annotate(
            page_audio=ArraySubquery(audio.values(_=JSONObject(language=F("language_id"), kind=F("kind")))),
            page_subtitles=ArraySubquery(
                subtitles.values(_=JSONObject(language=F("language_id"), hoh=F("hard_of_hearing")))
            ),
            page_discs=ArraySubquery(_discs()),
            viewing=Subquery(viewing_told(member)),
        )
        .order_by(Case(When(medium="4k", then=0), When(medium="blu-ray", then=1), default=2), "position")
    )


def _discs():
    """Discs of the outer release, with the number of copies in service and of those on the shelf."""
    here = Q(copies__withdrawn_at=None, copies__missing_at=None, copies__pk__isnull=False)
    away = Exists(Rental.objects.open().filter(copy=OuterRef("copies__pk")))
    discs = Disc.objects.filter(release=OuterRef("pk")).annotate(
        held=Count("copies", filter=here),
        shelf=Count("copies", filter=here & Q(copies__in_inspection_since=None) & ~away),
    )
    facts = JSONObject(key=F("pk"), number=F("number"), label=F("label"), copies=F("held"), on_shelf=F("shelf"))
    return discs.order_by("number").values(_=facts)


def viewing_told(member):
    """One row: what the member with the key `member` told us, as an object (`Viewing.of`)."""

    def mine(model, **filters):
        return model.objects.filter(member=OuterRef("pk"), **filters)

    players = mine(Player).values(_=JSONObject(medium=F("medium"), regions=F("regions")))
    needs = mine(AccessNeeds).values(
        _=JSONObject(hard_of_hearing=F("hard_of_hearing"), audio_description=F("audio_description"))
    )
    told = JSONObject(
        players=ArraySubquery(players),
        languages=ArraySubquery(mine(MemberLanguage).values("language_id")),
        needs=ArraySubquery(needs),
        media=ArraySubquery(mine(Membership, ended_at=None).values("plan__media")),
    )
    return Member.objects.filter(pk=member).values(_=told)
