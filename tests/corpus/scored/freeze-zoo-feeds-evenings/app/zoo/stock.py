"""How much of a food is left over, by season."""


def shares(seasons=60):
    return [0.93 + season % 7 / 100 for season in range(seasons)]
