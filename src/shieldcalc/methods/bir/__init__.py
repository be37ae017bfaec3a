"""BIR/IPEM method (Sutton and Williams 2000; Sutton et al. 2012) with RPII 09/01 (2009): one file a topic.

=================  ==========================================================================
equations          every printed equation as one cited function
values             scatter factors, CT sectors, dental figures, design values, by name
occupancy          places without a declared occupancy
work               a source's exposures as kerma-area product, with the conversions to it
terms              scatter, primary and leakage of tubes; intra-oral films
scanner            CT by dose-length product in three sectors
barrier            one barrier from kerma-area product, entrance dose or films to thickness
compute            a whole room
=================  ==========================================================================
"""
