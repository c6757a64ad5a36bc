"""Clauses on pages: adopted, drafted with a preview, refused for an unknown blank, published, frozen."""

import pytest
from django.db import ProgrammingError, transaction

from makegood.catalog.models import Clause, ClauseVersion
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause(web, lead) -> Clause:
    accounts.seller()
    web(lead).post("/papers/adopt/", {"language": "en"})
    return Clause.objects.get(key="cancellation")


def test_the_standard_set_is_adopted_once(web, lead, clause):
    before = ClauseVersion.objects.count()
    web(lead).post("/papers/adopt/", {"language": "en"})
    assert ClauseVersion.objects.count() == before == 9
    page = web(lead).get("/papers/").content.decode()
    assert "Cancellation" in page and "Start with the standard set, Deutsch" in page


def test_a_draft_with_an_unknown_blank_is_refused_naming_it(web, lead, clause):
    client, url = web(lead), f"/papers/{clause.pk}/"
    bad = client.post(url, {"title": "Cancellation", "text": "Within {{ days_of_grace }} days"})
    assert bad.status_code == 422 and "days_of_grace" in bad.content.decode()
    shown = client.post("/papers/preview/", {"title": "A", "text": "{{ payment_days", "language": "en"}).content.decode()
    assert "not closed" in shown
    assert clause.versions.count() == 1


def test_a_version_is_drafted_drawn_published_and_frozen(web, lead, account_manager, clause):
    client, url = web(lead), f"/papers/{clause.pk}/"
    text = "Either side may cancel within {{ cancellation_notice_days }} days."
    assert "data:image/png;base64," in client.post("/papers/preview/", {"title": "Cancellation", "text": text, "language": "de"}).content.decode()
    assert client.post(url, {"title": "Cancellation", "text": text, "note": "Shorter"}).status_code == 303
    assert web(account_manager).post(f"{url}publish/", {"starts_on": "2099-01-01"}).status_code == 403
    assert client.post(f"{url}publish/", {"starts_on": "2020-01-01", "note": "Shorter"}).status_code == 422
    assert client.post(f"{url}publish/", {"starts_on": "2099-01-01", "note": "Shorter"}).status_code == 303
    made = clause.versions.get(number=2)
    page = client.get(url).content.decode()
    assert "<del>" in page and "Shorter" in page
    for change in (lambda: ClauseVersion.objects.filter(pk=made.pk).update(text="else"), lambda: made.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_a_new_clause_for_one_line_of_business(web, lead, clause):
    asked = {"key": "cancellation", "language": "en", "business": "audio", "position": "20", "papers": ["order"], "title": "Cancelling audio", "text": "Thirty days."}
    client = web(lead)
    assert client.post("/papers/new/", asked).status_code == 303
    assert client.post("/papers/new/", asked).status_code == 422
    assert client.post("/papers/new/", asked | {"papers": []}).status_code == 422
