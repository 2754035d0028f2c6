"""Plans the harvest of a vineyard."""

from advice import summary
from harvest import season

if __name__ == "__main__":
    print(summary(season()))
