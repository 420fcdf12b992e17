"""Print results and reports in a terminal."""
