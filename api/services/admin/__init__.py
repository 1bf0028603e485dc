"""What operators ask for: keys, metrics, readiness, exports, copies, seeds."""
