"""Rooms for radiotherapy and industrial radiography: what the documents on them share. One file a topic.

====================  ===================================================================
equations             barriers: transmission, layers, rates, workloads; each printed equation
maze_equations        photons along a maze
neutron_equations     neutrons and capture gammas along a maze, doors, laminates, skyshine
industrial_equations  industrial X-ray rooms
energy                beam energies as people write them
grid                  tables over energy and angle: neighbours and straight lines
rules                 constants of documents, rules of this program
layers                first and further tenth value layers, both ways
document              what a document tells of beams
maze_data             what a document tells of mazes
counted               layers as built: density, materials by mass, several materials
goal                  weekly and yearly goals
parts                 what a barrier needs against parts of a beam; the two-source rule
barrier               one barrier of a megavoltage or orthovoltage room
industrial            one barrier of an industrial X-ray room
curves                attenuation curves of tubes read from figures
open_site             industrial X rays in the open
maze                  photons at the door of a maze
maze_neutrons         neutrons and capture gammas there
door                  the layers of that door
laminate              neutrons made in a laminated barrier
skyshine              photons over a thin roof
rotation              rooms of design files: how a place lies to the gantry; the belt
machine               what an accelerator gives out in such a room
groups                parts that reach every place along the same lines with one gain
turned                what reaches a place from an accelerator that turns
room_field            the doses there, behind its walls
room_equations        the equations of barriers solved for the dose
====================  ===================================================================

Units: workloads Gy/week at 1 m, goals Sv/week, distances m, areas m2 (fields cm2), thicknesses mm.
"""
