LINES = (
    "It was  a dark and stormy night ; the rain fell in tor-\nrents ,",
    "except at occasional  intervals ,   when it was checked by a vio-\nlent gust",
    "of wind which swept up the  streets ( for it is in London that our scene lies ) ,",
    "rattling along the house-tops , and fiercely agitating the scanty flame of the lamps .",
)


def scan(chapters):
    return "\n".join(f"- {page} -\n" + "\n".join(LINES) for chapter in range(chapters) for page in range(550))
