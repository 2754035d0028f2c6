class BadLabel(ValueError):
    pass


def chute_of(lines, parcel):
    line = lines.lend()
    scan = scan_of(line, parcel)
    code = scan[:16].decode().strip()
    if not code.isdigit():
        raise BadLabel(f"parcel {parcel}: {code}")
    lines.back(line)
    return int(code) % 12


def scan_of(line, parcel):
    with line.cursor(binary=True) as cursor:
        cursor.execute("select scan from label where parcel = %s", (parcel,))
        return cursor.fetchone()[0]
