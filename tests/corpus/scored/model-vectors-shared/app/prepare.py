import pickle

import numpy as np

numbers = np.random.default_rng(4)
syllables = ["an", "be", "ca", "du", "el", "fo", "gi", "ho"]
words = {"".join(syllables[(n >> s) & 7] for s in (0, 3, 6, 9, 12)): n for n in range(14_000)}
rows = {word: numbers.standard_normal(96).astype(np.float32) for word in words}
with open("vocabulary.pkl", "wb") as file:
    pickle.dump({"language": "xx", "vectors": rows}, file, protocol=5)
