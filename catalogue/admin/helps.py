"""What the printed page makes of each field of the catalogue: the help texts of the admin's forms, in one place.

{model: {field: sentence}}. A field of several models stands under "". tests/test_admin_helps.py finds those without.
"""

EVERYWHERE = {
    "position": "The place in the list, from 1, as the page prints it; empty: last.",
    "language": "Printed by its English name. Of a name: not printed, but it is read aloud in that language.",
    "script": "ISO 15924: Latn, Cyrl, Jpan … The page marks the name with it, so that it is read aloud rightly.",
    "scheme": "Whose number it is: imdb, wikidata, ean … Not printed; an import finds the row by it.",
    "value": "The number or name it has there. Not printed; no two rows have the same.",
    "territory": "The country it was in, printed beside it; empty: worldwide.",
    "text": "Paragraphs on top of its page, parted by an empty line.",
    "slug": "The address of its page. The old address redirects when it changes.",
}
HELPS = {
    "title": {
        "name": "The name in English, printed large on top of the page, in lists and on the drawn cover.",
        "slug": "The last part of the page’s address. The old address redirects when it changes.",
        "kind": "Film or series, as lists and searches part them; search engines are told.",
        "year": "Printed after the name everywhere: of the first public showing. Empty: “Year not known”.",
        "runtime_minutes": "Printed beside the year, as 1 h 35 min. Each edition may have its own.",
        "certificate": "Printed beside the run time. Each edition may have its own.",
        "lead": "One or two sentences, printed large above the synopsis; also what a shared link says.",
        "synopsis": "The text about the film: paragraphs, parted by an empty line.",
        "upload": "JPEG, PNG or WebP, at most 8 MB; cut to 2:3 around its middle, or where you move it.",
        "without_poster": "The page goes back to the drawn cover.",
        "cover_short_name": "Printed on the drawn cover instead of a name that is too long for it.",
        "cover_palette": "Pins the colours of the drawn cover, which the film’s record chooses otherwise.",
        "cover_motif": "Pins the figure on the drawn cover, which the film’s record chooses otherwise.",
    },
    "titlename": {
        "name": "Printed in the record as “also known as”; an original name in Latin letters under the title, too.",
        "kind": "Original: as it is called where it was made, in each script. Also known as: elsewhere.",
    },
    "credit": {
        "person": "A link to the person’s page, if there is one. Type two letters of any word of the name.",
        "by_name": "Instead of choosing: found by the name; nobody of that name is a new person, made when you save.",
        "which": "Several people may be meant by that name.",
        "role": "The cast stands first, then the makers with their roles; roles of small print are kept only.",
        "position": "Billing within the role, from 1: three of the cast stand on top, ten have their parts.",
        "printed_name": "As this film’s own titles spell it, if that is otherwise than the person’s name.",
        "character": "Printed beside an actor’s name, as “Veronica”.",
        "detail": "Printed after the name: screenplay, sound re-recording mixer …",
        "voice": "Printed as “(voice)”.",
        "uncredited": "Printed as “(uncredited)”.",
    },
    "titlecountry": {"country": "Printed as a link to the country’s films; the first chooses the cover’s colours."},
    "titlegenre": {"genre": "Printed as a link to the genre’s films; the first two choose the drawn cover’s figure."},
    "titlelanguage": {"language": "Printed as the original language, and searched by."},
    "titlecollection": {
        "collection": "Printed as a link to the collection, and the title stands on its page.",
        "place": "Where it stands in a collection that has an order of its own; empty: after those, by year.",
    },
    "titlecompany": {
        "company": "Printed as a link to the company’s films.",
        "role": "Companies of production are printed; the others are kept for searches.",
    },
    "award": {
        "year": "Printed with the prize, and where it stands on the award’s page: of the ceremony.",
        "body": "Who gives it; a link to its page.",
        "prize": "As the body calls it: Palme d’Or, Best Director.",
        "recipient": "Who received it, if not the film itself; printed after the prize.",
        "won": "Not ticked: printed as “nominated”.",
    },
    "releaseevent": {
        "kind": "Printed before the date: first shown, in cinemas, streaming since …",
        "date": "1957, 1957-10 or 1957-10-12; printed as far as it is known.",
        "note": "Printed in brackets after the date: the festival’s name, the channel.",
    },
    "boxoffice": {
        "currency": "Three capital letters, ISO 4217: USD, GBP. Printed as its sign where it has one.",
        "amount": "In whole units: 17000 is printed as $17.0K gross.",
    },
    "offer": {
        "provider": "Who shows it, printed first.",
        "kind": "Printed after the provider: included with a subscription, free, to rent, to buy.",
        "label": "What is printed on the link; empty: “Go to” and the provider.",
        "url": "Where the link leads; it starts with https://.",
        "checked_on": "When somebody last saw that it is there.",
    },
    "formertitleslug": {"slug": "An address the page had before. It redirects to the one it has now."},
    "release": {
        "title": "What it is an edition of.",
        "slug": "Unique within the title: dvd, blu-ray, dvd-2. Empty: the next free one.",
        "medium": "DVD, Blu-ray or 4K: members choose by it what they can play.",
        "edition": "Printed after the medium: Collector’s edition, 50th anniversary.",
        "released_on": "1998, 1998-05 or 1998-05-25, printed as far as it is known. To come: members can reserve it.",
        "distributor": "Printed as the studio; in the record a link to the company.",
        "certificate": "As printed on the case, if it is not the film’s own.",
        "runtime_minutes": "As printed on the case, in minutes; PAL runs 4 % shorter.",
        "regions": "A DVD has 0 to 8, a Blu-ray A, B or C, a 4K disc none. Printed as “Region 2”.",
        "colour": "Printed in the table of editions.",
        "video_standard": "Printed in the table of editions as the picture standard.",
        "box_set": "The box this edition is part of, printed as “in …” after the edition.",
        "position": "The place among the editions on the title’s page, from 1; empty: last.",
        "audio_tracks": "One line each: language | codec | channels | kind | note, as “English | LPCM | 1.0 | "
        "commentary | with the director”. Without a kind: an original track.",
        "subtitle_tracks": "One line each: “English” or “English (hard of hearing)”.",
        "discs": "One line each: its label, as “Episodes 1–4”, or “Disc 2” if it has none. They are sent in order.",
        "aspect_ratios": "One line each, as printed: “1.37:1”. After a bar the number, if the print does not say it.",
        "identifiers": "One line each: the 13 digits of an EAN or 12 of a UPC. Imports find the edition by it.",
        "extras": "One line each: name | kind | year | length | disc, as “Making of | featurette | 2004 | 25 min | "
        "disc 2”. All but the name may be left off.",
    },
    "aspectratio": {
        "printed": "As the case prints it: 1.37:1, Academy.",
        "ratio": "As a number, 1.37: a little frame of that shape is drawn beside it.",
    },
    "audiotrack": {
        "codec": "As printed: Dolby Digital, LPCM, DTS-HD.",
        "channels": "As printed: 5.1, 1.0, Mono.",
        "kind": "Dubs, commentaries and audio description are printed as such.",
        "note": "Printed in brackets after the track: with the director.",
    },
    "subtitletrack": {"hard_of_hearing": "Printed as “for the hard of hearing”."},
    "disc": {
        "number": "Members are sent the discs of a set in this order.",
        "label": "Printed after the number: Episodes 1–4, Bonus. A disc alone is not printed.",
    },
    "extra": {
        "name": "Printed in the list of extras.",
        "kind": "Kept for searches and imports; the page prints the name.",
        "year": "Printed after the name, if the name does not say it.",
        "minutes": "Printed after the name, as “25 minutes”.",
        "disc_number": "On which disc it is; empty: not known, and not printed.",
    },
    "extraperson": {"person": "Kept with the extra; it stands on the person’s page."},
    "person": {
        "name": "Printed on top of the page and wherever a credit has no spelling of its own.",
        "has_page": "Yes: always; no: never, the name is plain text; unknown: with a biography or two credits.",
        "born_on": "1903, 1903-12 or 1903-12-28; printed on top of the page as far as it is known.",
        "died_on": "1973, 1973-03 or 1973-03-27; printed after the birth.",
        "birthplace": "Printed after the birth: Tbilisi, Georgia.",
        "biography": "Paragraphs, parted by an empty line. Who has one has a page.",
        "upload": "JPEG, PNG or WebP, at most 8 MB; cut to 4:5 around its middle.",
        "without_picture": "The page goes back to the drawn portrait.",
    },
    "personalias": {"name": "Another spelling, or the name in its own script: searches and cast lists find it."},
    "formerpersonslug": {"slug": "An address the page had before. It redirects to the one it has now."},
    "provider": {"name": "Printed with its offers."},
    "company": {"name": "Printed on its page, with titles and with editions."},
    "genre": {"name": "Printed on its page and with its titles."},
    "awardbody": {
        "name": "Printed on its page and with its prizes.",
        "website": "A link on its page; it starts with https://.",
    },
    "collection": {
        "name": "Printed on its page and with its titles.",
        "order": "How its page lists the titles.",
        "upload": "JPEG, PNG or WebP, at most 8 MB; cut to 2:1 around its middle, on top of its page.",
        "without_picture": "The page goes back to the covers of its first three titles.",
    },
    "language": {
        "name": "Printed with names, tracks and subtitles.",
        "code": "ISO 639: two letters where there are two, else three. It cannot be changed later.",
    },
    "country": {
        "name": "Printed on its page and with its titles.",
        "code": "ISO 3166: two capital letters. It cannot be changed later.",
        "ended": "The state no longer exists; its films stay its own.",
    },
    "certificate": {
        "system": "Who rates: BBFC, FSK, MPA. Printed in brackets, but for the BBFC.",
        "value": "As it is printed: 12, PG, R.",
    },
}


class Helped:
    """A page, or a list on it, whose forms say what the printed page makes of each field."""

    def get_form(self, *args, **kwargs):
        return _helped(super().get_form(*args, **kwargs))

    def get_formset(self, *args, **kwargs):
        formset = super().get_formset(*args, **kwargs)
        _helped(formset.form)
        return formset


def _helped(form):
    """The class of a form, made for this request, with its help texts."""
    form.helps = EVERYWHERE | HELPS.get(form._meta.model._meta.model_name, {})
    return form
