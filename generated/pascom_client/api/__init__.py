# pyright: standard
"""Contains methods for accessing the API"""
