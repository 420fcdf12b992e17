"""Read the files of each source and turn their records into raw records."""
