"""How results look in a notebook, a page and a picture. Only this layer knows plotly and widgets."""
