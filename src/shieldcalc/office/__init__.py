"""The regulator's office: many submissions verified into one ledger, the law judged again from it, what was found told.

find names submissions; basis says when one is done; pool and worker verify in processes of their own; rows and codec
turn what is found into rows; ledger keeps them; what_if judges stored facts; report, listing and follow_up tell and
record. No physics and no limit lives here.
"""
