import pickle
from pathlib import Path

from language import Language

words = {f"word{n}": [float((n * k) % 89) for k in range(30)] for n in range(20_000)}
with Path("english.pickle").open("wb") as file:
    pickle.dump(Language("english", words), file)
