"""Gross = net + every reason, for each flight, placement and hour: held by the database when a transaction commits."""

import pgtrigger

_SPOT = "flight_id = {row}.flight_id AND placement_id = {row}.placement_id AND hour = {row}.hour"
_MISSING = f"(SELECT coalesce(sum(gross - net), 0) FROM delivery_fact WHERE {_SPOT})"
_EXPLAINED = f"(SELECT coalesce(sum(count), 0) FROM delivery_filtered WHERE {_SPOT})"
_CHECK = f"""
    IF {_MISSING} <> {_EXPLAINED} THEN
        RAISE EXCEPTION 'flight % on placement % in the hour of %: gross is % more than net, the reasons say %',
            {{row}}.flight_id, {{row}}.placement_id, {{row}}.hour, {_MISSING}, {_EXPLAINED}
            USING ERRCODE = 'check_violation', HINT = 'Change gross, net and what is filtered in one transaction.';
    END IF;
"""
_NEW, _OLD, _DONE = _CHECK.format(row="NEW"), _CHECK.format(row="OLD"), "    RETURN NULL;\n"
_MOVED = "(OLD.flight_id, OLD.placement_id, OLD.hour) <> (NEW.flight_id, NEW.placement_id, NEW.hour)"
_IF_MOVED = f"    IF {_MOVED} THEN {_OLD}    END IF;\n"


def triggers(units: str) -> list[pgtrigger.Trigger]:
    """Deferred triggers of facts or of reasons; `units` is what a row brings to the balance, such as "{row}.count".

    A row that leaves it as it was asks nothing. What each transaction leaves balanced stays so whatever others do
    meanwhile: it sees their rows whole or not at all.
    """
    new, old = units.format(row="NEW"), units.format(row="OLD")
    return [
        _trigger("balanced_insert", pgtrigger.Insert, f"{new} <> 0", _NEW),
        _trigger("balanced_update", pgtrigger.Update, f"{new} <> {old} OR {_MOVED}", _NEW + _IF_MOVED),
        _trigger("balanced_delete", pgtrigger.Delete, f"{old} <> 0", _OLD),
    ]


def _trigger(name: str, operation: pgtrigger.Operation, condition: str, func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.After, operation=operation, condition=pgtrigger.Condition(f"({condition})"),
        timing=pgtrigger.Deferred, func=func + _DONE,
    )  # fmt: skip
