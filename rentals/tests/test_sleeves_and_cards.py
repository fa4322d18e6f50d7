"""Labels of sleeves and members' cards: others read all their codes, our desk knows them, and who may not sees none."""

import re
import shutil

import pypdfium2
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django.live_server_helper import LiveServer

from members.models import Member
from rentals import barcodes, member_card
from rentals.barcodes import disc_of, member_code, member_of, new_code, sleeve_of
from rentals.label_pdf import pdf
from rentals.labels import SHEETS, labels_of
from rentals.member_card import Card
from rentals.models import Copy
from rentals.tests.test_labels import NAMES, PAGE, PDF, READERS, by_zbar, by_zxing, keys, pictures, several
from tests.databases import connected_to, copy_of
from tests.factories import NOON, make_address, make_copy, make_disc, make_member, make_release, make_staff, make_title

CARD, CARD_PDF = "/account/card/", "/account/card.pdf"
TAKE, RECEIVE, STOCK = "/desk/stock/take/", "/desk/stock/receive/", "/desk/stock/"


@pytest.fixture
def desk(client):
    """Staff of the desk."""
    return of_role(client, "desk")


def of_role(client, role):
    member = make_staff()
    member.groups.add(Group.objects.get(name=role))
    client.force_login(member)
    return client


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.content.decode()))


def printed_text(file):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file)]


# ------------------------------------------------------------------ the codes
@pytest.mark.parametrize("code", ["5060018490011", "F0000007", "K123", "KP004133817", "S12"])
def test_the_sleeve_of_a_disc_from_elsewhere_bears_the_discs_own_code(code):
    assert sleeve_of(code) == disc_of(sleeve_of(code)) == code


@pytest.mark.parametrize("typed", ["{}", " {}\r\n", "{0[0]} {1}", "{0[0]}-{1}"])
@pytest.mark.parametrize("how", [str, str.lower])
def test_codes_of_sleeves_and_cards_are_read_as_they_are_printed_and_typed(typed, how):
    sleeve, card = sleeve_of(new_code(77)), member_code(4711)
    assert disc_of(how(typed.format(sleeve, sleeve[1:]))) == new_code(77)
    assert member_of(how(typed.format(card, card[1:]))) == 4711


def test_a_wrong_digit_of_a_sleeve_is_told_of():
    wrong = sleeve_of(new_code(1))[:-1] + "0"
    assert barcodes.unknown(wrong).startswith("A digit of")


# ------------------------------------------------------------------ labels of sleeves
def hundred():
    titles = [make_title(name=name[:300]) for name in NAMES]
    discs = [make_disc(release=make_release(title=title)) for title in titles]
    for n in range(100):
        make_copy(disc=discs[n % len(discs)], barcode=new_code(n * 8191), shelf=f"{n % 9}-{n:03}")
    return Copy.objects.for_labels(list(Copy.objects.values_list("pk", flat=True)))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SHEETS)
def test_all_codes_of_a_hundred_sleeves_are_read_by_others(kind):
    copies = hundred()
    papers = pictures(pdf(labels_of(copies, SHEETS[kind], "sleeve"), SHEETS[kind]))
    for read in (by_zxing, by_zbar)[: 2 if shutil.which("zbarimg") else 1]:
        found = [code for paper in papers for code in read(paper)]
        assert sorted(found) == sorted(f"S{copy.barcode[1:]}" for copy in copies)
        assert {disc_of(code) for code in found} == {copy.barcode for copy in copies}


@pytest.mark.django_db
def test_a_sleeves_label_says_what_belongs_in_it():
    release = make_release(title=make_title(name="Ran", year=1985), medium="blu-ray")
    copy = make_copy(disc=make_disc(release=release, number=2), barcode=new_code(12), shelf="B-014")
    (each,) = labels_of(Copy.objects.for_labels([copy.pk]), SHEETS["a4"], "sleeve")
    assert (each.title, each.what, each.shelf) == ("Ran", "Sleeve · 1985, Blu-ray, disc 2", "B-014")
    assert each.figures == f"S{new_code(12)[1:5]} {new_code(12)[5:]}"


@pytest.mark.django_db
def test_staff_choose_labels_for_disc_or_sleeve(desk):
    copies = several()
    for part, letter in (("disc", "K"), ("sleeve", "S")):
        asked = {"copies": keys(copies), "part": part}
        codes = [f"{letter}{copy.barcode[1:]}" for copy in copies]
        html = desk.get(PAGE, asked).content.decode()
        assert re.findall(r'aria-label="Barcode (\w+)"', html) == codes
        assert f'<option value="{part}" selected>' in html
        assert sorted(by_zxing(pictures(desk.get(PDF, asked).content)[0])) == codes


@pytest.mark.django_db
def test_labels_for_anything_else_are_refused(desk):
    assert "Select a valid choice." in desk.get(PAGE, {"copies": keys(several(1)), "part": "box"}).content.decode()


@pytest.mark.django_db
def test_what_came_in_leads_to_the_labels_of_its_sleeves(desk):
    of_role(desk, "manager")
    sent = {"disc": make_disc().pk, "count": "2", "condition": "new", "licence": "rental"}
    page = desk.post(RECEIVE, sent, follow=True)
    (address,) = re.findall(r'href="([^"]+part=sleeve)"', page.content.decode())
    html = desk.get(address.replace("&amp;", "&")).content.decode()
    assert "Print 2 labels for the sleeves" in text_of(page)
    assert {disc_of(code) for code in re.findall(r'aria-label="Barcode (S\d{8})"', html)} == set(
        Copy.objects.values_list("barcode", flat=True)
    )


@pytest.mark.django_db
def test_a_copys_passport_leads_to_both_of_its_labels(desk):
    (copy,) = several(1)
    html = desk.get(reverse("rentals:desk_copy", args=[copy.barcode])).content.decode()
    assert f'href="{PAGE}?copies={copy.pk}"' in html and f'href="{PAGE}?copies={copy.pk}&amp;part=sleeve"' in html


@pytest.mark.django_db
def test_a_sleeve_finds_its_copy_in_the_stock(desk):
    (copy,) = several(1)
    assert desk.get(STOCK, {"q": f"{sleeve_of(copy.barcode)}"})["Location"].endswith(f"/{copy.barcode}/")
    assert "No copy has the barcode" in desk.get(STOCK, {"q": sleeve_of(new_code(99))}).content.decode()


@pytest.mark.django_db
def test_sleeves_count_as_their_discs_in_a_stock_take(desk):
    of_role(desk, "manager")
    copies = [make_copy(barcode=new_code(n), shelf="B-014") for n in range(3)]
    scanned = "\n".join(sleeve_of(copy.barcode) for copy in copies[:2])
    page = text_of(desk.post(TAKE, {"shelf": "B-014", "scanned": scanned}))
    assert copies[2].barcode in page and copies[0].barcode not in page


# ------------------------------------------------------------------ cards
def cards():
    """A hundred, from the shortest number to the longest that there will be."""
    numbers = [*range(1, 50), *range(98_765, 98_805), *(10**n + 7 for n in range(6, 17))]
    return [Card(member_code(number), NAMES[number % len(NAMES)]) for number in numbers]


@pytest.mark.parametrize("read", READERS)
def test_all_codes_of_a_hundred_cards_are_read_by_others(read):
    printed = cards()
    found = [read(picture) for picture in pictures(member_card.pdf(printed))]
    assert len(found) == 100 and found == [[card.code] for card in printed]
    assert all(member_of(code) for [code] in found)


def test_a_card_is_as_large_as_a_bank_card():
    [page] = pypdfium2.PdfDocument(member_card.pdf(cards()[:1]))
    assert [round(points / 72 * 25.4, 1) for points in page.get_size()] == [85.6, 54.0]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaves_the_card(name):
    [page] = pictures(member_card.pdf([Card(member_code(10**16), name)]), 150)
    left, top, right, bottom = page.point(lambda level: 255 * (level < 128)).getbbox()
    assert min(left, top, page.width - right, page.height - bottom) > 5 / 25.4 * 150


@pytest.mark.django_db
def test_a_member_has_a_card_with_number_and_name(client):
    member = make_address(name="Ada Lovelace").member
    client.force_login(member)
    html = client.get(CARD).content.decode()
    code = member_code(member.pk)
    assert "Ada Lovelace" in html and f">{code}<" in html
    assert f'role="img" aria-label="Barcode of your member number, {" ".join(code)}"' in html
    assert "style=" not in html and "<style" not in html


@pytest.mark.django_db
def test_without_an_address_the_card_has_a_number_alone(client):
    client.force_login(make_member())
    page = text_of(client.get(CARD))
    assert "Your name is on it once you have given us your address ." in page


@pytest.mark.django_db
def test_the_pdf_is_the_same_card(client):
    member = make_address(name="Ada Lovelace").member
    client.force_login(member)
    answer = client.get(CARD_PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert by_zxing(pictures(answer.content)[0]) == [member_code(member.pk)]
    assert "Ada Lovelace" in printed_text(answer.content)[0]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [CARD, CARD_PDF])
def test_a_card_is_its_members_own(client, address):
    assert client.get(address)["Location"] == f"/sign-in/?next={address}"
    client.force_login(make_member())
    assert client.post(address).status_code == 405
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/account/", "/account/plan/"])
def test_members_find_it(client, page):
    client.force_login(make_member())
    assert f'href="{CARD}"' in client.get(page).content.decode()


@pytest.mark.django_db
def test_it_costs_a_query_for_the_address_alone(client, django_assert_max_num_queries):
    client.force_login(make_address().member)
    client.get(CARD)
    with django_assert_max_num_queries(5):
        client.get(CARD)


# ------------------------------------------------------------------ at the desk
@pytest.mark.django_db
def test_the_desk_prints_the_card_of_a_member_it_looked_up(desk):
    member = make_address(name="Ada Lovelace").member
    scanned = desk.post("/desk/scan/", {"code": member_code(member.pk), "station": "desk"}, headers={"X-Desk": "1"})
    (address,) = re.findall(r'href="(/desk/cards/[^"]+)"', scanned.content.decode())
    assert by_zxing(pictures(desk.get(address).content)[0]) == [member_code(member.pk)]


@pytest.mark.django_db
def test_there_is_no_card_of_nobody_or_of_a_closed_account(desk):
    member = make_member()
    assert desk.get(f"/desk/cards/{member.pk + 1}.pdf").status_code == 404
    Member.objects.filter(pk=member.pk).update(closed_at=NOON, is_active=False)
    assert desk.get(f"/desk/cards/{member.pk}.pdf").status_code == 404


@pytest.mark.django_db
def test_the_cards_of_others_are_for_the_desk(client):
    address = f"/desk/cards/{make_member().pk}.pdf"
    assert client.get(address).status_code == 302
    client.force_login(make_member())
    assert client.get(address).status_code == 403
    assert of_role(client, "moderator").get(address).status_code == 403


# ------------------------------------------------------------------ in a browser
@pytest.fixture(scope="module")
def shop(empty_database, django_db_blocker):
    """The address of a server with a database of its own."""
    with django_db_blocker.unblock(), copy_of(empty_database) as name, connected_to(name):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture
def card_page(shop, chromium):
    """card_page(member, **of the context) is that member's card in Chromium."""
    contexts = []

    def open_(member, **options):
        context = chromium.new_context(base_url=shop, **options)
        contexts.append(context)
        client = Client()
        client.force_login(member)
        context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": shop}])
        page = context.new_page()
        page.goto(CARD)
        return page

    yield open_
    for context in contexts:
        context.close()


def by_all(picture):
    return [read(picture) for read in (by_zxing, by_zbar)[: 2 if shutil.which("zbarimg") else 1]]


@pytest.mark.browser
@pytest.mark.parametrize("number", [7, 98_765, 10**12])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "scale"), [(320, 2), (390, 3), (1440, 1)])
def test_the_bars_are_read_off_the_screen(card_page, tmp_path, number, scheme, width, scale):
    member = Member.objects.filter(pk=number).first() or make_member(pk=number)
    page = card_page(member, viewport={"width": width, "height": 800}, color_scheme=scheme, device_scale_factor=scale)
    page.screenshot(path=tmp_path / "card.png", full_page=True)
    found = by_all(Image.open(tmp_path / "card.png").convert("L"))
    assert found == [[member_code(number)]] * len(found)


@pytest.mark.browser
def test_the_printed_page_is_the_card_alone(card_page):
    member = make_address(name="Ada Lovelace").member
    file = card_page(member).pdf(prefer_css_page_size=True, format="A4")
    [paper] = pictures(file)
    assert by_all(paper) == [[member_code(member.pk)]] * len(by_all(paper))
    assert set(printed_text(file)[0].split()) == {
        "Kinopost",
        "Member",
        "card",
        "Ada",
        "Lovelace",
        member_code(member.pk),
    }
