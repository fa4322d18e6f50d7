"""How a member watches: players, languages, access needs."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from catalogue.models import AudioTrack, Language, SubtitleTrack
from members.models import Member
from rentals.models import AccessNeeds, MemberLanguage, Player


def describe(member, *, players, languages, hard_of_hearing, audio_description):
    """Say how `member` watches: `players` are {medium: [regions], or [] for any}, `languages` are codes.

    What was said before is forgotten. Holds the member's row until commit.
    """
    with transaction.atomic():
        Member.objects.lock(member.pk)
        _set_players(member, players)
        _set_languages(member, set(languages))
        needs = {"hard_of_hearing": hard_of_hearing, "audio_description": audio_description}
        AccessNeeds.objects.update_or_create(member=member, defaults=needs)


def _set_players(member, players):
    member.players.exclude(medium__in=players).delete()
    for medium, regions in players.items():
        Player.objects.update_or_create(member=member, medium=medium, defaults={"regions": regions})


def _set_languages(member, codes):
    member.languages.exclude(language__in=codes).delete()
    had = set(member.languages.values_list("language", flat=True))
    MemberLanguage.objects.bulk_create(MemberLanguage(member=member, language_id=code) for code in sorted(codes - had))


def languages_to_offer(member):
    """Languages in which there is something to hear or to read on our discs, and the member's own; by name."""
    there = Exists(AudioTrack.objects.filter(language=OuterRef("pk"))) | Exists(
        SubtitleTrack.objects.filter(language=OuterRef("pk"))
    )
    own = Exists(MemberLanguage.objects.filter(language=OuterRef("pk"), member=member))
    return Language.objects.filter(there | own).order_by("name")
