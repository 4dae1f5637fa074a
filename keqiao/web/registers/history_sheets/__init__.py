"""The history of the registers as tables: recognitions and terms, debarments, and the lines of the books."""
