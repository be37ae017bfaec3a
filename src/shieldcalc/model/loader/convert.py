"""From a checked tree of values to the Design, with what was assumed where the file says nothing."""

from collections.abc import Mapping
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.model.accelerator import Accelerator
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.design import (
    Beam,
    Beyond,
    Console,
    Contribution,
    Declarations,
    Design,
    Identity,
    Kap,
    Leakage,
    Operator,
    Output,
    Protocol,
    Scatter,
    Screen,
    Slab,
    Source,
    Technique,
    UserPoint,
    Wall,
    WallOpening,
    Xyz,
)
from shieldcalc.model.judging import DoseConstraints, Reading
from shieldcalc.model.loader.accelerator import DIRECTED, accelerator_of, gantry_beams
from shieldcalc.model.loader.brachytherapy import BRACHYTHERAPY
from shieldcalc.model.loader.convert_gamma import body_of, boundary_of, layers_of, patients_of, sealed_of
from shieldcalc.model.loader.ducts import ducts_of
from shieldcalc.model.loader.idle import idle
from shieldcalc.model.loader.materials import fill_in
from shieldcalc.model.loader.maze import maze_of
from shieldcalc.model.loader.names import NOBODY, rows
from shieldcalc.model.loader.patients import PATIENTS
from shieldcalc.model.loader.positions import Room
from shieldcalc.model.loader.room import span
from shieldcalc.model.loader.sealed import STANDING
from shieldcalc.model.loader.stated import stated_of
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.protective import ProtectiveEquipment

DEFAULT_METHOD, DEFAULT_GAMMA, DEFAULT_PATIENTS = "ncrp147", "point_kernel", "tg108"
DEFAULT_OF_KIND = {
    "linac": "ncrp151", "industrial_linac": "ncrp151", "co60_teletherapy": "srs47", "orthovoltage": "srs47",
    "simulator": "srs47", "industrial_xray": "gbzt250",
}  # fmt: skip


class Converter:
    """Builds the Design of one tree in which nothing was refused."""

    def __init__(self, tree: Tree, catalog: Catalog) -> None:
        self.tree = tree
        self.catalog = catalog
        self.assumptions: list[Notice] = [*(_own_material(row) for _, row in rows(tree, "material")), *idle(tree)]
        fill_in(tree)
        self.room = Room(tree, tree["room"]["plan"], tree["room"]["height"])

    def design(self, file: str, sha256: str, lines: Mapping[str, int]) -> Design:
        """Return the Design."""
        tree, evaluation = self.tree, self.tree["evaluation"]
        walls = {wall["id"]: self._wall(wall) for _, wall in rows(tree, "wall")}
        openings = [
            self._opening(kind, row, walls)
            for kind in ("door", "window", "control_window")
            for _, row in rows(tree, kind)
        ]
        reading = evaluation["reading_15_3"]
        return Design(
            file=file,
            sha256=sha256,
            identity=Identity(**given(tree["identity"])),
            on=evaluation["date"],
            instruments=evaluation["instruments"],
            methods=self._methods(evaluation["methods"]),
            reading_15_3=None if reading is None else Reading(**reading),
            working_hours_per_week=evaluation["working_hours"],
            plan=self.room.plan,
            height_m=self.room.height,
            dose_constraints=_constraints(evaluation["dose_constraints"]),
            walls=tuple(walls.values()),
            openings=tuple(openings),
            floor=self._slab("floor"),
            ceiling=self._slab("ceiling"),
            screens=tuple(_screen(row) for _, row in rows(tree, "screen")),
            console=None if tree["console"] is None else Console(**tree["console"]),
            points=tuple(self._point(row) for _, row in rows(tree, "point")),
            sources=tuple(self._source(row) for _, row in rows(tree, "source")),
            declarations=_declarations(tree["declarations"] or {}),
            plugins=tree["plugins"] or {},
            assumptions=tuple(self.assumptions),
            lines=lines,
            ward=bool(tree["room"]["ward"]),
            bodies=tuple(body_of(row) for _, row in rows(tree, "body")),
            integration_tolerance=evaluation["integration_tolerance"],
            open_site=bool(tree["room"]["open_site"]),
            maze=maze_of(tree),
            ducts=ducts_of(tree),
            boundaries=tuple(boundary_of(row) for _, row in rows(tree["room"], "boundary")),
        )

    def _methods(self, names: tuple[str, ...] | None) -> tuple[str, ...]:
        kinds = {source["kind"] for _, source in rows(self.tree, "source")}
        default = DEFAULT_METHOD
        if kinds <= {*STANDING, *PATIENTS, *BRACHYTHERAPY}:
            default = DEFAULT_PATIENTS if kinds & {*PATIENTS} else DEFAULT_GAMMA
        of_kind = {DEFAULT_OF_KIND.get(str(kind), "") for kind in kinds}
        if len(of_kind) == 1 and "" not in of_kind:
            (default,) = of_kind
        if names is None:
            self.assumptions.append(Notice("assumptions.method", {"method": default}))
        return names or (default,)

    def _beyond(self, owner: str, beyond: Tree) -> Beyond:
        return beyond_of(owner, beyond, self.catalog.places, self.assumptions)

    def _wall(self, wall: Tree) -> Wall:
        start, end = span(wall, self.room.plan) or (0.0, 0.0)
        return Wall(
            id=wall["id"],
            edge=int(wall["edge"]) - 1,
            start_m=start,
            end_m=end,
            height_m=wall["height"] or self.room.height,
            layers=layers_of(wall),
            beyond=self._beyond(wall["id"], wall["beyond"]),
        )

    def _opening(self, kind: Any, row: Tree, walls: Mapping[str, Wall]) -> WallOpening:
        beyond = row["beyond"]
        return WallOpening(
            id=row["id"],
            kind=kind,
            wall=row["wall"],
            start_m=row["from"],
            sill_m=row["sill"] or 0.0,
            width_m=row["width"],
            height_m=row["height"],
            layers=layers_of(row),
            beyond=walls[row["wall"]].beyond if beyond is None else self._beyond(row["id"], beyond),
        )

    def _slab(self, kind: Any) -> Slab | None:
        slab = self.tree[kind]
        if slab is None:
            return None
        return Slab(id=kind, kind=kind, layers=layers_of(slab), beyond=self._beyond(kind, slab["beyond"]))

    def _point(self, row: Tree) -> UserPoint:
        beyond = self._beyond(row["id"], row["beyond"])
        return UserPoint(id=row["id"], position=row["position"], beyond=beyond, stated=stated_of(row))

    def _source(self, row: Tree) -> Source:
        workload, leakage = row["workload"] or {}, row["leakage"]
        technique, fluoroscopy = row["maximum_technique"], row["fluoroscopy_technique"]
        accelerator = accelerator_of(row)
        return Source(
            id=row["id"],
            kind=row["kind"],
            device=row["device"] or row["id"],
            make=row["make"] or "",
            model=row["model"] or "",
            serial=row["serial"] or "",
            patient_table=row["patient_table"],
            filtration_mmAl=row["filtration"],
            outputs=tuple(_output(output) for _, output in rows(row, "output")),
            leakage=None if leakage is None else _leakage(leakage),
            max_technique=_technique(technique),
            fluoroscopy_technique=_technique(fluoroscopy),
            beam_on_hours_per_year=row["beam_on_per_year"],
            scan_posture=row["scan_posture"],
            cephalometry=row["cephalometry"],
            whole_body=row["whole_body"],
            vehicle_mounted=bool(row["vehicle_mounted"]),
            controlled_zone_m=row["temporary_controlled_zone"],
            staff_position_uSv_per_h=row["staff_position_rate"],
            dxa_beam=row["dxa_beam"],
            distribution=workload.get("distribution"),
            patients_per_week=workload.get("patients_per_week"),
            patients_in_busiest_hour=workload.get("patients_in_busiest_hour"),
            contrast_multiplier=row["contrast_multiplier"] or 1.0,
            ct_kv=row["kv"],
            isocentre=row["isocentre"],
            beams=self._beams(row, accelerator, workload.get("distribution")),
            protocols=tuple(_protocol(protocol) for _, protocol in rows(row, "protocol")),
            kap=None if row["kap"] is None else _kap(row["kap"]),
            table_toward=row["table_toward"],
            operator=None if row["operator"] is None else _operator(row["operator"]),
            sealed=sealed_of(row),
            patients=patients_of(row) if row["kind"] in PATIENTS else None,
            accelerator=accelerator,
            leakage_fraction=row["leakage_fraction"],
        )

    def _beams(self, row: Tree, accelerator: Accelerator | None, distribution: str | None) -> tuple[Beam, ...]:
        if accelerator is not None and row["kind"] not in DIRECTED:
            return gantry_beams(accelerator, row["isocentre"], self.room)
        return tuple(self._beam(beam, distribution) for _, beam in rows(row, "beam"))

    def _beam(self, beam: Tree, distribution: str | None) -> Beam:
        use = beam["use_factor"]
        return Beam(
            id=beam["id"],
            focus=beam["focus"],
            patient=beam["patient"],
            target=self._target(beam),
            use_factor=1.0 if use is None else use,
            field_cm2=beam["field"]["area"],
            field_at_m=beam["field"]["at"],
            distribution=beam["distribution"] or distribution,
            preshielding=beam["preshielding"] or "none",
            stopped_by_receptor=bool(beam["stopped_by_receptor"]),
            patients_in_busiest_hour=beam["patients_in_busiest_hour"],
        )

    def _target(self, beam: Tree) -> Xyz:
        """Return the declared target, or where the ray from focus through patient meets the barrier aimed at."""
        toward = beam["toward"]
        found = self.room.hit(beam["focus"], beam["patient"], toward) if isinstance(toward, str) else toward
        assert found is not None, "the checks found that the beam meets its barrier"
        return tuple(found)


def beyond_of(owner: str, beyond: Tree, places: Mapping[str, Mapping[str, Any]], assumptions: list[Notice]) -> Beyond:
    """Return what lies beyond a face or around a point; an occupancy that the file leaves out is an assumption."""
    place, occupancy = places[beyond["kind"]], beyond["occupancy"]
    assumed = occupancy is None and beyond["kind"] not in NOBODY
    if assumed:
        row = place["row"] or place["note"]
        said = {"barrier": owner, "kind": beyond["kind"], "occupancy": place["occupancy"], "row": row}
        assumptions.append(Notice("assumptions.occupancy", said))
    return Beyond(
        kind=beyond["kind"],
        name=beyond["name"] or beyond["kind"].replace("_", " "),
        occupancy=place["occupancy"] if occupancy is None else occupancy,
        designation=beyond["designation"] or place["designation"],
        person=beyond["person"] or place["person"],
        storey_height_m=beyond["storey_height"],
        other_contributions=tuple(_contribution(row) for _, row in rows(beyond, "other_contributions")),
        occupancy_assumed=assumed,
    )


def given(table: Tree) -> Tree:
    """Return what a table says, without the keys that it leaves out."""
    return {key: value for key, value in table.items() if value is not None}


def _own_material(own: Tree) -> Notice:
    said = {"material": own["id"], "composition": own["composition"] or own["formula"], "document": own["document"]}
    return Notice("assumptions.own_material", {**said, "density": f"{own['density']:g}"})


def _contribution(row: Tree) -> Contribution:
    return Contribution(
        origin=row["origin"],
        air_kerma_mGy_per_week=row["air_kerma"],
        beam_on_uSv_per_h=row["beam_on"],
        hour_uSv_per_h=row["hour"],
    )


def _screen(row: Tree) -> Screen:
    return Screen(
        id=row["id"],
        a=row["from"],
        b=row["to"],
        height_m=row["height"],
        layers=layers_of(row),
        scatter_over_top_uSv_per_h=row["scatter_over_top"],
    )


def _technique(row: Tree | None) -> Technique | None:
    return None if row is None else Technique(kv=row["kv"], current_mA=row["current"])


def _constraints(row: Tree | None) -> DoseConstraints | None:
    if row is None:
        return None
    return DoseConstraints(
        document=row["document"], worker_mSv_per_year=row["worker"], public_mSv_per_year=row["public"]
    )


def _output(row: Tree) -> Output:
    distance = row["at"] or 1.0
    return Output(kv=row["kv"], mGy_m2_per_mAs=row["air_kerma"] * distance**2)


def _declarations(row: Tree) -> Declarations:
    worn = row.get("protective_equipment")
    equipment = None if worn is None else ProtectiveEquipment(**worn)
    return Declarations(**{**given(row), "protective_equipment": equipment})


def _leakage(row: Tree) -> Leakage:
    return Leakage(rate_mGy_per_h=row["rate"], kv=row["kv"], current_mA=row["current"], declared=True)


def _operator(row: Tree) -> Operator:
    return Operator(distance_m=row["distance"], protection_mm_lead=row["protection"])


def _kap(row: Tree) -> Kap:
    return Kap(per_week_Gy_cm2=row["per_week"], kv=row["kv"], in_busiest_hour_Gy_cm2=row["in_busiest_hour"])


def _protocol(row: Tree) -> Protocol:
    charge, current, time = row["charge"], row["current"], row["time"]
    if charge is None and current is not None and time is not None:
        charge = current * time
    if current is None and charge is not None and time is not None:
        current = charge / time
    return Protocol(
        id=row["id"],
        per_week=row["per_week"],
        in_busiest_hour=row["in_busiest_hour"],
        beam=row["beam"],
        kv=row["kv"],
        charge_mAs=charge,
        region=row["region"],
        dlp_mGy_cm=row["dlp"],
        scan_length_cm=row["scan_length"],
        pitch=row["pitch"],
        nctdi100_mGy_per_mAs=row["nctdi100"],
        scan_time_s=row["scan_time"],
        kap_Gy_cm2=row["kap"],
        entrance_dose_mGy=row["esd"],
        focus_to_film_m=row["ffd"],
        film_to_skin_m=row["film_to_skin"],
        current_mA=current,
        time_s=time,
        scatter=None if row["scatter"] is None else _scatter(row["scatter"]),
    )


def _scatter(row: Tree) -> Scatter:
    """Return a declared scatter at 1 m, by the inverse square where it was given at another distance."""
    square = (row["at"] or 1.0) ** 2
    kerma, rate = row["air_kerma"], row["rate"]
    return Scatter(
        document=row["document"],
        air_kerma_mGy=None if kerma is None else kerma * square,
        rate_mGy_per_h=None if rate is None else rate * square,
    )
