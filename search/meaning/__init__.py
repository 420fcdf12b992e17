"""Compare questions and papers by sentence vectors, to rank the first hits by meaning too."""
