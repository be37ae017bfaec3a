"""shieldcalc: radiation shielding and dose calculation, with the law as data."""

__version__ = "0.1.0"
