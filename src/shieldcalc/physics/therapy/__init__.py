"""Rooms for radiotherapy and industrial radiography: what the documents on them share. One file a topic.

==================  =====================================================================
equations           barriers: transmission, layers, rates, workloads; each printed equation
maze_equations      photons along a maze
neutron_equations   neutrons and capture gammas along a maze, doors, laminates, skyshine
energy              beam energies as people write them
grid                tables over energy and angle: neighbours and straight lines
layers              first and further tenth value layers, both ways
document            what a document (NCRP 151, SRS 47, NCRP 49, GBZ/T 250) has to tell
counted             layers as built: density, materials by mass, several materials
goal                weekly and yearly goals
barrier             one barrier without a design file
industrial          one barrier of an industrial X-ray room
maze                the door of a maze
==================  =====================================================================

Units: workloads Gy/week at 1 m, goals Sv/week, distances m, areas m2 (fields cm2), thicknesses mm.
"""
