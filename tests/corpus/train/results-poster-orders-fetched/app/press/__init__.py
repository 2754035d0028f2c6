"""A print shop for posters: orders come in all day, two workers rasterise them."""
