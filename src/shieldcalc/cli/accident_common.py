"""What the commands of the accident desk share: options, and the two ways to answer."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli import asking
from shieldcalc.cli.common import F, NuclideName, Quantity, emit, json_flag, notices
from shieldcalc.errors import Notice, OutsideDataError, UnknownNameError

if TYPE_CHECKING:
    from shieldcalc.accident.told import Part


class Coordinate(Quantity):
    """A place along an axis in mm, which may be negative."""

    def __init__(self) -> None:
        super().__init__("length", zero=True)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the value in mm; a usage error (exit code 2) says what is allowed."""
        text = str(value).strip()
        ahead = text.startswith("-")
        found = super().convert(text[1:] if ahead else value, param, ctx)
        return -found if ahead and not isinstance(value, float) else found


def answer_options(function: F) -> F:
    """Add ``--json`` and ``--lang``."""
    return json_flag(asking.language()(function))


def pieces_options(required: bool) -> Callable[[F], F]:
    """Add ``--nuclide`` and ``--activity``, repeatable in pairs, with ``--reference-date`` and ``--on``."""
    from shieldcalc.cli.gamma_options import Day

    def add(function: F) -> F:
        for option in (
            click.option("--on", type=Day(), metavar="DAY", help="Day of the question: activities are decayed to it."),
            click.option(
                "--reference-date", "references", type=Day(), multiple=True, metavar="DAY",
                help="Day of an activity, 2020-01-31; one for all, or one for each.",
            ),
            click.option(
                "--activity", "activities", type=Quantity("activity"), multiple=True, required=required,
                metavar="ACTIVITY", help='Its activity, for example "26 Ci"; one for each nuclide.',
            ),
            click.option(
                "--nuclide", "nuclides", type=NuclideName(), multiple=True, required=required, metavar="NAME",
                help="Radionuclide, for example Cs-137 or Am-241/Be; repeat it for several sources.",
            ),
        ):  # fmt: skip
            function = option(function)
        return function

    return add


def one_source_options(required: bool) -> Callable[[F], F]:
    """Add the options of one gamma source with its layers, as ``dose-rate`` has them."""
    from shieldcalc.cli.gamma_options import Day, density_option

    length = Quantity("length", zero=True)

    def add(function: F) -> F:
        function = density_option(function)
        for option in (
            click.option(
                "--layer", "layers", type=(str, length), multiple=True, metavar="MATERIAL THICKNESS",
                help='A layer round the source, lead "5 cm"; repeat it from the source outwards.',
            ),
            click.option("--no-daughters", is_flag=True, help="Without daughters, whatever they are."),
            click.option("--separated", type=Day(), metavar="DAY", help="Day when it was without daughters."),
            click.option("--on", type=Day(), metavar="DAY", help="Day of the question: the activity is decayed to it."),
            click.option("--reference-date", "reference", type=Day(), metavar="DAY", help="Day of that activity."),
            click.option(
                "--activity", type=Quantity("activity"), required=required, metavar="ACTIVITY",
                help='Its activity, for example "26 Ci".',
            ),
            click.option(
                "--nuclide", type=NuclideName(), required=required, metavar="NAME",
                help="Radionuclide of the source, Ir-192.",
            ),
        ):  # fmt: skip
            function = option(function)
        return function

    return add


def source_asked(asked: dict[str, Any], *, strict: bool = False) -> "tuple[Any, Any]":
    """Return the source of the options: its photons, and what it is where it emits neutrons.

    A day without a reference date is that of the law alone, and nothing decays; refused where ``strict``.
    """
    from shieldcalc.cli.dose_rate import source_of

    if asked["nuclide"] is None or asked["activity"] is None:
        raise OutsideDataError("accident.source_incomplete")
    rest = dict.fromkeys(("cutoff", "energy", "emission"))
    said = any(asked[name] is not None for name in ("reference", "separated"))
    dated = {"on": asked["on"] if strict or said else None}
    return source_of({**rest, **asked, **dated})


def pieces(
    nuclides: tuple[str, ...], activities: tuple[float, ...], references: tuple[int, ...], on: int | None
) -> "list[Any]":
    """Return the sources of the options; refuses lists of different lengths."""
    from shieldcalc.accident.categories import Piece

    if len(activities) != len(nuclides):
        raise OutsideDataError("accident.pairs", nuclides=len(nuclides), activities=len(activities))
    if len(references) not in (0, 1, len(nuclides)):
        raise OutsideDataError("accident.reference_dates", dates=len(references), nuclides=len(nuclides))
    days = references if len(references) == len(nuclides) else references * len(nuclides)
    every = days or (None,) * len(nuclides)
    return [Piece(*each, on) for each in zip(nuclides, activities, every, strict=True)]


def one_of(kind: str, name: str, allowed: Iterable[str]) -> str:
    """Return a name that is allowed; UnknownNameError with the nearest otherwise."""
    names = tuple(allowed)
    if name not in names:
        raise UnknownNameError(kind, name, names)
    return name


def place_of(text: str) -> str:
    """Return a place in the spelling of the data: "cn/guangxi" is CN/Guangxi."""
    known = {"guangxi": "Guangxi", "cn": "CN", "vn": "VN", "lao cai": "Lao Cai"}
    return "/".join(known.get(each.strip().lower(), each.strip()) for each in text.split("/"))


def speak(context: click.Context, language: str) -> str:
    """Return the language of the answer, kept for refusals too."""
    from shieldcalc.cli.language import known_language

    known = known_language(language)
    context.meta["shieldcalc.language"] = known
    return known


def answer(
    schema: str,
    document: Mapping[str, object],
    parts: "Iterable[Part]",
    how: tuple[bool, str],
    said: Iterable[Notice] = (),
    tables: Iterable[str] = (),
) -> None:
    """Write one JSON object, or the parts line by line; ``how`` is (as JSON, language)."""
    from shieldcalc.accident.told import text_lines
    from shieldcalc.tables import SHOWN, head

    as_json, language = how
    used, remarks = list(dict.fromkeys(tables)), list(said)
    if as_json:
        sources = [{"name": name, **{key: head(name)[key] for key in SHOWN}} for name in used]
        closing = {"tables": used, "sources": sources, "warnings": notices(remarks, language)}
        emit(f"shieldcalc/accident-{schema}/1", {"language": language, **document, **closing})
        return
    for line in text_lines(parts, language):
        click.echo(line)
    if remarks:
        click.echo("")
    for notice in remarks:
        click.echo(Notice("report.accident.note", {"text": notice.text(language)}).text(language))
