"""The point kernel twice more, frozen: a plain loop in Python and whole arrays in NumPy. Tests and benchmarks compare
with it.

Same algorithm, same tables, same layout of the arrays as ``shieldcalc.kernels.pointkernel.fluence_sums``, Broder's
rule; the buildup that a layer starts from is what the limit left of it.
"""

from math import exp, inf, pi, sqrt

import numpy as np

STEPS = 256  # intervals of the square root of the depth to 1


def _log_buildup(table, depth):
    place = min(sqrt(depth) * STEPS, len(table) - 1.000001)
    index = int(place)
    return table[index] + (place - index) * (table[index + 1] - table[index])


def _own(body, position):
    ox, oy, oz = (position[k] - body[1 + k] for k in range(3))
    return [body[4 + 3 * k] * ox + body[5 + 3 * k] * oy + body[6 + 3 * k] * oz for k in range(3)]


def _between(half, start, end):
    way = end - start
    if way == 0:
        return (-inf, inf) if -half <= start <= half else (1.0, 0.0)
    one, other = (-half - start) / way, (half - start) / way
    return min(one, other), max(one, other)


def _round(body, radius, start, end):
    weights = (1.0, 1.0, body[16])
    way = [b - a for a, b in zip(start, end, strict=True)]
    a = sum(w * d * d for w, d in zip(weights, way, strict=True))
    c = sum(w * o * o for w, o in zip(weights, start, strict=True)) - radius * radius
    if a == 0:
        low, high = (-inf, inf) if c < 0 else (1.0, 0.0)
    else:
        b = sum(w * o * d for w, o, d in zip(weights, start, way, strict=True))
        inside = b * b - a * c
        if inside <= 0:
            return 1.0, 1.0
        low, high = (-b - sqrt(inside)) / a, (-b + sqrt(inside)) / a
    z0, z1 = _between(body[14], start[2], end[2])
    low, high = max(low, z0, 0.0), min(high, z1, 1.0)
    return low, max(low, high)


def pieces(body, source, point):
    """Return the parts (t from, t to) of the line from source to point inside one body."""
    start, end = _own(body, source), _own(body, point)
    if body[0] == 0.0:
        spans = [_between(body[13 + k], start[k], end[k]) for k in range(3)]
        low, high = max(0.0, *(s[0] for s in spans)), min(1.0, *(s[1] for s in spans))
        return [(low, high)] if high > low else []
    low, high = _round(body, body[13], start, end)
    if high <= low:
        return []
    hole = _round(body, body[15], start, end) if body[15] > 0 else (1.0, 1.0)
    if hole[1] <= hole[0]:
        return [(low, high)]
    return [(a, b) for a, b in ((low, hole[0]), (hole[1], high)) if b > a]


def _layers(hits):
    """Return (length, material) of pieces (t from, t to, material) in order, neighbours of one material as one."""
    found = []
    for low, high, m in sorted(hits):
        if found and found[-1][1] == m:
            found[-1][0] += high - low
        else:
            found.append([high - low, m])
    return found


def plain_sums(points, sources, strength, bodies, material_of, mu, table):
    """Return [point][energy] = (uncollided, total, unlimited), all in a plain loop; arrays as nested lists."""
    energies = len(mu[0])
    answer = []
    for point in points:
        sums = [[0.0, 0.0, 0.0] for _ in range(energies)]
        for s, source in enumerate(sources):
            square = sum((a - b) ** 2 for a, b in zip(source, point, strict=True))
            distance = sqrt(square)
            hits = _layers(
                (low, high, m)
                for body, m in zip(bodies, material_of, strict=True)
                for low, high in pieces(body, source, point)
            )
            for e in range(energies):
                amount = strength[e][s] / (4 * pi * square)
                depth, factor, over, least, through = 0.0, 1.0, 0.0, 1.0, 1.0
                for length, m in hits:
                    before, depth = depth, depth + mu[m][e] * length * distance
                    factor += exp(_log_buildup(table[m][e], depth)) - exp(_log_buildup(table[m][e], before))
                    through = exp(-depth)
                    least = min(least, factor * through)
                    wanted, factor = factor, min(factor, least / through)
                    over += wanted - factor
                sums[e][0] += amount * through
                sums[e][1] += amount * least
                sums[e][2] += amount * (least + over * through)
        answer.append(sums)
    return answer


def _pieces_of_all(body, start, end):
    """Return near and far of one body for all lines (rows of 3)."""
    rotation = body[4:13].reshape(3, 3)
    own, goal = (start - body[1:4]) @ rotation.T, (end - body[1:4]) @ rotation.T
    way = goal - own
    way = np.where(np.abs(way) > 1e-30, way, 1e-30)
    if body[0] == 0.0:
        one, other = (-body[13:16] - own) / way, (body[13:16] - own) / way
        low = np.maximum(np.minimum(one, other).max(axis=1), 0.0)
        high = np.minimum(np.maximum(one, other).min(axis=1), 1.0)
        return [(low, np.maximum(low, high))]
    z = np.sort(np.stack([(-body[14] - own[:, 2]) / way[:, 2], (body[14] - own[:, 2]) / way[:, 2]]), axis=0)
    weight = np.array([1.0, 1.0, body[16]])
    a, b = (weight * way * way).sum(axis=1), (weight * own * way).sum(axis=1)

    def cut(radius):
        inside = np.sqrt(np.maximum(b * b - a * ((weight * own * own).sum(axis=1) - radius * radius), 0.0))
        low = np.maximum(np.maximum((-b - inside) / a, z[0]), 0.0)
        return low, np.maximum(low, np.minimum(np.minimum((-b + inside) / a, z[1]), 1.0))

    low, high = cut(body[13])
    if body[15] <= 0.0:
        return [(low, high)]
    enter, leave = cut(body[15])
    hit = leave > enter
    return [(low, np.where(hit, np.maximum(enter, low), high)), (np.where(hit, leave, high), high)]


def numpy_sums(points, sources, strength, bodies, material_of, mu, table):
    """Return an array (points, energies, 3) of (uncollided, total, unlimited), whole arrays of sources at once."""
    _, energies, size = table.shape
    flat, row = table.ravel(), np.arange(energies)[:, None]
    answer = np.empty((len(points), energies, 3))

    def buildup(m, depth):
        place = np.minimum(np.sqrt(depth) * STEPS, size - 1.000001)
        index = place.astype(np.int64)
        first = (m * energies + row) * size + index
        low = flat[first]
        return np.exp(low + (place - index) * (flat[first + 1] - low))

    for p, point in enumerate(points):
        square = ((sources - point) ** 2).sum(axis=1)
        found = [
            (*piece, m)
            for body, m in zip(bodies, material_of, strict=True)
            for piece in _pieces_of_all(body, sources, point)
            if np.any(piece[1] > piece[0])
        ]
        depth, factor = np.zeros((energies, len(sources))), np.ones((energies, len(sources)))
        over, least, through = np.zeros_like(factor), factor, factor
        if found:
            near, far = np.stack([f[0] for f in found]), np.stack([f[1] for f in found])
            order = np.argsort(np.where(far > near, near, np.inf), axis=0, kind="stable")
            length = np.take_along_axis((far - near) * np.sqrt(square), order, axis=0)
            stuff = np.array([f[2] for f in found])[order]
            for k in range(len(found) - 1):  # neighbours of one material are one layer
                joined = np.where((stuff[k] == stuff[k + 1]) & (length[k + 1] > 0), length[k], 0.0)
                length[k], length[k + 1] = length[k] - joined, length[k + 1] + joined
            for k in range(len(found)):
                before, depth = depth, depth + mu[stuff[k]].T * length[k]
                factor = factor + buildup(stuff[k], depth) - buildup(stuff[k], before)
                through, wanted = np.exp(-depth), factor
                least = np.minimum(least, wanted * through)
                factor = np.minimum(wanted, least / through)
                over = over + wanted - factor
        amount = strength / (4 * np.pi * square)
        answer[p, :, 0] = (amount * through).sum(axis=1)
        answer[p, :, 1] = (amount * least).sum(axis=1)
        answer[p, :, 2] = (amount * (least + over * through)).sum(axis=1)
    return answer
