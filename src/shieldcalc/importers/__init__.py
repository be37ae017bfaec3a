"""What other programs wrote, as text for the design file: drawings (DXF), pictures (PNG), workbooks (Excel).

Each reader is bounded, evaluates nothing, and says what it assumed: the text carries ``CONFIRM`` where a person must
look.
"""
