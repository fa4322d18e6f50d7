"""The demo has something to say of what leads into it."""

from catalogue.models import AwardBody, Collection, Country, Genre


def test_the_texts_of_the_demo_are_all_there(demo):
    assert Collection.objects.exclude(text="").count() >= 25
    assert Genre.objects.exclude(text="").count() >= 10
    assert Country.objects.exclude(text="").count() >= 10
    assert {body.slug for body in AwardBody.objects.exclude(text="")} >= {
        "academy-awards", "bafta", "berlin", "cannes", "venice",
    }  # fmt: skip
