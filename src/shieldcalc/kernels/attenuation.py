"""Broad-beam transmission by Archer, Thornby and Bushong, Health Phys. 44 (1983) 507-517, and its inverse.

B(x) = [(1 + beta/alpha) exp(alpha gamma x) - beta/alpha]^(-1/gamma), x in mm, alpha and beta in 1/mm, gamma without
unit; NCRP Report No. 147 (2004), Eq. A.2 and A.3. Everything is computed as ln B: no thickness overflows, and B = 1 at
x = 0 exactly. Valid for alpha > 0, gamma > 0 and beta/alpha > -1, which makes B fall at every thickness.
"""

from math import exp, expm1, log1p

_EXP_IS_ALL = 30.0  # above it exp(L) + r equals exp(L) (1 + r exp(-L)) without loss, and stays finite in logarithms


def archer_log_transmission(x: float, alpha: float, beta: float, gamma: float) -> float:
    """Return ln B of thickness x >= 0 (mm): -alpha x - ln(1 - r (exp(-alpha gamma x) - 1)) / gamma, r = beta/alpha."""
    return -alpha * x - log1p(-beta / alpha * expm1(-alpha * gamma * x)) / gamma


def archer_transmission(x: float, alpha: float, beta: float, gamma: float) -> float:
    """Return B of thickness x >= 0 (mm); 0.0 where it is smaller than any float."""
    return exp(archer_log_transmission(x, alpha, beta, gamma))


def archer_thickness(log_transmission: float, alpha: float, beta: float, gamma: float) -> float:
    """Return the thickness (mm) whose ln B is ``log_transmission`` <= 0: ln((B^-gamma + r)/(1 + r)) / (alpha gamma)."""
    r = beta / alpha
    L = -gamma * log_transmission
    depth = log1p(expm1(L) / (1 + r)) if L < _EXP_IS_ALL else L + log1p(r * exp(-L)) - log1p(r)
    return depth / (alpha * gamma)
