"""What a correction or extension notice does to a published call: which call it means, which parts, and the outcome.

``asked`` is what a notice says, ``matching.propose`` finds the parts it means, ``applying.amended`` gives the changed
programme, ``calls.rank`` finds the call.
"""
