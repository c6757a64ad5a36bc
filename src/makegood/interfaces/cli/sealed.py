"""`makegood order verify` checks a sealed paper without a database; `makegood order seal-key` says the key to check it with."""

import pathlib
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json


def verify(
    file: Annotated[pathlib.Path, typer.Argument(help="The sealed PDF.")],
    key: Annotated[str, typer.Option("--key", help="The seller's public key, 64 hexadecimal digits.")] = "", json: Json = False,
) -> None:  # fmt: skip
    """Check a signed and sealed order without the database: every byte, who signed, whose seal. Exit 1 when anything does not hold."""
    with output.told(as_json=json):
        if not file.is_file():
            output.fail("there is no such file", str(file), "Check the path.", as_json=json)
        from makegood.documents import seals

        try:
            found = seals.verify(file.read_bytes(), public=key)
        except seals.NotSealed as wrong:
            output.fail(f"{wrong}.", str(file), "Get the sealed PDF from the order's documents.", as_json=json)
        inside = found.evidence
        result = {
            "file": str(file), "holds": found.holds, "verdict": _verdict(found), "order": inside.get("order", ""), "revision": inside.get("revision", ""),
            "seal": found.name, "certificate_sha256": found.certificate_sha256, "public_key": inside.get("public_key", ""),
            "signatures": inside.get("signatures", []), "held": list(found.held), "faults": list(found.faults), "unchecked": list(found.unchecked),
        }  # fmt: skip
        output.show(result, as_json=json, text=_text)
        if not found.holds:
            raise typer.Exit(1)


def key(context: typer.Context, json: Json = False) -> None:
    """The public key of this installation's seal: give it to whoever checks your papers."""
    with session.opened(context, as_json=json):
        from makegood.orders.actions import sealing

        output.show({"public_key": sealing.public_key()}, as_json=json)


def _verdict(found: Any) -> str:
    """valid, changed, or not ours."""
    if found.holds:
        return "valid"
    return "not ours" if found.held and any("not the seal of this seller" in one for one in found.faults) else "changed"


def _text(result: dict[str, Any]) -> str:
    rows = [f"{result['verdict']}: order {result['order']}, revision {result['revision']}, sealed by {result['seal']}" if result["order"] else result["verdict"]]
    rows += [f"  signed   {one['name']}{', ' + one['title'] if one['title'] else ''}, for {one['party']}, {one['at']}" for one in result["signatures"]]
    rows += [f"  holds    {one}" for one in result["held"]] + [f"  WRONG    {one}" for one in result["faults"]]
    return "\n".join([*rows, *(f"  unknown  {one}" for one in result["unchecked"])])
