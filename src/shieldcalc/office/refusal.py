"""What the office refuses."""

from shieldcalc.errors import ShieldcalcError


class OfficeError(ShieldcalcError):
    """A ledger, a folder of submissions or a record that cannot be used."""
