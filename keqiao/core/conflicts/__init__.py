"""Who may not judge whom, and why (回避): named rules with their source over ties, parts and declared relations."""
