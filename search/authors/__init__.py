"""Tell who wrote what: the papers of a name, and the people among them."""
