"""The rule engine: a small typed tree of conditions, made into functions; its reasons on demand."""
