"""Runs that take longer than a suite may."""
