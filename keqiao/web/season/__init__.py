"""Plays programmes on generated units and people, through the same actions as people use."""
