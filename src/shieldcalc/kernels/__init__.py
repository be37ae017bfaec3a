"""Formulas on bare floats in stated units; importing this package imports nothing."""
