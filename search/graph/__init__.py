"""Select the papers, people, topics and institutions around one of them."""
