"""The version, in the one place that packaging and the User-Agent share."""

__version__ = "0.1.0"
