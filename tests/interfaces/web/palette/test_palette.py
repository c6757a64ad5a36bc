"""The palette reaches pages, records and actions, each only as far as the person may."""

import pytest

from makegood.interfaces.web import palette, urls  # urls: areas register their providers before any test replaces them


@pytest.mark.parametrize(("q", "text", "found"), [("aut br", "Autumn Breakfast", True), ("tumn", "Autumn Breakfast", False), ("", "x", True)])
def test_words_typed_begin_words(q, text, found):
    assert palette.matches(q, text) is found


def test_a_provider_is_asked_with_the_person_and_the_words(monkeypatch, web, lead):
    asked = []

    def provider(actor, q):
        asked.append((actor, q))
        return [palette.Entry("NL-20418 <b>", "/orders/7/", "Orders", "Oatfield Foods", "file-text")]

    monkeypatch.setattr(palette, "_providers", [provider])
    content = web(lead).get("/palette/?q=oat").content.decode()
    assert asked == [(lead, "oat")]
    assert 'href="/orders/7/"' in content
    assert "NL-20418 &lt;b&gt;" in content


def test_records_stand_before_pages_and_each_kind_is_cut(monkeypatch, lead):
    many = [palette.Entry(f"Theme {n}", "/x/", "Orders") for n in range(40)]
    monkeypatch.setattr(palette, "_providers", [lambda actor, q: many])
    found = palette.find(lead, "them")
    assert list(found) == ["Orders", "Do"]
    assert len(found["Orders"]) == palette.MOST


def test_areas_register_with_their_urls():
    assert set(urls.PRESENT) <= set(urls.AREAS)
    assert "find" in {provider.__name__ for provider in palette._providers}


def test_nothing_found_says_what_to_try(web, lead):
    assert "Nothing called “zzz”" in web(lead).get("/palette/?q=zzz").content.decode()


def test_strangers_are_sent_to_sign_in(client, db):
    assert client.get("/palette/").status_code == 302


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_to_a_page_and_to_an_action(page, lead):
    seen = page(lead)
    seen.goto("/styleguide/")
    seen.keyboard.press("Control+k")
    seen.keyboard.type("all task")
    seen.locator("#mg-hits .hit.on", has_text="All tasks").wait_for()
    seen.keyboard.press("Enter")
    seen.wait_for_url("**/tasks/")
    seen.keyboard.press("Control+k")
    seen.keyboard.type("dark")
    seen.locator("#mg-hits .hit.on", has_text="dark theme").wait_for()
    seen.keyboard.press("Enter")
    seen.locator("html[data-bs-theme=dark]").wait_for()
    lead.refresh_from_db()
    assert lead.theme == "dark"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_single_keys_can_be_turned_off(page, lead):
    seen = page(lead)
    seen.goto("/tasks/")
    seen.keyboard.press("?")
    seen.locator("button.btn", has_text="Turn single keys off").click()
    seen.locator("body[data-shortcuts=off]").wait_for()
    seen.keyboard.press("?")
    assert not seen.locator("#mg-keys").is_visible()
    seen.keyboard.press("Control+k")
    assert seen.locator("#mg-palette").is_visible()
