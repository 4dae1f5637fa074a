"""Plays programmes on generated units and people, through the same actions as people use.

``drawing`` draws a *world* (``world.py``): plain values, the same for the same seed, place and day. ``stages`` bring it
into the rooms below, one stage after the other; ``playing`` runs them. Each later part of the product adds its stage.
"""
