"""`makegood creative ...`: checking a file without a database; receiving and deciding with one."""

import pathlib
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who

app = typer.Typer(no_args_is_help=True)
File = Annotated[pathlib.Path, typer.Argument(help="Image, HTML5 zip, audio, video, VAST tag or native copy.")]


@app.command()
def check(file: File, profile: Annotated[str, typer.Option(help="Code of a spec profile, or auto.")] = "auto", json: Json = False) -> None:
    """Hold a file against a spec profile: what was found, what is needed, how to fix it. Exit 1 when anything blocks."""
    with output.told(as_json=json):
        if not file.is_file():
            output.fail("there is no such file", str(file), "Check the path.", as_json=json)
        from makegood.documents import creatives
        from makegood.engine import specs

        found = creatives.report(file, None if profile == "auto" else specs.by_code(profile))
        output.show(found, as_json=json, text=_findings)
        if found["verdict"] == "block":
            raise typer.Exit(1)


@app.command()
def profiles(code: Annotated[str, typer.Argument(help="Only this profile, with what it asks for.")] = "", json: Json = False) -> None:
    """The spec profiles that come with the product; of one, every demand with its source."""
    with output.told(as_json=json):
        from makegood.engine import specs

        if not code:
            output.show({one.code: one.name for one in specs.profiles()}, as_json=json)
            return
        found = specs.by_code(code)
        needs = [{"rule": one.rule, "required": one.required, "severity": one.severity, "source": one.source} for one in specs.needs(found)]
        output.show({"code": found.code, "version": found.version, "name": found.name, "seller": found.seller, "path": found.path,
                     "accepts": ", ".join(found.accepts), "needs": needs}, as_json=json)  # fmt: skip


@app.command()
def correct(
    file: File, target: Annotated[pathlib.Path, typer.Argument(help="Where the corrected file goes; must not exist yet.")],
    profile: Annotated[str, typer.Option(help="Code of a spec profile, or auto.")] = "auto", json: Json = False,
) -> None:  # fmt: skip
    """A corrected file to propose to the client: the sound at the loudness the profile asks for, all else as it was."""
    with output.told(as_json=json):
        for wrong, what, remedy in ((not file.is_file(), file, "Check the path."), (target.exists(), target, "Name a file that does not exist yet.")):
            if wrong:
                output.fail("there is no such file" if what is file else "the file exists", str(what), remedy, as_json=json)
        from makegood.documents import creatives
        from makegood.engine import specs

        output.show(creatives.propose(file, target, None if profile == "auto" else specs.by_code(profile)), as_json=json)


@app.command()
def run(
    file: Annotated[pathlib.Path, typer.Argument(help="HTML5 zip.")], profile: Annotated[str, typer.Option(help="Code of a spec profile, or auto.")] = "auto",
    pictures: Annotated[pathlib.Path | None, typer.Option(help="Folder for what it looks like after 1 s, 5 s and at the end.")] = None, json: Json = False,
) -> None:  # fmt: skip
    """Run an HTML5 ad in the jail: what it asks for, how it moves, sounds and clicks. Exit 1 when it fails."""
    with output.told(as_json=json):
        from makegood.connectors import browser, web
        from makegood.creatives import trying
        from makegood.engine import specs

        if not file.is_file():
            output.fail("there is no such file", str(file), "Check the path.", as_json=json)
        try:
            found, shots = trying.bundle(file, None if profile == "auto" else specs.by_code(profile), web.Limits())
        except browser.NoBrowser as none:
            output.fail("no browser runs it on this machine", str(file), f"{none}.", as_json=json)
        for moment, png in shots.items() if pictures else ():
            pictures.mkdir(parents=True, exist_ok=True)
            (pictures / f"{file.stem} {moment}.png").write_bytes(png)
        output.show(found, as_json=json, text=_findings)
        if found["verdict"] == "fail":
            raise typer.Exit(1)


@app.command()
def receive(
    context: typer.Context, file: File, order: Annotated[str, typer.Option("--order", help="The campaign it is for.")], who: Who = "",
    name: Annotated[str, typer.Option("--name", help="What to call it; else the file's name.")] = "",
    click: Annotated[str, typer.Option("--click", help="Where its click leads.")] = "",
    profile: Annotated[str, typer.Option(help="Code of a spec profile or family; else the file chooses.")] = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """A client's file in: checked at once, then to the reviewers or back with what to do."""
    with session.opened(context, as_json=json):
        from makegood.core.errors import Invalid
        from makegood.creatives.actions import branding, receiving

        if not file.is_file():
            raise Invalid("there is no such file.", place=str(file), remedy="Check the path.")
        root = session.order(order)
        new = receiving.NewCreative(root.advertiser, name or file.stem, click_url=click, root=("orders.order", root.pk), brand=branding.own(root.advertiser, root.brand))
        version = receiving.receive(file, name=file.name, creative=new, by=session.actor(who), at=session.moment(at), profile=profile)
        output.show(_version(version), as_json=json)


@app.command()
def decide(
    context: typer.Context, version: Annotated[int, typer.Argument(help="The version's id, as `creative receive` gave it.")],
    outcome: Annotated[str, typer.Argument(help="approve, changes, reject or exception")], who: Who = "",
    reason: Annotated[str, typer.Option("--reason", help="What must change, or why it may run.")] = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """A reviewer's decision, bound to the file's hash; never by who uploaded it."""
    with session.opened(context, as_json=json):
        from makegood.creatives.actions import reviewing
        from makegood.creatives.models import Version

        found = Version.objects.select_related("creative__advertiser").get(pk=version)
        made = reviewing.decide(found, outcome, by=session.actor(who), at=session.moment(at), reason=reason)
        output.show(_version(Version.objects.select_related("creative", "profile").get(pk=made.version_id)), as_json=json)


def _version(version: Any) -> dict[str, Any]:
    return {
        "version": version.pk, "creative": str(version), "status": version.status, "verdict": version.verdict, "sha256": version.sha256,
        "profile": str(version.profile or ""), "findings": version.findings,
    }  # fmt: skip


def _findings(result: dict[str, Any]) -> str:
    rows = [f"{result['file']}: {result['format']}, profile {result['profile']}: {result['verdict']}"]
    for one in result["findings"]:
        needed = f", needed {one['required']}" if one["required"] else ""
        rows.append(f"  {one['severity']:<5} {one['where'] or one['rule']}: found {one['found']}{needed}. {one['fix']}".rstrip())
    return "\n".join(rows)
