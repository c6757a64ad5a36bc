"""The second wall round approvals, in the database: it holds for imports, shells and pages that forget the action."""

import pgtrigger

ASKED_AS_PENDING = pgtrigger.Trigger(
    name="asked_as_pending", when=pgtrigger.Before, operation=pgtrigger.Insert,
    func="IF NEW.status <> 'pending' THEN RAISE EXCEPTION 'an approval begins as pending' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;",
)  # fmt: skip

APPROVED_BY_OTHERS = pgtrigger.Trigger(
    name="approved_by_others", when=pgtrigger.Before, operation=pgtrigger.UpdateOf("status"),
    func="""
    IF NEW.status = 'approved' AND OLD.status <> 'approved' THEN
        IF EXISTS (SELECT 1 FROM work_vote v JOIN work_approval_makers m ON m.approval_id = v.approval_id AND m.person_id IN (v.person_id, v.acted_for_id)
                   WHERE v.approval_id = NEW.id AND v.outcome = 'approved') THEN
            RAISE EXCEPTION 'a maker of it voted' USING ERRCODE = 'check_violation';
        END IF;
        IF (SELECT count(DISTINCT v.stage) FROM work_vote v JOIN core_person p ON p.id = v.person_id AND p.agent_for_id IS NULL
            WHERE v.approval_id = NEW.id AND v.outcome = 'approved' AND v.binds_to = NEW.binds_to) < jsonb_array_length(NEW.stages) THEN
            RAISE EXCEPTION 'a stage of it has no approval' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
    """,
)  # fmt: skip

RULES_CHANGE_BY_APPROVAL = pgtrigger.Trigger(
    name="rules_change_by_approval", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
    IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM work_approval) THEN RETURN NEW; END IF;
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.change_id IS NOT DISTINCT FROM OLD.change_id) OR NOT EXISTS (
        SELECT 1 FROM work_approval a WHERE a.subject_type = 'work.rulechange' AND a.subject_id = NEW.change_id AND a.status = 'approved') THEN
        RAISE EXCEPTION 'an approval rule changes only by an approved change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,
)  # fmt: skip


def what_was_asked() -> pgtrigger.Trigger:
    """What was asked, of whom and for which content stays as it was asked."""
    return pgtrigger.Protect(
        name="what_was_asked", operation=pgtrigger.UpdateOf("kind", "measure", "facts", "binds_to", "stages", "requested_by_id", "subject_type", "subject_id")
    )
