"""Survey sheets: rates measured around a room, compared with what a method computes there."""

from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Command

shieldcalc_api = 1
__license__ = "MIT"


@hookimpl
def register_commands() -> list[Command]:
    """Return the command; its module is imported when it is called."""
    words = "Rates of a survey sheet compared with computed ones."
    return [Command(name="survey", help=words, command="shieldcalc_survey.command:survey")]
