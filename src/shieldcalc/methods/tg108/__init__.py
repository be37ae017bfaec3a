"""AAPM Task Group 108 (Madsen et al., Med. Phys. 33 (2006) 4-15): rooms of positron emission tomography.

=======  ===================================================================================
compute  the method on rooms: patients, unsealed and sealed sources
values   transmission of 511 keV
barrier  one barrier from activity and patients to a thickness
patient  transmission of other nuclides, for one barrier
=======  ===================================================================================

The equations are in ``physics.gamma.patient_equations``, the constants in ``physics.gamma.constants``.
"""
