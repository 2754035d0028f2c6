def chronicle(sentences):
    return " ".join(f"In the year {n} Count Wenzel{n} of Castle{n % 9} met Anna." for n in range(sentences))
