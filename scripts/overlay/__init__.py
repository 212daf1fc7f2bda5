"""valid document -> with what we know and it does not say."""
