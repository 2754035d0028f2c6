from registers.archive import archive
from registers.crawl import crawl

if __name__ == "__main__":
    with archive() as address:
        print(crawl(address, parishes=14, years=range(1700, 1754)).most_common(3))
