"""Put all or nothing in place, record what it was made from, and keep what was replaced."""
