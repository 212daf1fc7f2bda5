"""What is run around the documentation site: its pages of services, and the look at what was built."""
