"""Where in the design file the reason of a method's refusal stands: a source's figure, else a barrier's material."""

from collections.abc import Iterable, Iterator, Mapping

from shieldcalc.errors import InputError, OutsideDataError, Problem
from shieldcalc.model.design import Design, Layer, Source
from shieldcalc.model.neighbours import APART

SAID_OF_A_SOURCE = ("kv", "value", "rate")


def located(designs: Iterable[Design], own: str, refused: OutsideDataError) -> InputError:
    """Return a refusal with file, line and key: of the figure that it quotes, else of the material that it names.

    Looked for in the first design, then in those of the other rooms of its site, whose sources are named room/source;
    ``own`` is the first room's name there. With neither in a file the refusal has the first file alone.
    """
    first, *others = designs
    room, _, source = str(refused.params.get("source", "")).rpartition(APART)
    params = {**refused.params, "source": source} if source else refused.params
    ordered = [first, *others] if room in ("", own) else [*others, first]
    for design in ordered:
        key = next(iter(_keys(design, params)), "")
        if key:
            line = next((design.lines[above] for above in _upwards(key) if above in design.lines), None)
            return InputError([Problem(design.file, line, key, refused.code, params)])
    return InputError([Problem(first.file, None, "", refused.code, params)])


def _keys(design: Design, params: Mapping[str, object]) -> list[str]:
    own = f".{params['own_key']}" if "own_key" in params else ""
    return [
        *(f"source.{n}{own}" for n, source in enumerate(design.sources, 1) if source.id == params.get("source")),
        *(key for key, figure in _figures(design) if f"{figure:g}" in [params.get(name) for name in SAID_OF_A_SOURCE]),
        *(key for key, layer in _layers(design) if layer.material == params.get("material")),
    ]


def _upwards(key: str) -> Iterator[str]:
    while key:
        yield key
        key = key.rpartition(".")[0]


def _figures(design: Design) -> Iterator[tuple[str, float]]:
    for number, source in enumerate(design.sources, 1):
        for key, figure in _of_source(source):
            if figure is not None:
                yield f"source.{number}.{key}", figure


def _of_source(source: Source) -> Iterator[tuple[str, float | None]]:
    yield "kv", source.ct_kv
    yield from ((f"protocol.{n}.kv", protocol.kv) for n, protocol in enumerate(source.protocols, 1))
    if source.kap is not None:
        yield "kap.kv", source.kap.kv
    if source.leakage is not None:
        yield "leakage.rate", source.leakage.rate_mGy_per_h
        yield "leakage.kv", source.leakage.kv
    yield from ((f"output.{n}.kv", output.kv) for n, output in enumerate(source.outputs, 1))
    yield "filtration", source.filtration_mmAl


def _layers(design: Design) -> Iterator[tuple[str, Layer]]:
    """Yield (key, layer) of everything that is built of layers."""
    kinds = ("door", "window", "control_window")
    groups = {
        "wall": [wall.layers for wall in design.walls],
        **{kind: [each.layers for each in design.openings if each.kind == kind] for kind in kinds},
        "screen": [screen.layers for screen in design.screens],
    }
    stacks = [(f"{kind}.{n}", layers) for kind, group in groups.items() for n, layers in enumerate(group, 1)]
    slabs = [(slab.kind, slab.layers) for slab in (design.floor, design.ceiling) if slab is not None]
    for key, layers in (*stacks, *slabs):
        yield from ((f"{key}.layers.{n}.material", layer) for n, layer in enumerate(layers, 1))
