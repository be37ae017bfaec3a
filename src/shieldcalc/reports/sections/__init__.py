"""The sections of a report, each made from an assessment by functions that return blocks."""
