"""address -> document as published: from a server or the disk, joined where it is in several files."""
