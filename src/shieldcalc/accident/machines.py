"""Rate of a tube or an accelerator at 1 m with its shield lost: in the useful beam, at the highest technique.

Of a tube K = 3600 Y I, with the output Y in mGy m2/mAs at the voltage and the current I in mA; of an accelerator the
largest dose rate of its beams at 1 m. What makes it stands in ``[[emergency.rate]]``, else in the design file of the
device's room; without either the declared rate stands. Article 7(2) and (3) of circular 24/2012 govern these machines:
their rate is shown, and compared with the circular's 100 mGy/h, but makes no group.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from shieldcalc.errors import InputError, Notice, ShieldcalcError
from shieldcalc.facility.no_room import alike
from shieldcalc.facility.own_facts import devices_in_use
from shieldcalc.model.design import Design, Source
from shieldcalc.model.emergency import Emergency, MachineRate
from shieldcalc.model.facility import Facility, FacilityDevice
from shieldcalc.regulations.taxonomy import is_a, taxonomy

ACCELERATORS, INDUSTRIAL, DIAGNOSTIC = ("linac", "industrial_linac"), ("industrial_xray",), ("medical_dx_xray",)
MACHINES = ("xray_equipment", *ACCELERATORS)
TECHNIQUE, DESIGN, DECLARED, NOT_STATED = "technique", "design", "declared", "not_stated"
SECONDS_PER_HOUR = 3600.0


class Machine(NamedTuple):
    """A tube or accelerator: rate in mGy/h at 1 m (None: not known), what it follows from, the one declared, Article 7.

    ``basis``: technique, design, declared or not_stated. ``reason``: why nothing was computed. ``said``: what was
    assumed. ``named``: Article 7 names its kind; of other tubes, which it does not, (2) is taken.
    """

    device: str
    rate_mGy_per_h: float | None
    basis: str
    declared_mGy_per_h: float | None
    article: str
    reason: Notice | None = None
    said: tuple[Notice, ...] = ()
    tables: tuple[str, ...] = ()
    named: bool = True

    def reaches(self, bound_mGy_per_h: float) -> bool | None:
        """Return whether the rate, computed or declared, whichever is more, reaches a bound; None: not known."""
        rates = [each for each in (self.rate_mGy_per_h, self.declared_mGy_per_h) if each is not None]
        return max(rates) >= bound_mGy_per_h if rates else None


class _Found(NamedTuple):
    """A computed rate in mGy/h with what was assumed for it and the data files."""

    rate: float
    said: tuple[Notice, ...] = ()
    tables: tuple[str, ...] = ()


def machines(facility: Facility, on: date) -> tuple[Machine, ...]:
    """Return the tubes and accelerators in use on a day, and what else has a rate in the file, each with its rate."""
    tree, told = taxonomy().equipment, facility.emergency or Emergency()
    named = {row.device for row in told.rates}
    there = [each for each in devices_in_use(facility, on) if each.id in named or is_a(tree, each.kind, MACHINES)]
    return tuple(_machine(facility, each, [row for row in told.rates if row.device == each.id]) for each in there)


def _machine(facility: Facility, device: FacilityDevice, rows: list[MachineRate]) -> Machine:
    found = _rated(facility, device, rows)
    return found._replace(named=is_a(taxonomy().equipment, device.kind, (*ACCELERATORS, *DIAGNOSTIC)))


def _rated(facility: Facility, device: FacilityDevice, rows: list[MachineRate]) -> Machine:
    declared = max((row.rate_mGy_per_h for row in rows if row.rate_mGy_per_h is not None), default=None)
    article = "Art. 7(3)" if is_a(taxonomy().equipment, device.kind, DIAGNOSTIC) else "Art. 7(2)"
    reason: Notice | None = None
    for basis, found in ((TECHNIQUE, _of_rows(device, rows)), (DESIGN, _of_design(facility, device))):
        try:
            rates = list(found)
        except ShieldcalcError as refused:
            reason = reason or _why(refused)
            continue
        if rates:
            most = max(rates)
            return Machine(device.id, most.rate, basis, declared, article, None, most.said, most.tables)
    basis = NOT_STATED if declared is None else DECLARED
    return Machine(device.id, declared, basis, declared, article, reason)


def _why(refused: ShieldcalcError) -> Notice:
    """Return a refusal as a notice; of a file with several faults the first."""
    if isinstance(refused, InputError):
        first = refused.problems[0]
        return Notice(f"errors.{first.code}", first.params)
    return refused.notice()


def _of_rows(device: FacilityDevice, rows: list[MachineRate]) -> Iterator[_Found]:
    for row in rows:
        if row.dose_rate_mGy_per_h is not None:
            yield _Found(row.dose_rate_mGy_per_h)
        if row.kv is not None and row.current_mA is not None:
            own = row.output_mGy_m2_per_mAs
            line = () if own is None else ((row.kv, own),)
            yield _tube(device.kind, row.kv, row.current_mA, row.filtration_mmAl, line)


def _of_design(facility: Facility, device: FacilityDevice) -> Iterator[_Found]:
    """Yield the rates of what the design of the device's room shows of its kind: of several the largest may be it."""
    for design in _designs(facility, device.room):
        for source in design.sources:
            if alike(device.kind, source.kind):
                yield from _of_source(source)


def _designs(facility: Facility, name: str) -> tuple[Design, ...]:
    from shieldcalc import plugins
    from shieldcalc.model.loader import load_any
    from shieldcalc.model.site import Site

    room = next((each for each in facility.rooms if each.id == name), None)
    if room is None:
        return ()
    read = load_any(room.path(facility), plugins.catalog())
    return tuple(each.design for each in read.rooms) if isinstance(read, Site) else (read,)


def _of_source(source: Source) -> Iterator[_Found]:
    if source.accelerator is not None:
        yield from (_Found(1000 * each.dose_rate_Gy_per_h) for each in source.accelerator.energies)
    line = tuple((each.kv, each.mGy_m2_per_mAs) for each in source.outputs)
    for technique in filter(None, (source.max_technique, source.fluoroscopy_technique)):
        yield _tube(source.kind, technique.kv, technique.current_mA, source.filtration_mmAl, line)


def _tube(
    kind: str, kv: float, current_mA: float, filtration_mmAl: float | None, line: tuple[tuple[float, float], ...]
) -> _Found:
    """Return K = 3600 Y I. Raises OutsideDataError where no output is declared and none is held at that voltage."""
    from shieldcalc.physics.techniques import tube_output
    from shieldcalc.physics.therapy.industrial_tube import output

    if not line and is_a(taxonomy().equipment, kind, INDUSTRIAL):
        figure = output(kv)
        return _Found(SECONDS_PER_HOUR * figure.value * current_mA, figure.notices, figure.tables)
    found = tube_output(kv, filtration_mmAl, line)
    return _Found(SECONDS_PER_HOUR * found.Y * current_mA, found.notices, found.tables)
