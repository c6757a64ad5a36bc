"""`makegood verify-approval` without a database; `makegood approval ...` exports what it checks."""

import json as encoding
import pathlib
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When

app = typer.Typer(no_args_is_help=True)


def verify(
    file: Annotated[pathlib.Path, typer.Argument(help="The exported approval.")],
    creative: Annotated[pathlib.Path | None, typer.Option("--file", help="The creative's file, to compare its bytes.")] = None,
    head: Annotated[pathlib.Path | None, typer.Option("--head", help="A head exported earlier and kept elsewhere.")] = None,
    key: Annotated[str, typer.Option("--key", help="The seller's public key, 64 hexadecimal digits.")] = "", json: Json = False,
) -> None:  # fmt: skip
    """Check an exported approval without the database; exit 1 and say what does not match when anything does not."""
    from makegood.documents import approvals

    with output.told(as_json=json):
        for path in (file, creative, head):
            if path is not None and not path.is_file():
                output.fail("there is no such file", str(path), "Check the path.", as_json=json)
        try:
            found = approvals.verify(_read(file), file=creative, head=_read(head) if head else None, public=key)
        except ValueError as wrong:
            output.fail(str(wrong), str(file), "Export it again: `makegood approval export`.", as_json=json)
        result = {"approval": found.approval, "holds": found.holds, "held": list(found.held), "faults": list(found.faults), "unchecked": list(found.unchecked)}
        output.show(result, as_json=json, text=_text)
        if not found.holds:
            raise typer.Exit(1)


@app.command()
def export(
    context: typer.Context, version: Annotated[int, typer.Argument(help="The creative version's id.")],
    out: Annotated[pathlib.Path, typer.Option("--out", help="Where to write it.")], json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Write the standing decision on a creative version as a file anybody can verify."""
    with session.opened(context, as_json=json):
        from makegood.creatives.models import Decision
        from makegood.work import sealed

        decision = Decision.objects.filter(version=version).order_by("-at", "-pk")[:1].get()
        document = sealed.export(decision, at=session.moment(at))
        out.write_text(encoding.dumps(document, indent=1, ensure_ascii=False))
        output.show({"file": str(out), "outcome": document["approval"]["outcome"], "number": document["chain"][0]["number"]}, as_json=json)


@app.command()
def head(
    context: typer.Context, out: Annotated[pathlib.Path, typer.Option("--out", help="Where to write it; keep it elsewhere.")], json: Json = False, at: When = ""
) -> None:
    """Check the whole chain of approvals and write its signed head."""
    with session.opened(context, as_json=json):
        from makegood.work import sealed

        faults = sealed.faults()
        if faults:
            output.fail("; ".join(faults[:5]), "the chain of approvals", "Compare with a head kept elsewhere and restore.", as_json=json)
        made = sealed.head(at=session.moment(at))
        out.write_text(encoding.dumps(made, indent=1))
        output.show({"file": str(out), **made}, as_json=json)


def _read(path: pathlib.Path) -> Any:
    try:
        return encoding.loads(path.read_bytes())
    except ValueError as wrong:
        raise ValueError(f"{path.name} is no JSON: {wrong}") from wrong


def _text(result: dict[str, Any]) -> str:
    approval = result["approval"]
    rows = [f"{approval.get('outcome', '')} {approval.get('creative') or approval.get('title', '')}, {approval.get('decided_at', '')}"]
    rows += [f"  holds    {one}" for one in result["held"]] + [f"  WRONG    {one}" for one in result["faults"]]
    rows += [f"  unknown  {one}" for one in result["unchecked"]]
    return "\n".join([*rows, "It holds as far as it was checked." if result["holds"] else "It does not hold."])
