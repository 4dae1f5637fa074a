"""Dated facts about a party: recognitions, debarments, track record, holdings, platforms, society affairs."""
