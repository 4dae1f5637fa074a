"""Words what a definition states, in Chinese and English: rules, targets, money, places, terms.

The sentences stand in ``keqiao/data/messages``. The public call page and the checks of a translation use them.
"""
