"""What the X-ray sources of a room give at any place: what the methods on rooms share. One file a topic.

=================  ==========================================================================
equations          every printed equation as one cited function
values             values of NCRP 147 and of ICRP 74 by name
kerma              air kerma per patient at 1 m, printed and rebuilt
ct                 air kerma at 1 m per CT scan, by DLP and by CTDI
techniques         output, scatter and leakage at a single tube potential
terms              the parts of a source's radiation: start, beam quality, strength, formulas
technique_terms    tubes at single potentials: protocols, and the maximum technique while the beam is on
ct_terms           CT scanners
field              all terms of a room, and their sum at any place
room               the worst places of every barrier and the doses there
yearly             every dose quantity at a point
components         one point: every component with its formulas
places             where beams meet the surface behind a barrier
require            what a barrier needs
rules              rules of our own for rooms
=================  ==========================================================================
"""
