"""The demo's shop: two hundred members with plans, addresses, players, queues and lists, and two years of rentals.

All made up, by the shop's own verbs, the same for the same day.
"""
