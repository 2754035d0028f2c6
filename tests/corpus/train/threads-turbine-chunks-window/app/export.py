"""Writes the file that the parks' controls would have sent."""

import random

dice = random.Random(2_050)
with open("turbines.csv", "w") as out:
    out.write("turbine;minute;wind;power;pitch;yaw\n")
    for row in range(1_200_000):
        wind = dice.random() * 24
        out.write(
            f"{row % 58};{row // 58 * 10};{wind:.2f};{wind**3 / 4.1:.1f};{wind * 1.7:.2f};{row % 360}\n"
        )
