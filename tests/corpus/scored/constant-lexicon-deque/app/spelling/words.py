SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "wy")


def word(number):
    text = ""
    while number:
        number, syllable = divmod(number, 16)
        text += SYLLABLES[syllable]
    return text or "a"
