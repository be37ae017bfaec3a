"""The picture under the walls of the plan: placed, turned and scaled, pale, cut off at the edge of the sheet."""

from collections.abc import Callable

from shieldcalc.model.background import Background
from shieldcalc.model.design import Xy

_PALE = 0.5


def picture(background: Background, at: Callable[[Xy], Xy], scale: int, sheet: Xy) -> str:
    """Return the picture as SVG in mm of paper; ``at`` turns metres into places on it, the scale is 1 : ``scale``."""
    x, y = at(background.at)

    from base64 import b64encode

    per_px = background.metres_per_px * 1e3 / scale
    wide, high = background.size_px
    (px, py), data = background.point_px, b64encode(background.png).decode()
    turn = f"rotate({-background.turn_deg + 0.0:.4f})"
    place = f"translate({x:.3f},{y:.3f}) {turn} scale({per_px:.8g}) translate({-px:g},{-py:g})"
    image = (
        f'<image transform="{place}" width="{wide}" height="{high}" opacity="{_PALE}" preserveAspectRatio="none"'
        f' href="data:image/png;base64,{data}"/>'
    )
    return f'<svg x="0" y="0" width="{sheet[0]:.2f}" height="{sheet[1]:.2f}" overflow="hidden">{image}</svg>'
