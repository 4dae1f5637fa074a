"""The quantity grammar: numbers with their meaning, each with its span in the normalised text."""
