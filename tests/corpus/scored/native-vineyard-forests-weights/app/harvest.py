from advice import Adviser
from seasons import seasons
from soil import Soil

PLOTS = 20
ADVISER = Adviser(Soil(hours=1_200, squares=2_000))


def season():
    weather, sugar = seasons(PLOTS)
    for plot in range(PLOTS):
        ADVISER.advise(plot, weather[plot], sugar[plot])
    return ADVISER.given
