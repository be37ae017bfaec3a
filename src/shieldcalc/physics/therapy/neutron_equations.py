"""Neutrons and capture gammas of megavoltage rooms, doors, laminates, skyshine: each printed equation one function.

Symbols: ``Q_n`` neutrons per Gy at the isocentre, ``beta`` transmission of the head for neutrons, ``S_r`` surface of
the room m2, ``d_1`` isocentre to the inner end of the maze, ``d_2`` length of the maze m, ``S_0`` and ``S_1`` cross
sections of the inner maze opening and of the maze m2, ``TVD`` tenth value distance m, ``W_L`` Gy/week.
"""

from math import cos, log, pi, radians, sqrt

from shieldcalc.model.trace import equation

_FLUENCE = "NCRP 151 (2005), equation 2.16; IAEA SRS 47 (2006), equation 23"
_CAPTURE = "NCRP 151 (2005), equations 2.15 and 2.17; IAEA SRS 47 (2006), equations 24 and 25"
_KERSEY = "NCRP 151 (2005), equation 2.18; IAEA SRS 47 (2006), Section 5.8: Kersey"
_WU = "NCRP 151 (2005), equations 2.19 to 2.21; IAEA SRS 47 (2006), equation 29: Wu and McGinley"
_DOOR = "NCRP 151 (2005), Section 2.4; IAEA SRS 47 (2006), Section 6.3.3.4"
_LAMINATE = "NCRP 151 (2005), Section 2.2.1.3: McGinley's laminates; first power of the distance recalled"
_SKY = "NCRP 151 (2005), equation 5.1; McGinley (2002)"


@equation("S_r", "2 * (d_L * d_W + h * d_L + h * d_W)", "m2", _FLUENCE)
def room_surface(d_L: float, d_W: float, h: float) -> float:
    """Return the surface of a room without its maze by mean length, width and height in m."""
    return 2 * (d_L * d_W + h * d_L + h * d_W)


@equation(
    "phi_A",
    "beta * Q_n / (Omega * d_1**2) + 2 * c_s * beta * Q_n / (Omega * S_r) + 2 * c_t * Q_n / (Omega * S_r)",
    "1/(m2 Gy)",
    _FLUENCE,
)
def fluence(beta: float, Q_n: float, d_1: float, c_s: float, c_t: float, S_r: float, Omega: float = 4 * pi) -> float:
    """Return direct, scattered and thermal neutrons per m2 and Gy at the inner maze end; ``Omega``: 4 pi sr."""
    return beta * Q_n / (Omega * d_1**2) + 2 * c_s * beta * Q_n / (Omega * S_r) + 2 * c_t * Q_n / (Omega * S_r)


@equation("h_cg", "K * phi_A * 10**(-d_2 / TVD)", "Sv/Gy", _CAPTURE)
def capture_gamma(K: float, phi_A: float, d_2: float, TVD: float) -> float:
    """Return the dose by capture gammas at the outer end of the maze."""
    return float(K * phi_A * 10 ** (-d_2 / TVD))


@equation("H_cg", "W_L * h_cg", "Sv/week", _CAPTURE)
def capture_gamma_week(W_L: float, h_cg: float) -> float:
    """Return the capture gammas of a week."""
    return W_L * h_cg


@equation("h_n", "H_0 * (S_0 / S_1) * (d_0 / d_1)**2 * 10**(-d_2 / TVD)", "Sv/Gy", _KERSEY)
def kersey(H_0: float, S_0: float, S_1: float, d_0: float, d_1: float, d_2: float, TVD: float) -> float:
    """Return neutrons at the outer end of the maze by Kersey; ``H_0`` Sv/Gy at ``d_0`` m from the target."""
    return float(H_0 * (S_0 / S_1) * (d_0 / d_1) ** 2 * 10 ** (-d_2 / TVD))


@equation("h_n", "c_b * H_0 * (S_0 / S_1) * (d_0 / d_1)**2 * 10**(-(d_2 + d_3) / TVD)", "Sv/Gy", _KERSEY)
def kersey_second_bend(
    c_b: float, H_0: float, S_0: float, S_1: float, d_0: float, d_1: float, d_2: float, d_3: float, TVD: float
) -> float:
    """Return ``kersey`` behind a second leg of ``d_3`` m; ``c_b`` (1/3) of the bend, SRS 47."""
    return float(c_b * H_0 * (S_0 / S_1) * (d_0 / d_1) ** 2 * 10 ** (-(d_2 + d_3) / TVD))


@equation("TVD", "c_T * sqrt(S_1)", "m", _WU)
def neutron_tvd(c_T: float, S_1: float) -> float:
    """Return the tenth value distance of neutrons in a maze of cross section S_1."""
    return c_T * sqrt(S_1)


@equation("h_n", "c_w * phi_A * sqrt(S_0 / S_1) * (c_1 * 10**(-d_2 / TVD_1) + 10**(-d_2 / TVD))", "Sv/Gy", _WU)
def modified_kersey(
    c_w: float, phi_A: float, S_0: float, S_1: float, c_1: float, d_2: float, TVD_1: float, TVD: float
) -> float:
    """Return neutrons at the outer end of the maze by Wu and McGinley: with the root of S_0/S_1."""
    return float(c_w * phi_A * sqrt(S_0 / S_1) * (c_1 * 10 ** (-d_2 / TVD_1) + 10 ** (-d_2 / TVD)))


@equation("H_n", "W_L * h_n", "Sv/week", _WU)
def neutrons_week(W_L: float, h_n: float) -> float:
    """Return the neutrons of a week."""
    return W_L * h_n


@equation("H_w", "H_tot + H_cg + H_n", "Sv/week", "NCRP 151 (2005), equation 2.22; IAEA SRS 47 (2006), Section 6.3.3")
def at_the_door(H_tot: float, H_cg: float, H_n: float) -> float:
    """Return photons, capture gammas and neutrons at the door."""
    return H_tot + H_cg + H_n


@equation("x", "TVL * log(H / P) / log(10)", "mm", _DOOR)
def door_layer(TVL: float, H: float, P: float) -> float:
    """Return the layer of a door that brings H to P; H above P."""
    return TVL * log(H / P) / log(10)


@equation("H", "T * (H_cg * 10**(-x / TVL_c) + H_tot * 10**(-x / TVL_s))", "Sv/week", _DOOR)
def behind_lead(T: float, H_cg: float, x: float, TVL_c: float, H_tot: float, TVL_s: float) -> float:
    """Return capture gammas and scattered photons behind ``x`` mm of lead, each with its own tenth value layer."""
    return float(T * (H_cg * 10 ** (-x / TVL_c) + H_tot * 10 ** (-x / TVL_s)))


@equation("H", "T * H_n * 10**(-x / TVL)", "Sv/week", _DOOR)
def behind_polyethylene(T: float, H_n: float, x: float, TVL: float) -> float:
    """Return neutrons behind ``x`` mm of borated polyethylene."""
    return float(T * H_n * 10 ** (-x / TVL))


@equation(
    "H_n", "D_0 * R * F_max / (t_m / 2 + t_2 + 0.3) * 10**(-t_1 / TVL_x) * 10**(-t_2 / TVL_n)", "uSv/week", _LAMINATE
)
def laminate_neutrons(
    D_0: float, R: float, F_max: float, t_m: float, t_1: float, t_2: float, TVL_x: float, TVL_n: float
) -> float:
    """Return neutrons made in metal of ``t_m`` m between concrete of ``t_1`` (inside) and ``t_2`` m (outside).

    ``D_0`` cGy/week at the isocentre, ``R`` uSv/(cGy m2), ``F_max`` m2 at the isocentre, TVL in m.
    """
    return float(D_0 * R * F_max / (t_m / 2 + t_2 + 0.3) * 10 ** (-t_1 / TVL_x) * 10 ** (-t_2 / TVL_n))


@equation(
    "H_n", "D_0 * R * F_max / (t_m / 2 + t_2 + 0.3)**2 * 10**(-t_1 / TVL_x) * 10**(-t_2 / TVL_n)", "uSv/week",
    f"{_LAMINATE}; in the other reading of the distance",
)  # fmt: skip
def laminate_neutrons_squared(
    D_0: float, R: float, F_max: float, t_m: float, t_1: float, t_2: float, TVL_x: float, TVL_n: float
) -> float:
    """Return ``laminate_neutrons`` by the second power of the distance: more within 1 m."""
    return float(D_0 * R * F_max / (t_m / 2 + t_2 + 0.3) ** 2 * 10 ** (-t_1 / TVL_x) * 10 ** (-t_2 / TVL_n))


@equation("Omega", "2 * pi * (1 - cos(radians(theta)))", "sr", _SKY)
def solid_angle(theta: float) -> float:
    """Return the solid angle of a cone of half-angle ``theta`` in degrees."""
    return 2 * pi * (1 - cos(radians(theta)))


@equation("H_sky", "c_k * B * DR_0 * Omega**1.3 / (d_i * d_s)**2", "uSv/h", _SKY)
def skyshine_photons(c_k: float, B: float, DR_0: float, Omega: float, d_i: float, d_s: float) -> float:
    """Return photon skyshine: ``DR_0`` Gy/h at 1 m, ``B`` of the roof, ``d_i`` target to 2 m above the roof."""
    return float(c_k * B * DR_0 * Omega**1.3 / (d_i * d_s) ** 2)
