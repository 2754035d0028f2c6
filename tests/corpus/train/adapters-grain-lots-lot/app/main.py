from mill.lots import Morning, offered
from mill.market import market

if __name__ == "__main__":
    with market() as url:
        morning = Morning(url)
        print(morning.total(offered(56)))
        morning.close()
