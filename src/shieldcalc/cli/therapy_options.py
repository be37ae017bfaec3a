"""What the commands on radiotherapy and industrial beams share: energies, documents."""

from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli.common import Quantity
from shieldcalc.errors import UnitError

if TYPE_CHECKING:
    from shieldcalc.physics.therapy.document import Document

NCRP151, SRS47, NCRP49, GBZT250 = "ncrp151", "srs47", "ncrp49", "gbzt250"
OF_LINAC, OF_TUBE = (NCRP151, SRS47), (SRS47, NCRP49, GBZT250)
ALL = (NCRP151, SRS47, NCRP49, GBZT250)
_DOCUMENTS = {
    NCRP151: ("shieldcalc.methods.ncrp151.document", "NCRP151"),
    SRS47: ("shieldcalc.methods.srs47.megavolts", "SRS47"),
    NCRP49: ("shieldcalc.methods.ncrp49", "NCRP49"),
    GBZT250: ("shieldcalc.methods.gbzt250", "GBZT250"),
}


class Megavolts(click.ParamType[Any]):
    """A beam energy: "6", "6 MV", "10 MV FFF", "Co-60"."""

    name = "energy"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the energy; a usage error (exit code 2) says what is allowed."""
        if not isinstance(value, str):
            return value
        from shieldcalc.physics.therapy.energy import megavolts

        try:
            return megavolts(value)
        except UnitError as error:
            self.fail(error.text(), param, ctx)


class Kilovolts(click.ParamType[float]):
    """A tube potential, "250" or "250 kV"."""

    name = "potential"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return kV; a usage error (exit code 2) says what is allowed."""
        text = str(value).strip()
        kv: float = Quantity("voltage").convert(f"{text} kV" if text[-1:].isdigit() else text, param, ctx)
        return kv


class Angle(click.ParamType[float]):
    """An angle in degrees, "30" or "30 deg"."""

    name = "angle"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return degrees; a usage error (exit code 2) says what is allowed."""
        text = str(value).strip()
        degrees: float = Quantity("angle", zero=True).convert(
            f"{text} deg" if text[-1:].isdigit() else text, param, ctx
        )
        return degrees


class Usual:
    """A default that is a rule of this program, read when it is needed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self) -> float:
        """Return the value."""
        from shieldcalc.physics.therapy.rules import own_rule

        return own_rule(self._name)

    def __str__(self) -> str:
        """Return it as help shows it."""
        return f"{self():g}"


def document(name: str) -> "Document":
    """Import and return one document."""
    from importlib import import_module

    module, attribute = _DOCUMENTS[name]
    found: Document = getattr(import_module(module), attribute)
    return found
