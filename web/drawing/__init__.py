"""Draw a slice of the research graph as SVG, as a list and as GraphML."""
