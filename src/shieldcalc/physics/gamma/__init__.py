"""Gamma sources of a room: what they give at a place, in air kerma and in H*(10); one file a topic.

=========  ===============================================================================
equations  every printed equation as one cited function
emitter    what a method says of one source: its rates at 1 m behind layers, its terms of radiation
emitters   which emitter a kind of source has where no gamma method is named: beside X-ray equipment
passing    what of a source's lines passes layers by the point kernel: air kerma and H*(10) at 1 m
sealed     sealed sources as emitters, exposed and shielded
presence   how many hours of a week people are at a place
field      the dose field of all emitters, in air kerma or in H*(10)
doses      every dose quantity at a point
require    what a barrier needs
room       a whole room, and a method made of a choice of emitters
=========  ===============================================================================
"""
