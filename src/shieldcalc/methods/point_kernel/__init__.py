"""Sealed gamma sources by the point kernel: one file a topic.

=========  ===============================================================================
equations  every printed equation as one cited function
passing    what of a source's lines passes layers: air kerma and H*(10) at 1 m
terms      sealed sources as terms of radiation, exposed and shielded
presence   how many hours of a week people are at a place
field      the dose field of sealed sources, in air kerma or in H*(10)
doses      every dose quantity at a point
compute    a whole room
require    what a barrier needs
=========  ===============================================================================
"""
