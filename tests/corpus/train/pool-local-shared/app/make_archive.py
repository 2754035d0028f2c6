import sqlite3

with sqlite3.connect("archive.db") as archive:
    archive.execute("create table reading (meter integer, day integer, curve blob)")
    rows = ((n % 28, n // 28, bytes(1_800)) for n in range(2_800))
    archive.executemany("insert into reading values (?, ?, ?)", rows)
