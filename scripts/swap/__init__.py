"""Put in place all or nothing, note what it was made from, and keep what was replaced."""
