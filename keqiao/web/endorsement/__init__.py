"""The way of applications through those who endorse them: queues, quotas, opinions, order, batches (推荐上报)."""
