"""Writes the rivers of the agency, as its office for maps exports them."""

import random
from xml.sax.saxutils import quoteattr

NAMES = "Aller Bode Eder Fulda Glan Hase Ilm Jagst Kyll Lahn Main Nidda Oker Ruhr Saale Werra".split()


def main(rivers=90, gauges=34):
    dice = random.Random(7)
    with open("rivers.xml", "w", encoding="utf-8") as file:
        file.write("<rivers>\n")
        for river in range(rivers):
            name = f"{NAMES[river % len(NAMES)]} {river // len(NAMES) + 1}"
            file.write(f" <river name={quoteattr(name)}>\n")
            for gauge in range(gauges):
                zero = dice.uniform(60, 400)
                course = " ".join(f"{dice.uniform(6, 15):.5f},{dice.uniform(47, 54):.5f}" for _ in range(90))
                file.write(f'  <gauge id="{river:02}-{gauge:02}" zero="{zero:.2f}">')
                file.write(f"<course>{course}</course></gauge>\n")
            file.write(" </river>\n")
        file.write("</rivers>\n")


if __name__ == "__main__":
    main()
