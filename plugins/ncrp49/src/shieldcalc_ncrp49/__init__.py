"""NCRP Report No. 49: primary, scattered and leakage radiation of tubes behind half-value layers of lead and concrete.

Workload, output, scatter fraction, leakage, occupancy and the year are those of ncrp147 by protocols; what the report
is asked for are its half-value layers, which the structural shielding rules of some States of the USA
still name. Only tubes with protocols: a workload by patients has no one tube potential.
"""

from collections.abc import Iterable
from math import exp

from shieldcalc.beams import LayerLike, Transmission
from shieldcalc.errors import PluginError
from shieldcalc.hookspecs import hookimpl
from shieldcalc.methods.ncrp147.doses import doses_at
from shieldcalc.model.design import Layer, Source
from shieldcalc.model.result import Method, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.anywhere import dose_field
from shieldcalc.physics.beside import others_of
from shieldcalc.physics.field import Field
from shieldcalc.physics.last_scene import of_last_scene
from shieldcalc.physics.require import required_by
from shieldcalc.physics.room import Names, Worst, Xray, room_result, xray_method
from shieldcalc.physics.rules import rule
from shieldcalc.physics.terms import Radiation, Term
from shieldcalc.physics.tubes import at_maximum, by_protocols
from shieldcalc_ncrp49.layers import TABLE, log_transmission, mu_per_mm

shieldcalc_api = 1
__license__ = "MIT"
NAMES = Names(
    "ncrp49_hvl",
    "NCRP Report No. 49, half-value layers",
    "NCRP Report No. 49, Structural Shielding Design and Evaluation for Medical Use of X Rays and Gamma Rays (1976)",
)
KINDS = ("radiography", "chest", "fluoroscopy", "radiography_fluoroscopy", "c_arm", "skull_xray", "veterinary_xray")


class HalfValueLayers(Field):
    """The dose field of a room with transmissions by half-value layers."""

    def transmission_of(self, term: Term, stack: tuple[Layer, ...]) -> float:
        """Return the transmission of a stack in a term's beam; patient and receptor in it count for nothing."""
        return exp(log_transmission(term.quality, stack))

    def passed(self, term: Term, stack: tuple[Layer, ...]) -> Transmission:
        """Return the same with where it comes from."""
        found = log_transmission(term.quality, stack)
        return Transmission(found, exp(found), "half-value layers", (TABLE,), (), {})

    def lead_equivalent(self, term: Term, layers: Iterable[LayerLike]) -> tuple[float | None, str]:
        """Return the lead in mm that a barrier is worth, and at which tube potential."""
        quality = term.quality
        return -log_transmission(quality, layers) / mu_per_mm(
            "lead", quality.kv
        ), f"{quality.key} kV {quality.component}"


def radiation_of(source: Source) -> list[Radiation]:
    """Return what one tube gives out by its protocols. Raises PluginError for every other source."""
    if source.kind not in KINDS or not source.protocols or source.gamma_place is not None:
        words = f"source {source.id}: tubes with protocols only, of kind {', '.join(KINDS)}"
        raise PluginError("plugin_says", plugin=NAMES.method, words=words)
    margin = rule("beam_margin_m")
    return [by_protocols(source, margin), at_maximum(source, margin)]


@of_last_scene
def field_of(scene: Scene) -> Field:
    """Return the dose field of a room by this report."""
    return HalfValueLayers(scene, radiation_of, others_of(scene, field_of, doses_at, NAMES.method))


def compute(scene: Scene, points: tuple[Point, ...], worst: Worst | None = None) -> Result:
    """Return the doses at the fixed points and at the worst places behind every assessed barrier."""
    return room_result(NAMES, field_of(scene), points, doses_at, places=worst)


@hookimpl
def register_methods() -> list[Method]:
    """Return the one method of this plugin."""
    parts = (required_by(field_of, doses_at), dose_field(field_of, doses_at))
    return [xray_method(NAMES, KINDS, Xray(compute, lambda scene: {"": field_of(scene)}, doses_at, *parts))]
