"""Plain forms of the fast code, frozen: both must give the same, and their times are printed side by side."""

from math import exp, log


def archer(x, alpha, beta, gamma):
    """Return B of thickness x in mm as NCRP 147 Eq. A.2 prints it."""
    return ((1 + beta / alpha) * exp(alpha * gamma * x) - beta / alpha) ** (-1 / gamma)


def archer_thickness(transmission, alpha, beta, gamma):
    """Return x in mm as NCRP 147 Eq. A.3 prints it."""
    ratio = beta / alpha
    return log((transmission**-gamma + ratio) / (1 + ratio)) / (alpha * gamma)


def layered(rows, layers):
    """Return the larger B of layers brought to lead and to concrete; ``rows`` are Archer parameters by material."""
    found = []
    for base in ("lead", "concrete"):
        total = sum(archer_thickness(archer(x, *rows[material]), *rows[base]) for material, x in layers)
        found.append(archer(total, *rows[base]))
    return max(found)


def worst(surface, totals, step):
    """Return the largest week, hour and rate on a grid over one surface."""
    p0, p1, q0, q1 = surface.box
    columns, rows = int((p1 - p0) / step), int((q1 - q0) / step)
    places = ((p0 + i * step, q0 + j * step) for i in range(columns + 1) for j in range(rows + 1))
    doses = [totals(surface.place(*place)) for place in places if surface.allowed(*place)]
    return tuple(max(each or 0.0 for each in column) for column in zip(*doses, strict=True))
