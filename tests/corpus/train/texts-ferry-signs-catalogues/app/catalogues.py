"""Compiles the catalogues of the signs, one for each language."""

import random
import struct
from pathlib import Path

WORDS = {
    "nb": "ferga kaia avgang ankomst forsinka dekk bil reisende vind storm brygge tur retur rute".split(),
    "de": "Schiff Anleger Abfahrt Ankunft Verzug Deck Wagen Gast Wind Sturm Hafen Fahrt Plan Linie".split(),
    "fi": "lautta laituri lasku tulo viive kansi auto matka tuuli myrsky satama reitti vuoro linja".split(),
    "pl": "prom przystań odpływ przybycie zwłoka pokład auto gość wiatr sztorm port kurs plan linia".split(),
}
QUAYS, NOTICES = 160, 55


def messages(language):
    dice = random.Random(language)
    yield "", "Content-Type: text/plain; charset=UTF-8\n"
    for quay in range(QUAYS):
        for notice in range(NOTICES):
            words = " ".join(dice.choices(WORDS[language], k=34))
            yield f"quay {quay} notice {notice}", f"%(boat)s, %(time)s: {words}"


def compiled(pairs):
    pairs = sorted(pairs)
    keys = [key.encode() for key, _ in pairs]
    texts = [text.encode() for _, text in pairs]
    at, index = 28 + 16 * len(pairs), []
    for content in (*keys, *texts):
        index.append(struct.pack("<II", len(content), at))
        at += len(content) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28)
    return head + b"".join(index) + b"".join(content + b"\0" for content in (*keys, *texts))


for language in WORDS:
    folder = Path("locale", language, "LC_MESSAGES")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "signs.mo").write_bytes(compiled(messages(language)))
