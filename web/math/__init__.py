"""Write the formulas of titles and abstracts as MathML."""
