"""The bare peer of ``rush``: a Django that writes the rows of one submission, and asks nothing but state and deadline.

It works on the product's own tables, indexes and database back end, so that what differs is the way there: no log-in,
no form token, no rules, no limits, no queue, no walls. Once through the models as one would write it, once in SQL by
hand with one cursor, which is about as lean as Django allows.
"""
