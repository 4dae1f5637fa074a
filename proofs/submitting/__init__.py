"""What the proofs about submitting share: a database of its own, drafts that are ready, clients that press submit."""

SAID = "按时写下的内容"
"""What the drafts say at first."""
