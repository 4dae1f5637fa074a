"""What other programs read and do: the same queries and actions as the pages, over HTTP and JSON, with tokens."""
