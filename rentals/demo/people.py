"""Who rents in the demo: names that go with the initials they show, and addresses that could be."""

from allauth.account.models import EmailAddress

from members.models import Address, Member
from rentals.models import Player

FIRST = {
    "A": "Amina",
    "B": "Bryn",
    "C": "Carys",
    "D": "Dev",
    "E": "Esme",
    "F": "Farah",
    "G": "Gwen",
    "H": "Hari",
    "I": "Isla",
    "J": "Jonah",
    "K": "Kit",
    "L": "Lena",
    "M": "Morag",
    "N": "Nadia",
    "O": "Omar",
    "P": "Petra",
    "Q": "Quentin",
    "R": "Ruth",
    "S": "Sunil",
    "T": "Tamsin",
    "U": "Uri",
    "V": "Vera",
    "W": "Wendell",
    "X": "Xenia",
    "Y": "Yusuf",
    "Z": "Zadie",
}
LAST = {
    "A": "Ashdown",
    "B": "Birtwhistle",
    "C": "Chowdhury",
    "D": "Dunmore",
    "E": "Eccles",
    "F": "Fairweather",
    "G": "Garside",
    "H": "Hathersage",
    "I": "Inglis",
    "J": "Jowett",
    "K": "Kaczmarek",
    "L": "Lightfoot",
    "M": "Mbeki",
    "N": "Nettleship",
    "O": "Okonjo",
    "P": "Pargeter",
    "Q": "Quill",
    "R": "Rahman",
    "S": "Stavely",
    "T": "Tredinnick",
    "U": "Unsworth",
    "V": "Verney",
    "W": "Wainwright",
    "X": "Xuereb",
    "Y": "Yardley",
    "Z": "Zielinski",
}
STREETS = (
    "Alma Terrace",
    "Back Lane",
    "Canal Street",
    "Chapel Hill",
    "Dock Road",
    "Elm Grove",
    "Foundry Row",
    "Glebe Close",
    "Harbour View",
    "Inkerman Street",
    "Jubilee Crescent",
    "Kiln Lane",
    "Limes Avenue",
    "Mill Bank",
    "Northgate",
    "Orchard Way",
    "Priory Road",
    "Quarry Lane",
    "Ropewalk",
    "Station Road",
    "The Paddock",
    "Union Street",
    "Victoria Place",
    "Weavers Court",
)
# Town and where its postcodes begin; what follows is made up and need not exist.
TOWNS = (
    ("Leeds", "LS6"),
    ("Hebden Bridge", "HX7"),
    ("Sheffield", "S11"),
    ("Manchester", "M21"),
    ("Liverpool", "L17"),
    ("Newcastle upon Tyne", "NE6"),
    ("York", "YO31"),
    ("Hull", "HU5"),
    ("Nottingham", "NG7"),
    ("Birmingham", "B13"),
    ("Leicester", "LE2"),
    ("Norwich", "NR2"),
    ("Cambridge", "CB4"),
    ("London", "SE15"),
    ("London", "N16"),
    ("Brighton", "BN1"),
    ("Bristol", "BS6"),
    ("Totnes", "TQ9"),
    ("Truro", "TR1"),
    ("Swansea", "SA2"),
    ("Cardiff", "CF11"),
    ("Aberystwyth", "SY23"),
    ("Edinburgh", "EH6"),
    ("Glasgow", "G41"),
    ("Oban", "PA34"),
    ("Lerwick", "ZE1"),
    ("Belfast", "BT7"),
    ("Derry", "BT48"),
)
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # that the end of a postcode has
PLAYERS = ({"dvd": [], "blu-ray": ["B"], "4k": []}, {"dvd": ["2"]}, {"dvd": ["2"], "blu-ray": ["B"]}, {})


def settle_in(members, chance, now):
    """Give `members` an address for the post and players; and one to sign in with, unless they have that."""
    strangers = [member for member in members if not member.has_usable_password()]
    for member in strangers:
        member.email = f"{member.handle}@kinopost.example"
    Member.objects.bulk_update(strangers, ["email"])
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in strangers
    )
    Address.objects.bulk_create(Address(member=m, changed_at=now, **lines_of(m, chance)) for m in members)
    Player.objects.bulk_create(
        Player(member=member, medium=medium, regions=regions)
        for number, member in enumerate(members)
        for medium, regions in PLAYERS[number % len(PLAYERS)].items()
    )


def name_of(member):
    """ "Hal B" → "Hal Birtwhistle", "AB" → "Amina Birtwhistle", "Ruth" → "Ruth Rahman"."""
    first, _, last = member.shown_as.partition(" ")
    if not last:
        first, last = (first[0], first[1]) if len(first) == 2 else (first, first[0])
    first = FIRST.get(first.upper(), first) if len(first) == 1 else first
    return f"{first} {LAST.get(last.upper(), last)}"


def lines_of(member, chance):
    """What a label of this member says, as the fields of an Address."""
    town, outward = chance.choice(TOWNS)
    return {
        "name": name_of(member),
        "line_1": f"{chance.randint(1, 148)} {chance.choice(STREETS)}",
        "town": town,
        "postcode": f"{outward} {chance.randint(1, 9)}{chance.choice(LETTERS)}{chance.choice(LETTERS)}",
    }
