"""Ranking, money line, decision and its reasons."""
