"""The regulator's desk: read one submission safely, recompute it, judge its claims and readings, say the outcome.

archive, names and manifest read a submission; claims and survey say what the applicant states; run composes what
``assess`` computes with claimed, readings, plausible, sensitivity and checklist; outcome weighs it; compare sets two
designs side by side. No physics and no limit lives here.
"""
