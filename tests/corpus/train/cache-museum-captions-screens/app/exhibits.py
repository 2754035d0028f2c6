import random

LANGUAGES = {
    "en": "bronze brooch found with two beads near the old ford in a grave of the late period",
    "da": "bronzefibel fundet med to perler ved det gamle vadested i en grav fra sen tid",
    "nl": "bronzen speld gevonden met twee kralen bij de oude voorde in een graf uit late tijd",
    "fi": "pronssisolki joka loytyi kahden helmen kanssa vanhan kahlaamon haudasta myohaiselta ajalta",
}


def _catalogue(count):
    """What the museum has to say about everything that it shows."""
    curator = random.Random(1683)
    exhibits = []
    for number in range(count):
        texts = {"number": number}
        for language, sample in LANGUAGES.items():
            texts[language] = f"{number}. " + " ".join(curator.choices(sample.split(), k=90))
        exhibits.append(texts)
    return exhibits


EXHIBITS = _catalogue(900)
