"""Blanks: the known are filled once, the unknown and unclosed are named; the standard clauses have none that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.documents import papers
from makegood.documents.papers import language, standard

VALUES = dict.fromkeys(papers.PLACEHOLDERS, "x")
words = st.text("ab ä日\n$\\", max_size=20)


@given(words, st.sampled_from(sorted(papers.PLACEHOLDERS)), words, st.text("a{} net", min_size=1, max_size=20))
def test_what_is_filled_in_is_never_read_again(before, name, after, value):
    assert papers.filled(f"{before}{{{{ {name} }}}}{after}", {name: value}) == before + value + after


@given(words, st.from_regex(r"[a-z_]{1,20}", fullmatch=True).filter(lambda one: one not in papers.PLACEHOLDERS))
def test_an_unknown_blank_is_named(before, name):
    with pytest.raises(papers.Misplaced) as wrong:
        papers.named(f"{before}{{{{{name}}}}}")
    assert wrong.value.name == name and "payment_days" in str(wrong.value)


@pytest.mark.parametrize("text", ["{{ payment_days", "payment_days }}", "{{ a {{ b }}", "{{{{ net }}", "{{}}", "{{ net\n }} }}"])
def test_what_is_not_closed_or_empty_is_refused(text):
    with pytest.raises(papers.Misplaced):
        papers.named(text)


def test_a_blank_nothing_is_known_for_is_refused():
    with pytest.raises(papers.Misplaced, match="nothing is known"):
        papers.filled("until {{ valid_until }}", VALUES | {"valid_until": ""})


@pytest.mark.parametrize("code", sorted(language.LANGUAGES))
def test_the_standard_clauses_can_be_filled(code):
    shipped = standard.clauses(code)
    assert [one.key for one in shipped] == [one.key for one in standard.clauses("en")]
    assert all("{{" not in papers.filled(one.text, VALUES) and one.title for one in shipped)


def test_a_language_there_is_none_of_is_refused():
    with pytest.raises(ValueError, match="use one of en, de"):
        standard.clauses("fr")
