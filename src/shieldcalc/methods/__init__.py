"""The documents' methods, one folder each; they are independent of one another."""
