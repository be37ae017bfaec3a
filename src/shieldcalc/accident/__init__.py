"""Radiation accidents: category of sources, grade, deadlines, cordon, doses, threat group, reports."""
