"""``shieldcalc office inspection``, ``follow-up`` and ``withdraw``: what officers record of visits and hazards."""

from datetime import date
from typing import Any

import click

from shieldcalc.cli.common import OneOf, emit, json_flag
from shieldcalc.cli.office_forms import day

SENT = click.IntRange(0, 1_000_000)


@click.command("inspection")
@click.argument("ledger", type=click.Path())
@click.argument("name", metavar="ID")
@click.option("--unit", required=True, help="The unit that was visited.")
@click.option("--on", "on", required=True, metavar="DATE", callback=day, help="The day of the visit.")
@click.option("--officers", type=SENT, help="How many officers were sent.")
@click.option("--vehicles", type=SENT, help="How many vehicles were sent.")
@json_flag
def inspection(
    ledger: str, name: str, unit: str, on: date, officers: int | None, vehicles: int | None, *, as_json: bool
) -> None:
    """Record in LEDGER the visit ID to a unit, in the place of what was recorded under this ID.

    \b
    Example:
      shieldcalc office inspection office.sqlite V-7 --unit "Hospital" --on 2025-07-01 --officers 2 --vehicles 1
    """
    from shieldcalc.model.facility import Inspection
    from shieldcalc.office.follow_up import inspected
    from shieldcalc.office.ledger import Ledger

    with Ledger(ledger) as held:
        inspected(held, Inspection(id=name, unit=unit, date=on, officers=officers, vehicles=vehicles))
    told = {"id": name, "unit": unit, "on": on.isoformat(), "officers": officers, "vehicles": vehicles}
    if as_json:
        emit("shieldcalc/office-inspection/1", {**told, "warnings": []})
    else:
        click.echo(f"{name}: {unit}, {on}")


@click.command("follow-up")
@click.argument("ledger", type=click.Path())
@click.argument("name", metavar="ID")
@click.option("--unit", help="The unit; else that of the inspection or the submission.")
@click.option("--submission", help="The submission that it was found in, as `office list` names it.")
@click.option("--rule", metavar="ID", help="The rule of that submission's findings.")
@click.option("--what", help="What was found, in words.")
@click.option("--inspection", metavar="ID", help="The visit on which it was found.")
@click.option(
    "--found", metavar="DATE", callback=day, help="The day on which it was found; else that of the inspection."
)
@click.option("--deadline", metavar="DATE", callback=day, help="The day by which it is to be corrected.")
@click.option("--corrected", metavar="DATE", callback=day, help="The day on which it was corrected.")
@json_flag
def follow_up(ledger: str, name: str, *, as_json: bool, **recorded: Any) -> None:
    """Record in LEDGER the hazard ID: found, to be corrected by a deadline, corrected. What is not given stays.

    \b
    Examples:
      shieldcalc office follow-up office.sqlite H-3 --submission incoming/a --found 2025-07-01 --deadline 2025-08-01
      shieldcalc office follow-up office.sqlite H-3 --corrected 2025-07-20
    """
    from shieldcalc.office.follow_up import Change, followed_up
    from shieldcalc.office.ledger import Ledger

    with Ledger(ledger) as held:
        hazard = followed_up(held, name, Change(**recorded))
    days = {key: getattr(hazard, key) for key in ("found", "deadline", "corrected")}
    if as_json:
        told = {key: None if day is None else day.isoformat() for key, day in days.items()}
        own = {"id": hazard.id, "unit": hazard.unit, "what": hazard.what, "inspection": hazard.inspection}
        emit("shieldcalc/office-follow-up/1", {**own, **told, "warnings": []})
    else:
        said = ", ".join(f"{key} {day}" for key, day in days.items() if day is not None)
        click.echo(f"{hazard.id}: {hazard.unit}, {said}")


@click.command("withdraw")
@click.argument("ledger", type=click.Path())
@click.argument("kind", type=OneOf(("inspection", "hazard")))
@click.argument("name", metavar="ID")
@json_flag
def withdraw(ledger: str, kind: str, name: str, *, as_json: bool) -> None:
    """Take the inspection or the hazard ID, recorded by mistake, out of LEDGER.

    \b
    Example:
      shieldcalc office withdraw office.sqlite hazard H-3
    """
    from shieldcalc.office.follow_up import withdrawn
    from shieldcalc.office.ledger import Ledger

    with Ledger(ledger) as held:
        withdrawn(held, kind, name)
    if as_json:
        emit("shieldcalc/office-withdraw/1", {"kind": kind, "id": name, "warnings": []})
    else:
        click.echo(f"{name}: withdrawn")
