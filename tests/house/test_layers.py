"""The house keeps its shape: imports, keys and statuses go one way."""

import ast
import pathlib
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import models

ROOT = pathlib.Path(__file__).parent.parent.parent
SRC = ROOT / "src" / "makegood"
ORDER = ["core", "work", "accounts", "catalog", "sales", "creatives", "orders", "trafficking", "delivery", "billing", "insight"]
SIDE_BY_SIDE = {"sales", "creatives"}


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label in ORDER]


def points_downstream(source: str, target: str) -> bool:
    """Whether a key from `source` to `target` looks downstream (or sideways between sales and creatives)."""
    if {source, target} == SIDE_BY_SIDE:
        return True
    return ORDER.index(target) > ORDER.index(source)


def test_no_key_points_downstream():
    keys = [
        (model._meta.label, field.name, field.related_model._meta.app_label)
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model._meta.app_label in ORDER
    ]
    assert len(keys) > 80
    assert [key for key in keys if points_downstream(key[0].split(".")[0], key[2])] == []


def test_the_check_sees_a_downstream_key():
    assert points_downstream("orders", "billing")
    assert points_downstream("sales", "creatives")
    assert not points_downstream("billing", "orders")


def test_imports_keep_their_contracts():
    result = subprocess.run([sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:]


def status_writes(tree: ast.AST) -> list[int]:
    """Lines that assign a status attribute or pass status= to update()."""
    found = []
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        found += [t.lineno for t in targets if isinstance(t, ast.Attribute) and t.attr in ("status", "credit_status")]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            found += [node.lineno for word in node.keywords if word.arg in ("status", "credit_status")]
    return found


def test_only_transitions_writes_a_status():
    guilty = [
        f"{path.relative_to(SRC)}:{line}"
        for path in SRC.rglob("*.py")
        if "migrations" not in path.parts and path.relative_to(SRC).parts[0] in (*ORDER, "workflows", "interfaces")
        for line in status_writes(ast.parse(path.read_text()))
    ]
    assert guilty == []


@pytest.mark.parametrize("code", ["order.status = 'live'", "Order.objects.filter(pk=1).update(status='live')"])
def test_the_check_sees_a_status_write(code):
    assert status_writes(ast.parse(code)) == [1]


def test_every_status_field_has_its_machine_and_trigger():
    missing = [
        model._meta.label
        for model in own_models()
        if hasattr(model, "machine") and f"{model.machine.name}_moves" not in {trigger.name for trigger in model._meta.triggers}
    ]
    assert missing == []
