def outlines(count):
    for number in range(count):
        yield (
            f"Volume {number}",
            [f"{number}.{chapter} Heading\n" + "Text and more text. " * 1_000 for chapter in range(5)],
        )
