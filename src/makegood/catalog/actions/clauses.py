"""Writing the clauses of our papers: a draft, checked for its blanks, published from a day on. What was published stays."""

import datetime
from collections.abc import Sequence

from django.db.models import Max

from makegood.catalog.models import Clause, ClauseVersion
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.documents import papers
from makegood.documents.papers import agreed, language, standard


@verbs.whole
def create(
    key: str, *, code: str, business: str = "", position: int, kinds: Sequence[str] = agreed.KINDS, title: str, text: str, by: Person | None, at: datetime.datetime,
) -> ClauseVersion:  # fmt: skip
    """A new clause in one language, with its first draft. Raises Invalid at the wrong field, Refused when there is one."""
    permissions.check(by, "catalog.set_clauses")
    if code not in language.LANGUAGES:
        raise Invalid(f"papers are not written in {code!r}.", place="language", remedy=f"Use one of {', '.join(language.LANGUAGES)}.")
    unknown = set(kinds) - set(agreed.KINDS)
    if unknown or not kinds:
        raise Invalid(f"there is no paper {', '.join(sorted(unknown)) or 'chosen'}.", place="papers", remedy=f"Use {' or '.join(agreed.KINDS)}.")
    if not key.strip():
        raise Invalid("a clause has a short name.", place="key", remedy="Give one like cancellation.")
    if Clause.objects.filter(key=key, language=code, business=business).exists():
        raise Refused("there is this clause.", place=key, remedy="Draft a new version of it.")
    clause = Clause.objects.create(key=key, language=code, business=business, position=position, papers=list(kinds))
    return draft(clause, title=title, text=text, by=by, at=at)


@verbs.whole
def draft(clause: Clause, *, title: str, text: str, by: Person | None, at: datetime.datetime, note: str = "") -> ClauseVersion:
    """Write the clause's draft: the one there is, or the next version. Raises Invalid naming an unknown blank."""
    permissions.check(by, "catalog.set_clauses")
    _sound(clause, title, text)
    Clause.objects.select_for_update().get(pk=clause.pk)
    found = clause.versions.filter(published_at=None).first()
    if found is None:
        last = clause.versions.aggregate(last=Max("number"))["last"] or 0
        found = ClauseVersion(clause=clause, number=last + 1)
    found.title, found.text, found.note, found.by, found.at = title.strip(), text.strip(), note.strip()[:200], by, at
    found.save()
    activity.record(found, "clause.drafted", by=by, at=at, why=found.note, after={"clause": str(found)})
    return found


@verbs.whole
def publish(clause: Clause, *, starts_on: datetime.date, by: Person | None, at: datetime.datetime, note: str = "") -> ClauseVersion:
    """Put the draft in force from a day on; from then on nobody edits it. A later version says what it changes."""
    permissions.check(by, "catalog.set_clauses")
    found = clause.versions.select_for_update().filter(published_at=None).first()
    if found is None:
        raise Refused("it has no draft.", place=str(clause), remedy="Draft a version first.")
    _sound(clause, found.title, found.text)
    if starts_on < at.date():
        raise Invalid(f"{starts_on} has passed.", place="starts_on", remedy="Papers made before stand as they are; give a day from today on.")
    words = note.strip() or found.note
    if found.number > 1 and not words:
        raise Invalid("a new version says what it changes.", place="note", remedy="Say what is new, and why.")
    found.starts_on, found.published_at, found.note, found.by = starts_on, at, words[:200], by
    found.save()
    activity.record(found, "clause.published", by=by, at=at, why=found.note, after={"clause": str(found), "from": str(starts_on)})
    return found


@verbs.whole
def retire(clause: Clause, *, on: datetime.date, by: Person | None, at: datetime.datetime, why: str) -> Clause:
    """Take a clause off new papers from a day on."""
    permissions.check(by, "catalog.set_clauses")
    if not why.strip():
        raise Invalid("why it goes is missing.", place="why", remedy="Say why.")
    activity.change(clause, "clause.retired", by=by, at=at, why=why.strip(), retired_on=on)
    return clause


@verbs.whole
def adopt(code: str, *, by: Person | None, at: datetime.datetime) -> list[ClauseVersion]:
    """Put the shipped clauses of a language in force from today; those the seller has already stay as they are."""
    permissions.check(by, "catalog.set_clauses")
    have = set(Clause.objects.filter(language=code, business="").values_list("key", flat=True))
    made = []
    for one in standard.clauses(code):
        if one.key not in have:
            first = create(one.key, code=code, position=one.position, kinds=one.papers, title=one.title, text=one.text, by=by, at=at)
            made.append(publish(first.clause, starts_on=at.date(), by=by, at=at, note="As shipped"))
    return made


def _sound(clause: Clause, title: str, text: str) -> None:
    if not title.strip() or not text.strip():
        raise Invalid("a clause has a title and its text.", place="title" if not title.strip() else "text", remedy="Fill in both.")
    if len(title) > 120:
        raise Invalid(f"the title has {len(title)} letters.", place="title", remedy="Keep it to 120.")
    for place, words in (("title", title), ("text", text)):
        try:
            papers.named(words)
        except papers.Misplaced as wrong:
            raise Invalid(f"{wrong}.", place=place, remedy=f"Correct {wrong.name!r} in {clause.key}.") from wrong
