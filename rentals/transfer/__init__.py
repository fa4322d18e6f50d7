"""Queues and lists as files: written, read back, and read from elsewhere."""
