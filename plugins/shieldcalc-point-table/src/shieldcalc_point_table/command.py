"""A command of a plugin; it is imported when it is called, never for ``shieldcalc --help``."""

import click

from shieldcalc.units import DIMENSIONS


@click.command("units")
def units() -> None:
    """List the units that quantities may be written in.

    \b
    Example:
      shieldcalc units
    """
    for dimension, spellings in DIMENSIONS.items():
        click.echo(f"{dimension}: {', '.join(spellings)}")
