"""What the proofs about submitting share: a database of its own, drafts that are ready, clients that press submit."""
