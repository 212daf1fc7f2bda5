"""One document of all that are an instance's: its page may list one for each module."""
