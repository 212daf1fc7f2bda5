"""What a document offers, whoever's it is: its services, their values and requests. Nothing here knows a terminal."""
