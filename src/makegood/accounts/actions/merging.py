"""Two accounts found to be one: everything that points at one points at the other from then on; the old name stays an alias.

Records that may never change (ledger, activity, what was signed) stay as written; so an account that has some that would be
split from their money is not the one to go: workflows.merging asks that before.
"""

import datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from makegood.accounts import matching
from makegood.accounts.models import Account, Alias, Merge
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Party, Person

OWN = frozenset({"accounts.account", "accounts.merge", "accounts.exclusivity", "core.activity"})  # the account itself, what tells its past, what an agreement keeps


@verbs.whole
def merge(gone: Account, kept: Account, *, by: Person | None, at: datetime.datetime, why: str) -> Merge:
    """Re-point every record of `gone` to `kept` that may change; its names become aliases. Undone by `undo`."""
    permissions.check(by, "accounts.merge", kept)
    _fit(gone, kept, why)
    accounts = {one.pk: one for one in Account.objects.select_for_update().filter(pk__in=[gone.pk, kept.pk]).order_by("pk")}
    if any(one.merged_into_id for one in accounts.values()):
        raise Refused("one of them is merged already.", place=str(gone), remedy="Undo that merge first.")
    moved = {}
    for name, model, field in pointing():
        ids = _moved(model, field, gone, kept)
        if ids:
            moved[name] = ids
    learnt = [name for name in {gone.party.name, gone.legal_name} if name and _learn(kept, name, by)]
    made = Merge.objects.create(kept=kept, gone=gone, moved=moved, learnt=learnt, why=why.strip()[:200], by=by, at=at)
    activity.change(gone, "account.merged", by=by, at=at, why=why, merged_into=kept)
    after = {"from": str(gone), "moved": {name: len(ids) for name, ids in moved.items()}}
    activity.record(kept, "account.merged_from", by=by, at=at, why=why, after=after)
    return made


@verbs.whole
def undo(merge: Merge, *, by: Person | None, at: datetime.datetime, why: str) -> Account:
    """Take the merge back: what it moved points at the old account again, its aliases are forgotten. New records stay with the kept one."""
    permissions.check(by, "accounts.merge", merge.kept)
    locked = Merge.objects.select_for_update().get(pk=merge.pk)
    if locked.undone_at:
        raise Refused(f"it was undone on {locked.undone_at:%d %b %Y}.", place=str(merge), remedy="Nothing is left to undo.")
    for name, model, field in pointing():
        model._base_manager.filter(pk__in=locked.moved.get(name, []), **{field: merge.kept_id}).update(**{field: merge.gone_id})
    Alias.objects.filter(account=merge.kept, name__in=locked.learnt).delete()
    Merge.objects.filter(pk=merge.pk).update(undone_at=at)
    gone = Account.objects.get(pk=merge.gone_id)
    activity.change(gone, "account.merge_undone", by=by, at=at, why=why, merged_into=None)
    activity.record(merge.kept, "account.merge_undone", by=by, at=at, why=why, after={"back": str(gone)})
    return gone


def pointing() -> list[tuple[str, type[models.Model], str]]:
    """("app.model.field", model, field) of whatever points at an account or its party and may change, many-to-many tables included."""
    found: dict[str, tuple[str, type[models.Model], str]] = {}
    for target in (Account, Party):
        for relation in target._meta.get_fields(include_hidden=True):
            if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
                continue
            model: Any = relation.related_model
            label, field = model._meta.label_lower, relation.field.name  # type: ignore[union-attr]
            if label not in OWN and not _append_only(model):
                found[f"{label}.{field}"] = f"{label}.{field}", model, field
    return [found[name] for name in sorted(found)]


def _append_only(model: type[models.Model]) -> bool:
    return any(one.name == "append_only" for one in getattr(model._meta, "triggers", ()))


def _moved(model: type[models.Model], field: str, gone: Account, kept: Account) -> list[int]:
    """Ids of the rows re-pointed. What the kept account has already (a sign-in, a brand, a relation on a day) stays with the one that goes."""
    ids = list(model._base_manager.filter(**{field: gone.pk}).order_by("pk").values_list("pk", flat=True))
    return ids if _point(model, field, ids, kept) else [pk for pk in ids if _point(model, field, [pk], kept)]


def _point(model: type[models.Model], field: str, ids: list[int], kept: Account) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=ids).update(**{field: kept.pk})
    except IntegrityError:
        return False
    return True


def _learn(kept: Account, name: str, by: Person | None) -> bool:
    form = matching.key(name)
    known = not form or form == matching.key(kept.party.name) or Alias.objects.filter(key=form).exists()
    if not known:
        Alias.objects.create(account=kept, name=name[:200], key=form, confirmed_by=by)
    return not known


def _fit(gone: Account, kept: Account, why: str) -> None:
    if gone.pk == kept.pk:
        raise Invalid("it is the same account.", place="into", remedy="Choose another.")
    if gone.party.kind != kept.party.kind:
        raise Invalid(f"{gone} is an {gone.party.get_kind_display().lower()}, {kept} is not.", place="into", remedy="Merge two of one kind.")
    if gone.currency != kept.currency:
        raise Invalid(f"{gone} is billed in {gone.currency}, {kept} in {kept.currency}.", place="into", remedy="Give them one currency first.")
    if not why.strip():
        raise Invalid("a merge needs its reason.", place="why", remedy="Say how you know they are one.")
