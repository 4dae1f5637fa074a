"""Reads PDF files with a text layer: lines joined into paragraphs, ruled tables with merged cells."""
