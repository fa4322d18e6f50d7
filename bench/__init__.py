"""How fast Kinopost is, measured side by side with the least a Django site can do. See README.md."""
