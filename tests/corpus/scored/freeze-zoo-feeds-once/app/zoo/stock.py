"""How much of a food an animal leaves, by day of the year: what its keepers noted in 120 years."""

ANIMALS = ("tapir", "lynx", "ibis", "okapi", "otter", "yak", "emu", "panda", "gaur", "seal", "crane", "lemur")


def shares(years=120, days=365):
    return {
        animal: [
            [0.01 * ((year * 31 + day * len(animal)) % 83) + day * 1e-6 for day in range(days)]
            for year in range(years)
        ]
        for animal in ANIMALS
    }


def left_over(stock, animal, day):
    return 1 - sum(year[day % 365] for year in stock[animal]) / len(stock[animal])
