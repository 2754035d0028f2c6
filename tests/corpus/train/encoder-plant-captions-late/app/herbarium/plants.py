from pydantic import BaseModel


class Plant(BaseModel):
    number: int
    caption: str


GENERA = ("Carex", "Salix", "Viola", "Rubus", "Poa", "Festuca", "Ranunculus")
PLACES = ("wet meadow", "shingle bank", "lime rock", "old quarry", "roadside", "oak wood")
PLANTS = [
    Plant(number=n, caption=f"{GENERA[n % 7]} from a {PLACES[n % 6]}, {300 + n * 7 % 900} m")
    for n in range(240)
]
