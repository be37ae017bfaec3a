"""Tubes of therapy, simulators and industry in a room: what their protocols and their maximum technique give.

Output: the declared one, on a straight line in logarithms between potentials, below the lowest of them that of the
lowest (an upper value); a simulator's may come from the shipped table. Leakage: as declared, which grows with the
current; else the most that the document tells of. The week and the hour are those of the protocols, the rate that of
the maximum technique.
"""

from collections.abc import Callable, Iterator, Mapping
from math import exp, log
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Protocol, Source
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import evaluate
from shieldcalc.physics.technique_terms import directions
from shieldcalc.physics.techniques import tube_output
from shieldcalc.physics.terms import Radiation
from shieldcalc.physics.therapy import aimed_equations as equations
from shieldcalc.physics.therapy.aimed import Aimed, Dose, FractionAt, Leak, Shot, by_rate, by_share
from shieldcalc.physics.therapy.document import Document
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.unit import leakage_stated

SIMULATOR = "simulator"
Told = Callable[[tuple[Notice, ...], tuple[str, ...]], None]


class Figure(NamedTuple):
    """A figure of a table with its data files and remarks; ``unverified`` names it where it is not verified."""

    value: float
    tables: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    unverified: str = ""


class Practice(NamedTuple):
    """What a document tells of its tubes: scatter fraction at an angle; of what the file leaves out output and leakage.

    ``output(kV)`` in mGy/mAs, None where the document has none; ``leakage(kV)`` in mGy/h at 1 m at the maximum
    technique, None where leakage is ``leakage_fraction`` of the beam.
    """

    fraction: FractionAt
    output: Callable[[float], Figure] | None = None
    leakage: Callable[[float], Figure] | None = None


def tubes(practice: Practice) -> Callable[[Source, Document, Scene], Aimed]:
    """Return what makes a tube in a room of its source by a document and its practice."""

    def tube(source: Source, document: Document, scene: Scene) -> Aimed:  # noqa: ARG001
        if not source.protocols:
            raise OutsideDataError("tube_without_protocols", source=source.id, document=document.words)
        made = _Tube(source, document, practice)
        found = Aimed(source, document, practice.fraction, made.shots(), made.radiation)
        found.unverified = ", ".join(made.unverified)
        return found

    return tube


class _Tube:
    def __init__(self, source: Source, document: Document, practice: Practice) -> None:
        self.source, self.document, self.practice = source, document, practice
        self.radiation = Radiation(source=source.id)
        self.unverified: list[str] = []
        self.missing = [each.id for each in source.protocols if each.in_busiest_hour is None]
        if self.missing:
            key = f"protocol {', '.join(self.missing)}: in_busiest_hour"
            self._say(Notice("warnings.hour_undetermined", {"source": source.id, "key": key}))
            self.radiation.unknown.add("hour")

    def shots(self) -> Iterator[Shot]:
        """Yield what each protocol gives in each of its directions, then the maximum technique in all of them."""
        number = {each.id: index for index, each in enumerate(self.source.beams)}
        for protocol in self.source.protocols:
            for beam, use, share in directions(self.source, protocol):
                yield self._of_protocol(protocol, number[beam.id], use, share)
        technique = self.source.max_technique
        if technique is None:
            told = {"source": self.source.id, "key": "maximum_technique"}
            self._say(Notice("warnings.beam_on_undetermined", told))
            self.radiation.unknown.add("beam_on")
            return
        named = {protocol.beam for protocol in self.source.protocols}
        for index, beam in enumerate(self.source.beams):
            used = float(beam.use_factor > 0 or beam.id in named)
            strength = {"Y": (self._output(technique.kv), "mGy m2/mAs"), "I": (technique.current_mA, "mA")}
            step = evaluate(equations.dose_rate, strength, f"{technique.kv:g} kV")
            doses = {"beam_on": Dose(step.value, (step,))}
            leak = self._leak(doses, {}, 0.0, technique.current_mA, 1.0)
            yield Shot(index, Energy(kV=technique.kv), doses, {"beam_on": used}, 1.0, leak, beam.id)

    def _of_protocol(self, protocol: Protocol, index: int, use: float, share: float) -> Shot:
        kV, Q = protocol.kv or 0.0, protocol.charge_mAs
        if Q is None:
            raise OutsideDataError("tube_without_charge", source=self.source.id, protocol=protocol.id)
        counts = {"week": protocol.per_week}
        if not self.missing:
            counts["hour"] = protocol.in_busiest_hour or 0.0
        doses = {name: self._dose(name, kV, Q, n, protocol.id) for name, n in counts.items()}
        primary = {"week": use, "hour": float(use > 0)}
        leak = self._leak(doses, counts, Q, 0.0, share)
        return Shot(index, Energy(kV=kV), doses, primary, share, leak, self.source.beams[index].id)

    def _dose(self, name: str, kV: float, Q: float, n: float, label: str) -> Dose:
        told = {"Y": (self._output(kV), "mGy m2/mAs"), "Q": (Q, "mAs"), "n": (n, "1/week" if name == "week" else "")}
        step = evaluate(equations.workload, told, label)
        return Dose(step.value, (step if name == "week" else step._replace(unit="Gy"),))

    def _output(self, kV: float) -> float:
        source = self.source
        line = sorted((each.kv, each.mGy_m2_per_mAs) for each in source.outputs)
        if source.kind == SIMULATOR:
            found = tube_output(kV, source.filtration_mmAl, tuple(line))
            self._tell(found.notices, found.tables)
            return found.Y
        if not line:
            return self._of_document(kV)
        if kV > line[-1][0]:
            raise OutsideDataError("tube_output_above", source=source.id, kv=f"{kV:g}", most=f"{line[-1][0]:g}")
        return _along(line, kV)

    def _of_document(self, kV: float) -> float:
        if self.practice.output is None:
            raise OutsideDataError("tube_output_absent", source=self.source.id, document=self.document.words)
        return self._figure(self.practice.output(kV))

    def _figure(self, found: Figure) -> float:
        self._tell(found.notices, found.tables)
        if found.unverified and found.unverified not in self.unverified:
            self.unverified.append(found.unverified)
        return found.value

    def _leak(
        self, doses: Mapping[str, Dose], counts: Mapping[str, float], Q: float, current: float, share: float
    ) -> Leak:
        source, technique = self.source, self.source.max_technique
        declared, of_document = source.leakage, self.practice.leakage
        if declared is not None:
            return by_rate(declared.rate_mGy_per_h, declared.current_mA, counts, Q, current, share)
        if source.leakage_fraction is not None:
            self._tell(
                (*leakage_stated(source.id, source.leakage_fraction, self.document.rule("leakage_fraction")),), ()
            )
            return by_share(source.leakage_fraction, doses, share)
        if of_document is None or technique is None:
            fraction = self.document.rule("leakage_fraction")
            self._say(Notice("assumptions.aimed_leakage", {"source": source.id, "share": f"{fraction:g}"}))
            return by_share(fraction, doses, share)
        L = self._figure(of_document(technique.kv))
        return by_rate(L, technique.current_mA, counts, Q, current, share)

    def _say(self, notice: Notice) -> None:
        self._tell((notice,), ())

    def _tell(self, notices: tuple[Notice, ...], tables: tuple[str, ...]) -> None:
        self.radiation.notices += [each for each in notices if each not in self.radiation.notices]
        self.radiation.tables += [name for name in tables if name not in self.radiation.tables]


def _along(line: list[tuple[float, float]], kV: float) -> float:
    """Return the output at a potential up to the highest stated one: straight in ln-ln; below the lowest its output."""
    low = line[0]
    for high in line:
        if kV <= high[0]:
            if high[0] == low[0] or kV <= low[0]:
                return low[1] if kV <= low[0] else high[1]
            share = log(kV / low[0]) / log(high[0] / low[0])
            return exp(log(low[1]) + share * log(high[1] / low[1]))
        low = high
    return line[-1][1]
