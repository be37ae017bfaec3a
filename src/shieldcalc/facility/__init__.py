"""A facility before the law: its facts, what is due, and how that is told."""

from shieldcalc.facility.duties import DueList, due_list
from shieldcalc.facility.load import load

__all__ = ["DueList", "due_list", "load"]
