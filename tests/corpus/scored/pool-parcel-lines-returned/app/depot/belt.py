def parcels(number):
    """The numbers in the order of the belt."""
    return ((index * 37) % number for index in range(number))


def label(parcel):
    """A scan of 480 by 600 grey values, in front of it what the scanner read."""
    read = "??" if parcel % 7 == 3 else f"{parcel % 90 + 10}"
    return read.encode().ljust(16) + bytes((parcel + n) % 251 for n in range(600)) * 480


def fill_depot(lines, number):
    with lines.lend() as line, line.cursor() as cursor:
        cursor.execute("drop table if exists label")
        cursor.execute("create unlogged table label (parcel int primary key, scan bytea not null)")
        cursor.execute("alter table label alter column scan set storage external")
        for parcel in range(number):
            cursor.execute("insert into label values (%s, %b)", (parcel, label(parcel)))
