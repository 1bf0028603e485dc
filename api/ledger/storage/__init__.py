"""The database: connected to, copied, compressed, its faults and replicas."""
