"""`makegood people ...`: who works here; adding the first ones before anybody can sign in."""

from typing import Annotated

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json

app = typer.Typer(no_args_is_help=True)


@app.command(name="list")
def everybody(context: typer.Context, json: Json = False) -> None:
    """The seller's people with their roles."""
    with session.opened(context, as_json=json):
        from makegood.core import queries

        people = [{"name": person.name, "email": person.email, "roles": person.roles} for person in queries.staff()]
        output.show({"people": people}, as_json=json)


@app.command()
def add(
    context: typer.Context, email: str, name: str, role: Annotated[list[str], typer.Option("--role", help="May be given more than once.")],
    password: Annotated[str, typer.Option("--password", prompt=True, hide_input=True, envvar="MAKEGOOD_PASSWORD")], title: str = "", json: Json = False,
) -> None:  # fmt: skip
    """Add a person who can sign in. The password is asked for, never shown."""
    with session.opened(context, as_json=json):
        from django.contrib.auth import password_validation
        from django.core.exceptions import ValidationError

        from makegood.core.errors import Invalid
        from makegood.core.models import Person, Role

        strange = sorted(set(role) - set(Role.values) | ({"client"} & set(role)))
        if strange:
            raise Invalid(f"{', '.join(strange)} is no role here.", place="--role", remedy=f"Use {', '.join(set(Role.values) - {'client'})}.")
        if Person.objects.filter(email=email.lower()).exists():
            raise Invalid(f"{email} is here already.", place="email", remedy="Use another address.")
        try:
            password_validation.validate_password(password)
        except ValidationError as error:
            raise Invalid(" ".join(error.messages), place="password", remedy="Choose another.") from error
        made = Person.objects.create_user(email, password, name=name, roles=role, title=title)
        output.show({"email": made.email, "name": made.name, "roles": made.roles}, as_json=json)
