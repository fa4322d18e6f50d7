"""A member's own ratings as files: written, read back, and read from elsewhere."""
