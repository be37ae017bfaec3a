"""Gamma sources of a room: what they give at a place, in air kerma and in H*(10); one file a topic.

=============  ===============================================================================
equations      every printed equation as one cited function
emitter        what a method says of one source: its rates at 1 m behind layers, its terms of radiation
emitters       which emitter a kind of source has where no gamma method is named: beside X-ray equipment
passing        what of a source's lines passes layers by the point kernel: air kerma and H*(10) at 1 m
betas          what is bounded of the bremsstrahlung of beta emitters
sealed         sealed sources and unsealed activity as emitters, exposed and shielded
sky            whether skyshine over a thin roof may matter
brachytherapy  sources of an afterloading unit, out of their safe and at rest
patients       patients with radiopharmaceuticals as emitters; patient_equations, constants and measured are theirs
emission       what a source's nuclide emits, with what is refused
told           what has to be said of layers
presence       how many hours of a week people are at a place
field          the dose field of all emitters, in air kerma or in H*(10)
doses          every dose quantity at a point
require        what a barrier needs
containers     rates around containers and the transport index
open_site      how far a limit reaches on an open site
room           a whole room, and a method made of a choice of emitters
=============  ===============================================================================
"""
