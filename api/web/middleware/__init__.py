"""What every request passes through: keys, rates, queues, metrics, its line in the log."""
