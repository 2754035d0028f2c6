from spelling.words import word

with open("words.tsv", "w", encoding="utf-8") as lines:
    for number in range(240_000):
        lines.write(f"{word(number)}\t{number % 977}\n")
