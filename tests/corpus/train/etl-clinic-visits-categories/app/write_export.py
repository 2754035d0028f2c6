import csv
import random

chance = random.Random(10)
WARDS = ("surgery", "cardiology", "children", "eyes", "skin", "emergency")
INSURERS = [f"insurance fund {number:02}" for number in range(40)]
with open("visits.csv", "w", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["ward", "insurer", "diagnosis", "referral", "sex", "district", "minutes", "points"])
    for number in range(60_000):
        rows.writerow(
            [
                f" {chance.choice(WARDS)}",
                f"{chance.choice(INSURERS)} ",
                f"{chance.choice('abcdefg')}{chance.randrange(100):02}.{chance.randrange(10)}",
                chance.choice(("gp ", "self", "ambulance", "other ward ")),
                chance.choice("fmx"),
                f"district {chance.randrange(60)}",
                chance.randrange(5, 240),
                chance.randrange(10, 900),
            ]
        )
