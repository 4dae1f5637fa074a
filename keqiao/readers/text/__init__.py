"""Reads plain text in the encodings offices use, tables laid out with tabs included."""
