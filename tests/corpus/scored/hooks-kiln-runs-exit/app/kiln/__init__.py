"""A pottery's kiln: firings follow each other, each recorded to a file of its own."""
