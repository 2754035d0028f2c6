"""Tours from hut to hut for an alpine club."""
