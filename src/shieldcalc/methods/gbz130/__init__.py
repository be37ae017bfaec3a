"""GBZ 130-2020 (China), the practice of its evaluation bodies: beam-on rates, lead equivalents, doses by beam-on hours.

=================  ==========================================================================
equations          beam-on time, and what follows from rate and time
values             numbers of the standard by name, the rows of Annex C as far as they are inferred
hours              beam-on time a week of each beam
scene_sources      what each source gives: beam-on rates with their hours; in fluoroscopy alone
lead               what each barrier is worth in lead against each source
doses              every dose quantity at a point
compute            a whole room
=================  ==========================================================================
"""
