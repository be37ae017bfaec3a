"""NCRP Report No. 151 (2005): rooms for megavoltage radiotherapy.

=========  ==================================================================
document   Tables B.2, B.4, B.5 and B.7: tenth value layers, scatter fractions
compute    a room of a design file: the method
maze       Tables B.8 and B.9: reflection of walls, neutrons of machines
=========  ==================================================================
"""
