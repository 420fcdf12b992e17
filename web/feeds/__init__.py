"""Write Atom feeds."""
