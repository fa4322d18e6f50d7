"""What members say of how they watch."""

from django import forms
from django.core.exceptions import ValidationError

from catalogue.models import Language, Medium

ANY = "any"
DVD_REGIONS = [
    ("2", "2: Europe, Japan, the Middle East"),
    ("1", "1: the United States, Canada"),
    ("3", "3: South-East Asia"),
    ("4", "4: Australia, Latin America"),
    ("5", "5: Russia, India, Africa"),
    ("6", "6: China"),
]
BLU_RAY_REGIONS = [
    ("B", "B: Europe, Africa, Australia"),
    ("A", "A: the Americas, East Asia"),
    ("C", "C: Russia, China, India"),
]
PLAYS_ANY = [(ANY, "Any region")]
NO_REGION = "Tick the regions it plays, or “Any region”. If you do not know: players sold here play {usual}."


def _ticks(choices, **options):
    return forms.MultipleChoiceField(choices=choices, required=False, **options)


class ViewingForm(forms.Form):
    """Players with their regions, languages, access needs."""

    media = _ticks(Medium.choices)
    dvd_regions = _ticks(PLAYS_ANY + DVD_REGIONS, label="Regions of DVDs")
    blu_ray_regions = _ticks(PLAYS_ANY + BLU_RAY_REGIONS, label="Regions of Blu-rays")
    languages = _ticks([])
    others = forms.CharField(label="Another language", required=False, max_length=400)
    hard_of_hearing = forms.BooleanField(required=False, label="Subtitles for the hard of hearing")
    audio_description = forms.BooleanField(required=False, label="Audio description")

    def __init__(self, *args, offered=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [(language.pk, language.name) for language in offered]

    def clean_others(self):
        """Codes of the languages named, between commas."""
        names = [name.strip() for name in self.cleaned_data["others"].split(",") if name.strip()]
        return [_code_of(name) for name in names]

    def clean(self):
        cleaned = super().clean()
        for medium, field, usual in (("dvd", "dvd_regions", "2"), ("blu-ray", "blu_ray_regions", "B")):
            if medium in cleaned.get("media", []) and not cleaned.get(field) and field not in self.errors:
                self.add_error(field, NO_REGION.format(usual=usual))
        return cleaned

    def said(self):
        """The arguments of `viewing.describe`."""
        cleaned = self.cleaned_data
        regions = {"dvd": cleaned["dvd_regions"], "blu-ray": cleaned["blu_ray_regions"]}
        return {
            "players": {medium: _regions(regions.get(medium, [])) for medium in cleaned["media"]},
            "languages": [*cleaned["languages"], *cleaned["others"]],
            "hard_of_hearing": cleaned["hard_of_hearing"],
            "audio_description": cleaned["audio_description"],
        }


def said_before(member):
    """What the form shows before it is filled in."""
    players = {player.medium: player.regions or [ANY] for player in member.players.all()}
    needs = getattr(member, "access_needs", None)
    return {
        "media": list(players),
        "dvd_regions": players.get("dvd", []),
        "blu_ray_regions": players.get("blu-ray", []),
        "languages": list(member.languages.values_list("language", flat=True)),
        "hard_of_hearing": bool(needs and needs.hard_of_hearing),
        "audio_description": bool(needs and needs.audio_description),
    }


def _regions(ticked):
    return [] if ANY in ticked else sorted(ticked)


def _code_of(name):
    language = Language.objects.filter(name__iexact=name).first()
    if language is None:
        raise ValidationError(f"We know no language called {name}. Choose one of the list that opens as you type.")
    return language.pk
