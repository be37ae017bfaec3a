"""Gamma sources by the point kernel: every source as what it emits, every layer by attenuation and buildup."""
