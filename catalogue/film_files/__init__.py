"""Files with films in them, that members send and take along: what queues, lists and ratings have in common."""
