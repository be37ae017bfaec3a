"""AAPM Task Group 108 (Madsen et al., Med. Phys. 33 (2006) 4-15): rooms of positron emission tomography.

==========  ==================================================================
equations   every printed equation as one cited function
values      constants of nuclides, design values, transmission of 511 keV
barrier     one barrier from activity and patients to a thickness
==========  ==================================================================
"""
