"""What commands print: a result as text or JSON, an error as one line with place and remedy. Exit 1 when refused."""

import contextlib
import datetime
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
REFUSED = 1


def show(result: dict[str, Any], *, as_json: bool, text: Callable[[dict[str, Any]], str] | None = None) -> None:
    """Print `result`: as JSON, as `text` says, or name by name."""
    if as_json:
        print(json.dumps(result, default=plain, ensure_ascii=False))
    else:
        print(text(result) if text else "\n".join(f"{name.replace('_', ' ')}: {_words(value)}" for name, value in result.items()))


@contextlib.contextmanager
def told(*, as_json: bool) -> Iterator[None]:
    """Turn a refusal inside into its line (or JSON) on standard error and exit status 1."""
    try:
        yield
    except Exception as error:
        known = described(error)
        if known is None:
            raise
        fail(*known, as_json=as_json)


def described(error: BaseException) -> tuple[str, str, str] | None:
    """(message, place, remedy) of an error people may see; None for one that is a fault of ours."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "Refused" in kinds:
        return error.message, error.place, error.remedy  # type: ignore[attr-defined]
    if kinds & {"UnreadableDocument"}:
        return error.reason, error.place, error.remedy  # type: ignore[attr-defined]
    if "UnreadableCreative" in kinds:
        return error.reason, error.where, error.remedy  # type: ignore[attr-defined]
    if "UnknownProfile" in kinds:
        return str(error), "profile", "Name one of those, or auto."
    if "ObjectDoesNotExist" in kinds:
        return str(error), "", "Look at the number again."
    if "ClusterError" in kinds:
        return str(error).splitlines()[0], "database", "Run `makegood doctor`."
    return None


def fail(message: str, place: str = "", remedy: str = "", *, as_json: bool) -> None:
    """Say what is wrong and exit with status 1."""
    if as_json:
        print(json.dumps({"error": {"message": message, "place": place, "remedy": remedy}}, ensure_ascii=False), file=sys.stderr)
    else:
        print(f"makegood: {place + ': ' if place else ''}{message.rstrip('.')}. {remedy}".rstrip(), file=sys.stderr)
    raise typer.Exit(REFUSED)


def plain(value: Any) -> Any:
    """Dates as ISO, amounts as decimal strings, records by name."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)}\n  " + "\n  ".join(_words(one) for one in value) if value else "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_words(one)}" for name, one in value.items())
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
