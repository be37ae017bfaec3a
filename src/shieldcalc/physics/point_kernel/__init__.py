"""The point kernel on scenes: bodies and sources as arrays, sums over point sources, integrals over extended ones.

Only ``arrays``, ``cells``, ``integral`` and ``field`` need numpy; import them inside the function that computes.
"""
