"""The rule engine: a small typed tree of conditions, made into functions; reasons and changes on demand."""
