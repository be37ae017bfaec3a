"""IAEA Safety Reports Series No. 47 (2006): rooms for brachytherapy and accelerators; one file a topic.

=========  ==================================================================
equations  every printed equation as one cited function
values     Tables 20 to 22 and the rules around them
layers     transmission and thickness by half and tenth value layers
barrier    one barrier without a design file
transmit   transmission of the layers of a design, the point kernel beside it
compute    a whole room, and the method itself
megavolts  Tables 4, 5, 11 to 14 and 18: layers and scatter fractions of accelerators, cobalt and tubes
mazes      Tables 6 to 10: reflection of walls, the beam behind the patient, neutrons of machines
maze_door  the maze of a brachytherapy room: one reflection, lead of the door
room_maze  the same in a design, from its plan
=========  ==================================================================
"""
