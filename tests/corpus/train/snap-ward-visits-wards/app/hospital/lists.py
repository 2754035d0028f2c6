import random


def rounds(days, wards):
    """Each day's sheets of each ward: patient, drug, dose and what was found."""
    dice = random.Random(1859)
    findings = [f"finding {number}: " + "stable, slept well, no pain on moving " * 9 for number in range(40)]
    for day in range(days):
        for ward in range(1, wards + 1):
            yield (
                f"ward {ward}",
                [
                    {
                        "day": day,
                        "patient": f"P{dice.randrange(90_000):05}",
                        "drug": f"D{dice.randrange(2_600):04}",
                        "dose": dice.randrange(1, 5),
                        "note": "; ".join(dice.sample(findings, 6)),
                    }
                    for _ in range(14)
                ],
            )
