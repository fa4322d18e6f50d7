"""Whatever stands behind the question mark, search, suggestions and browse answer with a page or a clear message."""

from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.databases import connected_to

PATHS = ["/search/", "/search/suggest/", "/titles/"]
NAMES = """
    q genre country decade year year_from year_to format certificate audio subtitles hoh audio_description aspect colour
    director person company award rating critics stock availability kind collection unrented sort page view language
    runtime csrfmiddlewaretoken __proto__ id pk id__in title__pk
""".split()
WORDS = """
    m z up drama fr 1950s 1950 2030 1894 dvd 18 en grid list sql -year name title_a film series in-stock short-wait
    true false on null None NaN inf -1 0 1 48 1e9 0x10 4.5
""".split()
HOSTILE = [
    "", " ", "\0", "a\0b", "%", "_", "\\", "'", '"', "' OR '1'='1", "'; DROP TABLE catalogue_title; --", "1) OR (1=1",
    "/* */", "$$", "%s", "%(q)s", "{}", "{0}", "${x}", "{{ 7*7 }}", "<script>alert(1)</script>", "../../etc/passwd",
    "a & b", "a & | b", "!", "!!a", "(", ")", "(a", "a:*", "a:*b", ":*", "a <-> b", "<->", "a <2> b", "& |", "''",
    "a:ABCD", "((((((((((", "!" * 500, "a|" * 500, "a & " * 500, "*", "?", "[", "[a-", "a{1,", "^$", "(?P<a",
    ".*.*.*.*a", "9" * 30, "-" + "9" * 30, "1" * 4000, str(2**31), str(2**63), "1e400", "٣", "１９５４", "½", "Ⅷ",
    "שלום", "\u202eabc", "\u200f\u200e\u2066", "ا" + "\u064b" * 300, "a" + "\u0301" * 2000, "\u0301", "Z͑ͫ̓a̴l̀g͂ò",
    "👩‍👩‍👧‍👦", "🎬" * 1000, "\ufeff", "\u200b", "\u2028", "\uffff", "\U0010ffff", "ß" * 500, "İ", "ﷺ" * 500, "ﬃ",
    "x" * 10_000, "七" * 3_400, " " * 10_000, "a " * 5_000, "-" * 10_000, "aaaa" * 60, "летят " * 200,
]  # fmt: skip
BYTES = [
    b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf5\x80\x80\x80",
    b"\xe2\x82", b"\x80" * 50, b"a\xffb", b"\x1b[31m", b"\r\nX-Header: 1", b"%00", b"%ff", b"%", b"%u0041",
    b"\xfe\xff\x00m",
]  # fmt: skip
PAGES = ["0", "-1", str(10**9), "9" * 30, "last", "1.5", "", "1_0", "+2"]
YEARS = ["1954", "2030", "1900", "0", "-5", "99999", "9" * 30, "", "nineteen"]

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.sampled_from(WORDS),
    st.text(max_size=60),
    st.text("abcаяж七か½ \0'\"&|!():*<->\\%_", max_size=40),
    st.text(st.characters(categories=["Mn", "Cf", "Cc", "Lo", "So"]), max_size=40),
    st.integers().map(str),
)
raw = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")), st.sampled_from(BYTES), st.binary(max_size=60)
)
written = raw.map(quote_from_bytes)
bare = st.text("abc=&;%+?#[]'\"<>()|!*: \x01\x7fé七", max_size=30)  # not percent-encoded, or wrongly so


def pair(name, value):
    return st.tuples(name, value).map("=".join)


anything = pair(st.sampled_from(NAMES) | written, written | bare)
search = pair(st.just("q"), written)
pages = pair(st.sampled_from(["page", "page", "page[]"]), st.sampled_from(PAGES))
years = st.tuples(st.sampled_from(YEARS), st.sampled_from(YEARS)).map(
    lambda pair: "year_from={}&year_to={}".format(*pair)
)
repeated = st.tuples(pair(st.sampled_from(NAMES), written), st.integers(2, 30)).map(
    lambda pair: "&".join([pair[0]] * pair[1])
)
query_strings = st.lists(st.one_of(anything, anything, search, pages, years, repeated, bare), max_size=6).map("&".join)


@pytest.fixture(scope="module")
def catalogue(demo_database, django_db_blocker):
    """The demo: asking writes nothing, so all examples share it."""
    with django_db_blocker.unblock(), connected_to(demo_database):
        yield


def answer(client, path, query_string):
    """The answer, of which a page or a clear message is expected."""
    response = client.get(f"{path}?{query_string}")
    assert response.status_code in {200, 301, 302, 400, 404}, f"{path}?{query_string[:300]}: {response.status_code}"
    if response.status_code == 200:
        assert response["Content-Type"].startswith("text/html")
    return response


def asked(client, path, examples):
    """Ask for `path` with so many query strings."""

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(query_strings)
    @example("q=%00")
    @example("q=%ED%A0%80")
    @example("page=1000000000")
    @example("year_from=2030&year_to=1900")
    def ask(query_string):
        answer(client, path, query_string)

    ask()


@pytest.mark.parametrize("path", PATHS)
def test_any_query_string_gives_a_page(path, catalogue, client):
    asked(client, path, 200)


@pytest.mark.long
@pytest.mark.parametrize("path, examples", [*zip(PATHS, [7000, 5000, 8000], strict=True)])
def test_20_000_query_strings_give_pages(path, examples, catalogue, client):
    asked(client, path, examples)


@pytest.mark.parametrize("path", PATHS)
def test_what_is_known_to_break_such_pages_does_not(path, catalogue, client):
    """Each value alone where it is most used, and then in every parameter at once."""
    for value in [quote_from_bytes(value) for value in (*(text.encode() for text in HOSTILE), *BYTES)]:
        answer(client, path, f"{'page' if path == '/titles/' else 'q'}={value}")
        answer(client, path, "&".join(f"{name}={value[:300]}" for name in NAMES))
