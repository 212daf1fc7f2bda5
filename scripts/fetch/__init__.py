"""Bytes from a server, and what they mean: HTTP, encodings, JSON and YAML."""
