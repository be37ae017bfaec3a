"""The law as data: rules from ``data/regulations``, facts in, findings out, each judged as of a day."""

from shieldcalc.regulations.judge import judge
from shieldcalc.regulations.rules import LoadedInstrument, Rule, load
from shieldcalc.regulations.status import status

__all__ = ["LoadedInstrument", "Rule", "judge", "load", "status"]
