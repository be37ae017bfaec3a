"""A synthetic assessment: findings of every outcome and force on the sample room. Its physics is invented."""

from dataclasses import replace

from sample_room import CORRIDOR, design, scene

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment, BarrierVerdict, PluginUsed
from shieldcalc.model.design import (
    Beyond,
)
from shieldcalc.model.result import (
    BarrierResult,
    Component,
    Doses,
    Finding,
    Goal,
    Kerma,
    PointResult,
    Requirement,
    Result,
)
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step, equation, evaluate


@equation("K_sec", "K1_sec * N / d_sec**2", "mGy/week", "NCRP 147, section 4, with Table 4.7")
def secondary(K1_sec: float, N: float, d_sec: float) -> float:
    return K1_sec * N / d_sec**2


@equation("B", "((1 + beta/alpha) * exp(alpha*gamma*x) - beta/alpha)**(-1/gamma)", "", "NCRP 147, Eq. A.2")
def archer(alpha: float, beta: float, gamma: float, x: float) -> float:
    from math import exp

    return float(((1 + beta / alpha) * exp(alpha * gamma * x) - beta / alpha) ** (-1 / gamma))


@equation(
    "K_L", "L / (60 * I_L) * (kV / kV_L)**2 * (B_h / B_hL) * (Q * n / 60) * U * B / d_L**2", "mGy", "NCRP 147, App. C"
)
def leakage(**v: float) -> float:
    tube = v["L"] / (60 * v["I_L"]) * (v["kV"] / v["kV_L"]) ** 2 * (v["B_h"] / v["B_hL"])
    return tube * (v["Q"] * v["n"] / 60) * v["U"] * v["B"] / v["d_L"] ** 2


@equation("a1", "1e-6 * (a * (kV - 125) + b0 + b1 * theta + b2 * theta**2)", "1/cm2", "NCRP 147, Eq. C.2")
def scatter(a: float, kV: float, b0: float, b1: float, b2: float, theta: float) -> float:
    return 1e-6 * (a * (kV - 125) + b0 + b1 * theta + b2 * theta**2)


@equation("K_x", "K * B", "mGy/week", "NCRP 147, section 4")
def behind(K: float, B: float) -> float:
    return K * B


def steps(distance: float) -> tuple[Step, ...]:
    k = evaluate(secondary, {"K1_sec": (0.0492, "mGy"), "N": (160.0, "1/week"), "d_sec": (distance, "m")})
    b = evaluate(
        archer, {"alpha": (2.298, "1/mm"), "beta": (17.38, "1/mm"), "gamma": (0.6193, ""), "x": (1.23456789, "mm")}
    )
    scattered = {
        "a": (-0.0543, ""),
        "kV": (117.0, "kV"),
        "b0": (33.2, ""),
        "b1": (-0.71, ""),
        "b2": (0.00412, ""),
        "theta": (93.21, "deg"),
    }
    leaked = {
        "L": (0.876, "mGy/h"),
        "I_L": (3.3, "mA"),
        "kV": (117.0, "kV"),
        "kV_L": (150.0, "kV"),
        "B_h": (1.234567e-5, ""),
        "B_hL": (8.31234e-4, ""),
        "Q": (20.0, "mAs"),
        "n": (160.0, "1/week"),
        "U": (1.0, ""),
        "B": (b.value, ""),
        "d_L": (distance + 0.1, "m"),
    }
    return (
        k,
        b,
        evaluate(scatter, scattered),
        evaluate(leakage, leaked, "table"),
        evaluate(behind, {"K": (k.value, "mGy/week"), "B": (b.value, "")}),
    )


def doses(week: float, occupancy: float, beam_on: float | None = 12.0, hour: float | None = 0.31) -> Doses:
    rate = None if beam_on is None else 1.77 * beam_on
    return Doses(
        air_kerma_beam_on_uGy_per_h=beam_on,
        air_kerma_hour_uGy=hour,
        air_kerma_week_mGy=week,
        air_kerma_week_occupied_mGy=week * occupancy,
        air_kerma_year_mGy=week * occupancy * 50,
        air_kerma_year_full_occupancy_mGy=week * 50,
        h10_beam_on_uSv_per_h=rate,
        h10_hour_uSv=None if hour is None else 1.77 * hour,
        h10_week_mSv=1.77 * week,
        h10_year_mSv=1.77 * week * occupancy * 50,
        h10_year_full_occupancy_mSv=1.77 * week * 50,
    )


def point_result(name: str, place: tuple[float, float, float], barrier: str, there: Beyond, week: float) -> PointResult:
    kerma = Kerma(beam_on_uGy_per_h=12.0, hour_uGy=0.31, week_mGy=week)
    bare = Kerma(beam_on_uGy_per_h=9.0e4, hour_uGy=None, week_mGy=week * 1e4)
    part = Component(
        kind="secondary",
        source="tube",
        beam="table",
        kerma=kerma,
        unshielded=bare,
        distance_m=2.51,
        transmission=1e-4,
        crossed=(barrier,),
        steps=steps(2.51),
    )
    other = replace(part, kind="other", source="declared", beam="", steps=())
    return PointResult(
        point=Point(id=name, position=place, barrier=barrier, beyond=there),
        doses=doses(week, there.occupancy),
        components=(part, other),
    )


def result(there: Scene) -> Result:
    rows = (
        ("south", (2.0, -0.52, 1.0), 0.0031),
        ("south.hour", (3.6, -0.52, 1.0), 0.0029),
        ("east", (6.54, 2.5, 1.0), 0.002),
        ("notch_north", (4.5, 3.52, 1.0), 0.00011),
        ("notch_east", (4.04, 4.0, 1.0), 0.0201),
        ("north", (1.8, 5.54, 1.0), 0.3000004 / 50 / 1.77),
        ("north.hour", (1.82, 5.54, 1.0), 0.005),
        ("door", (4.75, -0.52, 1.0), 0.0004),
        ("control_window", (6.54, 1.5, 1.4), 0.0012),
        ("high window", (1.8, 5.52, 2.1), 0.001),
        ("floor", (1.8, 2.2, -1.75), 0.0002),
        ("ceiling", (1.8, 2.2, 3.85), 0.003),
    )
    points = tuple(
        point_result(name, place, name.split(".")[0], there.by_id[name.split(".")[0]].beyond or CORRIDOR, week)
        for name, place, week in rows
    )
    points = (replace(points[0], doses=doses(0.0031, 0.2, None, None), steps=steps(3.1)[:1]), *points[1:])
    barriers = [b.id for b in there.barriers if b.kind != "screen" and b.id != "west"]
    return Result(
        method="ncrp147",
        title="NCRP Report No. 147",
        reference="NCRP Report No. 147 (2004)",
        points=points,
        barriers=tuple(
            BarrierResult(
                barrier=b,
                points=tuple(row[0] for row in rows if row[0].split(".")[0] == b),
                lead_equivalent_mm=1.234,
                lead_equivalent_beam="rad_room_all_barriers secondary",
            )
            for b in barriers
        ),
        tables=("xray/places.csv",),
    )


def finding(rule: str, subject: str, outcome: str, force: str, value: object, limit: object, **more: object) -> Finding:
    margin = limit / value if isinstance(value, float) and isinstance(limit, float) and value else None
    given: dict[str, object] = {
        "instrument": "VN-19-2012",
        "article": "Article 7(2)",
        "quantity": "ambient_dose_equivalent",
        "unit": "mSv/year",
        "comparator": "<=",
        "limit_unit": "mSv/year",
        "averaging": "per_year",
        "margin": margin,
        "reason": None,
        "paraphrase": "The yearly dose of the public outside the room is at most three tenths of the public limit.",
        "dose_rule": isinstance(value, float),
    }
    return Finding(rule=rule, subject=subject, outcome=outcome, force=force, value=value, limit=limit, **given | more)  # type: ignore[arg-type]


def findings() -> tuple[Finding, ...]:
    later = Notice("report.exit.3", {})
    return (
        finding("vn-19-2012/7.2", "south", "pass", "binding", 0.0549, 0.3),
        finding("vn-19-2012/7.2", "north", "fail", "binding", 0.3000004, 0.3, bounds={"h10_year_mSv": 0.3}),
        finding("vn-19-2012/7.2", "notch_east", "fail", "unverified", 1.779, 0.3, bounds={"h10_year_mSv": 0.3}),
        finding(
            "vn-lc-24-2015/15.3c",
            "south",
            "undetermined",
            "binding",
            None,
            0.5,
            reason=later,
            unit="uSv/h",
            limit_unit="uSv/h",
            averaging="instant",
            dose_rule=True,
            shown={"beam_on": 21.24, "hour": 0.31},
        ),
        finding(
            "us-ncrp147/1.4", "east", "pass", "secondary_source", 0.002, 0.1, instrument="US-NCRP147", unit="mGy/week"
        ),
        finding(
            "vn-13-2014/5",
            "room",
            "pass",
            "repealed",
            26.5,
            14.0,
            comparator=">=",
            unit="m2",
            limit_unit="m2",
            dose_rule=False,
        ),
        finding("vn-12-2023/4", "tube", "pass", "not_yet_valid", True, True, comparator="==", unit="", limit_unit=""),
        finding(
            "vn-lc-24-2015/16.1",
            "room",
            "undetermined",
            "binding",
            None,
            True,
            unit="",
            limit_unit="",
            comparator="==",
            reason=later,
        ),
        finding("vn-lc-24-2015/16.3", "console", "not_applicable", "binding", None, 10.0, reason=later, unit="uSv/h"),
        finding(
            "vn-lc-24-2015/13.1a",
            "room",
            "fail",
            "binding",
            ("obstetrics", "waiting"),
            ("obstetrics", "paediatrics"),
            comparator="not in",
            unit="",
            limit_unit="",
        ),
    )


def verdicts(there: Result) -> tuple[BarrierVerdict, ...]:
    found = {"north": ("fail", 0.9999987), "notch_east": ("fail", 0.1686), "south": ("undetermined", None)}
    needs = (
        Requirement(material="lead", required_mm=1.2341, added_mm=0.3001),
        Requirement(material="concrete", required_mm=112.3, added_mm=40.01),
        Requirement(material="wood", required_mm=None, added_mm=None, reason="outside_data"),
    )
    return tuple(
        BarrierVerdict(
            barrier=b.barrier,
            method="ncrp147",
            margin=found.get(b.barrier, ("pass", 5.47))[1],
            goals=(Goal(quantity="h10_year_mSv", limit=0.3, rule="vn-19-2012/7.2", point=b.points[0]),),
            governing_rule="vn-19-2012/7.2",
            outcome=found.get(b.barrier, ("pass", 5.47))[0],
            requirements=needs,
        )
        for b in there.barriers
    )


def sample() -> Assessment:
    there = scene()
    computed = result(there)
    return Assessment(
        design=design(there),
        scene=there,
        on="2025-06-30",
        instruments=("VN-19-2012", "US-NCRP147"),
        asked_by_name=("US-NCRP147",),
        results=(computed,),
        facts=(),
        findings=findings(),
        barriers=verdicts(computed),
        notices=(Notice("assumptions.method", {"method": "ncrp147"}), Notice("report.exit.1")),
        exit_code=1,
        version="0.1.0",
        plugins=(PluginUsed("example_pack", "1.2", "ab" * 32, (("example_pack.py", "cd" * 32),)),),
        tables=(
            {
                "name": "xray/places.csv",
                "title": "Kinds of place",
                "source": "NCRP Report No. 147, Table 4.1",
                "version": "1",
                "confidence": "cross-checked",
                "sha256": "ab" * 32,
            },
        ),
        instrument_status=(
            {
                "id": "VN-19-2012",
                "number": "19/2012/TT-BKHCN",
                "title": "Thông tư 19/2012",
                "state": "in_force",
                "title_code": "rules.VN-19-2012.title",
                "effective": "2012-12-23",
                "expiry": "2026-01-01",
                "replaced_by": "VN-59-2025",
                "changed_on": "",
                "changed_by": "",
                "text_held": "yes",
                "not_held": "zoning",
            },
        ),
    )


def renamed(assessment: Assessment, **names: str) -> Assessment:
    """Return the sample with other words of its user: facility, room, author, address."""
    return replace(assessment, design=replace(assessment.design, identity=replace(assessment.design.identity, **names)))
