def stars_of(number, picture):
    lines = [f"{number:05d} {x:05d} {float(picture[x, x]):.6f} magnitude unknown" for x in range(500)]
    return "\n".join(lines) * 3
