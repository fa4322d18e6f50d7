"""Pages of critics and publications, and how often they agree with members."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.sitemaps import SECTIONS
from reviews.agreement import like_minded, with_all_members
from reviews.models import ScoreSummary
from tests import factories as make

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def queries(client, url):
    with CaptureQueriesContext(connection) as made:
        assert client.get(url).status_code == 200
    return len(made)


def judged(critic, member, verdicts):
    """Titles that the critic is for or not, and the member rates; verdicts are pairs."""
    for fresh, half_stars in verdicts:
        title = make.make_title()
        make.make_critic_review(critic=critic, title=title, fresh=fresh)
        make.make_rating(member=member, title=title, half_stars=half_stars)


# ------------------------------------------------------------------ all
def test_all_critics_from_a_to_z_with_counts(client):
    for name, number in (("The Zed", 1), ("Émile Bo", 2), ("Fay", 0)):
        critic = make.make_critic(name=name, is_top=name == "Émile Bo")
        for _ in range(number):
            make.make_critic_review(critic=critic)
    page = text(client.get(reverse("reviews:critics")))
    assert page.index("Émile Bo</a> <small>2 · Top critic") < page.index("The Zed</a> <small>1</small>")
    assert ">Fay<" not in page and "All 2 critics" in page and "share your taste" not in page


def test_without_critics_the_page_leads_on(client):
    assert "No critic has written about our films yet" in text(client.get(reverse("reviews:critics")))


def test_many_critics_stand_under_their_letters(client):
    for number in range(60):
        make.make_critic_review(critic=make.make_critic(name=f"{'AB'[number % 2]} {number}"))
    page = text(client.get(reverse("reviews:critics")))
    assert page.count('class="letter"') == 2


# ------------------------------------------------------------------ one
def test_a_critics_page_says_where_what_and_when(client):
    critic, post = make.make_critic(name="Ann Bo", is_top=True), make.make_publication(name="The Post")
    title = make.make_title(name="Cranes & <b>", year=1957)
    said = {"quote": "<script>x</script>", "score": "B+", "url": "https://post.example/1"}
    dates = {"published_on": "1960-03", "added_on": date(2003, 12, 8)}
    make.make_critic_review(critic=critic, publication=post, title=title, **said, **dates)
    make.make_critic_review(critic=critic, fresh=False, added_on=date(2024, 5, 1), published_on="2024-05")
    page = text(client.get(critic.get_absolute_url()))
    assert "Top critic. Writes for" in page and post.get_absolute_url() in page
    assert "<b>50%</b>1 of 2 reviews" in page and title.get_absolute_url() in page
    assert "Rated B+" in page and "&lt;script&gt;" in page and "<script>x" not in page and "Full review" in page
    assert "Published <time>March 1960</time>, added <time>8 December 2003</time>" in page
    assert "<time>1 May 2024</time>" in page and "Published <time>May 2024" not in page
    assert page.index("1 May 2024") < page.index("8 December 2003")
    assert '"@type": "Person"' in page and "noindex" not in page


def test_a_publications_page_names_its_critics(client):
    post, ann = make.make_publication(name="The Post", url="https://post.example/"), make.make_critic(name="Ann")
    for _ in range(2):
        make.make_critic_review(publication=post, critic=ann)
    page = text(client.get(post.get_absolute_url()))
    assert "Their own site" in page and f'{ann.get_absolute_url()}">Ann</a> <small>2</small>' in page
    assert '"@type": "Organization"' in page and "100%" in page


def test_pages_of_one_review_or_none_are_not_for_search_engines(client):
    ann, post = make.make_critic(), make.make_publication()
    make.make_critic_review(critic=ann)
    for one in (ann, post):
        assert 'content="noindex"' in text(client.get(one.get_absolute_url()))
    several = make.make_critic()
    for _ in range(2):
        make.make_critic_review(critic=several)
    listed = [path for path, _ in SECTIONS["critic"].pages(several.pk // 10_000)]
    assert several.get_absolute_url() in listed and ann.get_absolute_url() not in listed


@pytest.mark.parametrize("url", ["/critics/nobody/", "/publications/nothing/"])
def test_who_is_not_there_is_not_found(client, url):
    assert client.get(url).status_code == 404


def test_as_many_queries_for_20_reviews_as_for_2(client, sign_in):
    few, many, member = make.make_critic(), make.make_critic(), make.make_member()
    judged(few, member, [(True, 8)] * 6)
    judged(many, member, [(True, 8)] * 25)
    reader = sign_in(member)
    for critic in (few, many):
        reader.get(critic.get_absolute_url())
    assert queries(reader, few.get_absolute_url()) == queries(reader, many.get_absolute_url())
    post, other = make.make_publication(), make.make_publication()
    for publication, number in ((post, 2), (other, 25)):
        for _ in range(number):
            make.make_critic_review(publication=publication)
    assert queries(client, post.get_absolute_url()) == queries(client, other.get_absolute_url())
    assert "page=2" in text(client.get(other.get_absolute_url()))


# ------------------------------------------------------------------ agreement
def test_agreement_with_members_is_by_the_printed_average(client):
    critic = make.make_critic()
    for fresh, half_stars in ((True, 7), (True, 6), (False, 6), (True, 7), (True, 10)):
        title = make.make_title()
        make.make_critic_review(critic=critic, title=title, fresh=fresh)
        for _ in range(5):
            make.make_rating(title=title, half_stars=half_stars)
    few = make.make_title()
    make.make_critic_review(critic=critic, title=few, fresh=True)
    make.make_rating(title=few, half_stars=10)
    found = with_all_members(critic)
    assert (found.agreed, found.common) == (4, 5)
    assert "<b>4 of 5</b>" in text(client.get(critic.get_absolute_url()))
    assert not ScoreSummary.objects.wrong()


def test_too_few_titles_say_nothing_of_agreement(client):
    critic = make.make_critic()
    make.make_critic_review(critic=critic)
    assert "The same as our members" not in text(client.get(critic.get_absolute_url()))


def test_critics_who_share_a_members_taste_the_surest_first(sign_in):
    member, sure, lucky = make.make_member(), make.make_critic(name="Sure"), make.make_critic(name="Lucky")
    far, few = make.make_critic(name="Far"), make.make_critic(name="Few")
    judged(sure, member, [(True, 7)] * 9 + [(False, 6)] * 6 + [(True, 6)])
    judged(lucky, member, [(True, 9)] * 5)
    judged(far, member, [(True, 2)] * 9 + [(False, 3)] * 2)
    judged(few, member, [(True, 9)] * 4)
    found = [(row["name"], row["agreed"], row["common"]) for row in like_minded(member, 10)]
    assert found == [("Sure", 15, 16), ("Lucky", 5, 5), ("Far", 2, 11)]
    page = text(sign_in(member).get(reverse("reviews:critics")))
    assert "Agreed with you on 15 of 16 films" in page and page.index(">Sure<") < page.index(">Lucky<")
    own = text(sign_in(member).get(far.get_absolute_url()))
    assert "Agreed with you on 2 of 11 films" in own and "Apart: the critic for, you 1 star</li>" in own
    assert "Agreed with you" not in text(sign_in(make.make_member()).get(far.get_absolute_url()))


def test_of_several_reviews_of_one_title_the_last_added_counts():
    member, critic = make.make_member(), make.make_critic()
    judged(critic, member, [(True, 9)] * 5)
    title = critic.reviews.first().title
    make.make_critic_review(critic=critic, title=title, fresh=False, added_on=date(2030, 1, 1))
    assert [(row["agreed"], row["common"]) for row in like_minded(member, 10)] == [(4, 5)]


# ------------------------------------------------------------------ of a title
def test_critics_of_a_title_can_be_narrowed_down(client):
    title, top = make.make_title(), make.make_critic(name="Top", is_top=True)
    make.make_critic_review(title=title, critic=top, fresh=False)
    for name in ("Ann", "Bo"):
        make.make_critic_review(title=title, critic=make.make_critic(name=name))
    url = reverse("reviews:critics_of_title", args=[title.slug])
    page = text(client.get(url))
    assert all(words in page for words in ("All 3<", "For 2<", "Against 1<", "Top critics 1<"))
    assert page.index(">Top<") < page.index(">Bo<") < page.index(">Ann<")
    for show, names in (("for", "Ann Bo"), ("against", "Top"), ("top", "Top"), ("nonsense", "Top Ann Bo")):
        page = text(client.get(url, {"show": show}))
        assert {name for name in ("Top", "Ann", "Bo") if f">{name}<" in page} == set(names.split())


def test_critics_on_the_title_page_link_to_their_pages(client):
    review = make.make_critic_review()
    page = text(client.get(review.title.get_absolute_url()))
    assert review.critic.get_absolute_url() in page and review.publication.get_absolute_url() in page
