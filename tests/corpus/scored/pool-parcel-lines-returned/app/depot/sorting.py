class BadLabel(ValueError):
    pass


class Streets:
    """Which streets a postcode has, as the driver's sheet shows them."""

    def __init__(self):
        self._sheets = {}

    def sheet(self, parcel, code):
        key = f"{code:02d}{parcel % 40:03d}"
        if key not in self._sheets:
            self._sheets[key] = "".join(f"{key} street {number:<60}\n" for number in range(1_100))
        return self._sheets[key]


streets = Streets()


def chute_of(lines, parcel):
    with lines.lend() as line:
        scan = scan_of(line, parcel)
    code = scan[:16].decode().strip()
    if not code.isdigit():
        raise BadLabel(f"parcel {parcel}: {code}")
    first = streets.sheet(parcel, int(code)).partition("\n")[0]
    return (int(code) + len(first)) % 12


def scan_of(line, parcel):
    with line.cursor(binary=True) as cursor:
        cursor.execute("select scan from label where parcel = %s", (parcel,))
        return cursor.fetchone()[0]
