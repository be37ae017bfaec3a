"""Gamma sources: what they emit, what passes layers, what dose is left. Plain Python, data read as needed.

===============  ===================================================================================
elements         symbols, weights, formulas, compositions
materials        materials by name, NIST name, element, formula or composition
attenuation      NIST and XCOM coefficients of mixtures, both sides of edges
buildup          ANSI/ANS-6.4.3 geometric progression; equivalent_z for media without rows
layering         buildup of several layers by named rules
nuclides, chain  ICRP 107 nuclides; equilibrium daughters and Bateman
source           what a nuclide or a line emits per second
dose             air kerma, H*(10), effective dose, exposure per fluence
shield           layers and one line through them
point            dose rates of a point source
transmission     broad-beam transmission and its inverse
===============  ===================================================================================

Importing this package imports none of them.
"""
