"""The outbox: messages wait here until their transaction has committed, then each goes to one recipient."""
