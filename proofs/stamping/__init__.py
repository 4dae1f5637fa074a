"""Stamped pages as they come back from offices: printed, sealed, photographed. No code of the reader."""
