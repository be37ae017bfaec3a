"""``shieldcalc barrier industrial`` and ``open-site``: industrial X-ray tubes."""

from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli.barrier_common import Number, density_option, in_words, step_document
from shieldcalc.cli.barrier_linac import PARTS, answer_document, write
from shieldcalc.cli.common import Amount, Marked, OneOf, Quantity, emit, json_flag, notices
from shieldcalc.cli.therapy_options import GBZT250, NCRP49, SRS47, Angle, Kilovolts, Usual, document
from shieldcalc.errors import OutsideDataError

if TYPE_CHECKING:
    from shieldcalc.physics.therapy.open_site import Around, Site

OUTPUT_PER_MIN = 60.0


@click.command("industrial")
@click.option("--kv", type=Kilovolts(), required=True, help='Tube potential, "300 kV".')
@click.option("--current", type=Quantity("current"), required=True, help='Tube current, "5 mA".')
@click.option("--component", type=OneOf(PARTS), default="primary", show_default=True,
              help="secondary: leakage and scatter by the two-source rule.")  # fmt: skip
@click.option("--distance", type=Quantity("length"), required=True,
              help="From the focus, of scatter from the object, to the point to protect.")  # fmt: skip
@click.option("--goal", required=True, help='Dose rate allowed, "2.5 uSv/h"; or "5 uSv/week" with its hours.')
@click.option("--hours-per-week", type=Number(168), help="Beam hours a week, for a dose of a week.")
@click.option("--use", type=Number(1), default=1.0, help="Use factor U, for a dose of a week.")
@click.option("--occupancy", type=Number(1), default=1.0, help="Occupancy factor T, for a dose of a week.")
@click.option("--output", type=Quantity("output"), help='Output at 1 m by maker or measured, "20.9 mGy*m2/(mA*min)".')
@click.option("--filter", "filtered", help='Row of GBZ/T 250, Table B.1: "3 mm Al", "3 mm Cu", "0.5 mm Cu".')
@click.option("--leakage-rate", type=Quantity("dose_rate"), help='Leakage at 1 m, "5 mSv/h".')
@click.option("--scatter-constant", type=Number(), help="R0^2/(F alpha) of scatter; lower is more scatter.")
@click.option("--material", help="Material of the barrier: lead or concrete; without it no thickness.")
@click.option("--standard", type=OneOf([GBZT250, NCRP49]), default=GBZT250, show_default=True,
              help="Tenth value layers.")  # fmt: skip
@density_option
@json_flag
def industrial(kv: float, current: float, component: str, standard: str, as_json: bool, **given: Any) -> None:
    """Compute the barrier against an industrial X-ray tube (GBZ/T 250-2014; layers of NCRP 49).

    \b
    Example:
      shieldcalc barrier industrial --kv "300 kV" --current "5 mA" --filter "3 mm Cu" \\
        --distance "3 m" --goal "2.5 uSv/h" --material lead
    """
    from shieldcalc.methods.gbzt250.tube import tube
    from shieldcalc.physics.therapy.barrier import Place
    from shieldcalc.physics.therapy.industrial import Week, industrial_barrier

    used = tube(kv, current, component, _stated(given), given["filtered"])
    week = Week(given["goal"], given["hours_per_week"], given["use"])
    place = Place(given["distance"] / 1000, given["occupancy"], given["material"], given["density"])
    answer = industrial_barrier(document(standard), used, component, week, place)
    read = {}
    if component == "primary" and place.material in ("lead", "concrete") and answer.governing.B < 1:
        from shieldcalc.physics.therapy.curves import readings

        read = readings(kv, place.material, answer.goal, place.distance_m, current, answer.governing.B)
    if not as_json:
        from shieldcalc.units import significant

        write(answer, place.material)
        for name, mm in read.items():
            click.echo(f"other reading, not verified: {significant(mm, 3)} mm {place.material}  ({name})")
        return
    asked = {
        "standard": standard,
        "component": component,
        "kv": kv,
        "current_mA": current,
        "output_mGy_m2_per_mA_min": used.output,
        "leakage_uSv_per_h": used.leakage,
        "scatter_constant": used.constant,
        "distance_m": place.distance_m,
        "occupancy": place.occupancy,
        "use": week.use,
        "hours_per_week": week.hours,
        "material": place.material,
        "density_g_per_cm3": place.density_g_per_cm3,
        "goal_uSv_per_h": answer.goal,
        "alternatives": {f"{name}_mm": mm for name, mm in read.items()},
    }
    emit("shieldcalc/barrier-industrial/1", {**asked, **answer_document(answer)})


@click.command("open-site")
@click.option("--kv", type=Kilovolts(), required=True, help='Tube potential, "300 kV".')
@click.option("--current", type=Quantity("current"), required=True, help='Tube current, "5 mA".')
@click.option("--limit", "limits", type=Quantity("dose_rate"), multiple=True, required=True,
              help='Dose rate at the boundary, "15 uSv/h"; repeat it for several.')  # fmt: skip
@click.option("--output", type=Quantity("output"), help='Output at 1 m by maker or measured, "20.9 mGy*m2/(mA*min)".')
@click.option("--filter", "filtered", help='Row of GBZ/T 250, Table B.1: "3 mm Al", "3 mm Cu", "0.5 mm Cu".')
@click.option("--leakage-rate", type=Quantity("dose_rate"), help='Leakage at 1 m, "5 mSv/h".')
@click.option("--scatter-constant", type=Number(), help="R0^2/(F alpha) of scatter; lower is more scatter.")
@click.option("--object", "in_beam", type=(str, Amount()), multiple=True, metavar="MATERIAL THICKNESS",
              help="A layer in the beam: the object, a beam stop.")  # fmt: skip
@click.option("--screen", type=(str, Amount()), multiple=True, metavar="MATERIAL THICKNESS",
              help="A layer around everything outside the beam.")  # fmt: skip
@click.option("--collimator", type=(str, Amount()), multiple=True, metavar="MATERIAL THICKNESS",
              help="A layer that holds back leakage outside the beam.")  # fmt: skip
@click.option("--shield", "shields", type=(Angle(), Angle(), str, Amount()), multiple=True,
              metavar="FROM TO MATERIAL THICKNESS",
              help="A layer between two directions, degrees from the beam axis: 60 120 lead 5mm.")  # fmt: skip
@click.option("--half-angle", type=Angle(), default=Usual("open_site_half_angle"), show_default=True,
              help="Half the opening of the beam.")  # fmt: skip
@click.option("--every", type=Angle(), default=Usual("open_site_step"), show_default=True,
              help="Step of the directions.")  # fmt: skip
@click.option("--picture", metavar="FILE.svg|.png", help="Draw the boundaries by direction.")
@click.option("--standard", type=OneOf([GBZT250, NCRP49, SRS47]), default=GBZT250, show_default=True,
              help="Tenth value layers; srs47 has steel.")  # fmt: skip
@json_flag
def open_site(kv: float, current: float, standard: str, as_json: bool, **given: Any) -> None:
    """Compute how far an industrial X-ray tube in the open reaches, in the beam, outside it and by direction.

    \b
    Example:
      shieldcalc barrier open-site --kv 250 --current "5 mA" --output "15 mGy*m2/(mA*min)" \\
        --limit "15 uSv/h" --limit "2.5 uSv/h" --object lead 8mm --shield 60 120 lead 5mm
    """
    from shieldcalc.methods.gbzt250.tube import tube
    from shieldcalc.physics.therapy.open_site import open_site as computed

    around = _around(kv, given)
    used = tube(kv, current, "open", _stated(given), given["filtered"])
    limits = [1e3 * limit for limit in given["limits"]]
    found = computed(document(standard), used, limits, around)
    if given["picture"]:
        _draw(given["picture"], found)
    if as_json:
        rates = {"in_beam": found.in_beam, "outside_beam": found.outside_beam}
        boundaries = [
            {"limit_uSv_per_h": each.limit, "in_beam_m": each.in_beam_m, "outside_beam_m": each.outside_beam_m}
            for each in found.boundaries
        ]
        told = {"standard": standard, "kv": kv, "current_mA": current, "output_mGy_m2_per_mA_min": used.output}
        told |= {"leakage_uSv_per_h": used.leakage, "scatter_constant": used.constant}
        told |= {"rate_at_1m_uSv_per_h": rates, "boundaries": boundaries}
        told |= {"half_angle_deg": around.half_deg}
        told["directions"] = [
            {"angle_deg": each.angle_deg, "rate_at_1m_uSv_per_h": each.rate, "radii_m": list(each.radii_m)}
            for each in found.directions
        ]
        closing = {"tables": list(found.tables), "warnings": notices(found.warnings)}
        steps = [step_document(step) for step in found.steps]
        emit("shieldcalc/barrier-open-site/1", {**told, **closing, "steps": steps})
        return
    from shieldcalc.units import significant

    for step in found.steps:
        click.echo(f"{in_words(step)}  [{step.source}]")
    for each in found.boundaries:
        beam, aside = significant(each.in_beam_m, 4), significant(each.outside_beam_m, 4)
        click.echo(f"{significant(each.limit, 4)} uSv/h: in the beam {beam} m, outside it {aside} m")
    click.echo("deg from the beam: m at " + ", ".join(f"{significant(limit, 4)} uSv/h" for limit in limits))
    for way in found.directions:
        click.echo(f"{way.angle_deg:6.1f}: " + ", ".join(significant(radius, 4) for radius in way.radii_m))
    for notice in found.warnings:
        click.echo(f"note: {notice.text()}")
    click.echo("tables: " + ", ".join(found.tables))


def _around(kv: float, given: dict[str, Any]) -> "Around":
    """Return what stands on the site; refuses lead equivalents, beams and steps wider than a turn."""
    from shieldcalc.physics.therapy.counted import Sheet
    from shieldcalc.physics.therapy.open_site import Around, Shield

    shields = given["shields"]
    asked = [*(each for key in ("in_beam", "screen", "collimator") for each in given[key]), *(s[2:] for s in shields)]
    marked = next((material for material, amount in asked if isinstance(amount, Marked)), None)
    if marked is not None:
        raise OutsideDataError("therapy_marked", material=marked, energy=f"{kv:g} kV")
    for option, value, least, most in (
        ("--half-angle", given["half_angle"], 0.0, 90.0),
        ("--every", given["every"], 1.0, 180.0),
        *(("--shield", angle, 0.0, 360.0) for each in shields for angle in each[:2]),
    ):
        if not least <= value <= most:
            raise OutsideDataError("therapy_directions", option=option, value=value, low=least, high=most)
    layers = {key: [Sheet(*each) for each in given[key]] for key in ("in_beam", "screen", "collimator")}
    sectors = [Shield(first, last, (Sheet(*layer),)) for first, last, *layer in shields]
    return Around(**layers, shields=sectors, half_deg=given["half_angle"], every_deg=given["every"])


def _draw(target: str, found: "Site") -> None:
    from shieldcalc.cli.files import Outputs
    from shieldcalc.reports.directions import directions_picture

    ending = next((each for each in (".svg", ".png") if target.lower().endswith(each)), None)
    if ending is None:
        raise OutsideDataError("therapy_picture", file=target, allowed=".svg, .png")
    drawing, outputs = directions_picture(found), Outputs(inputs=())
    if ending == ".svg":
        outputs.add(target, drawing.svg.encode())
    else:
        from shieldcalc.reports.pdf import picture as painted

        outputs.add(target, painted(drawing.svg, drawing.width_mm, drawing.height_mm))
    outputs.write()


def _stated(given: dict[str, Any]) -> dict[str, float | None]:
    leakage, output = given["leakage_rate"], given["output"]
    return {
        "output": None if output is None else OUTPUT_PER_MIN * output,
        "leakage": None if leakage is None else 1e3 * leakage,
        "constant": given["scatter_constant"],
    }
