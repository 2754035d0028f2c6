package main

// position is what the transponder of a ferry says.
type position struct {
	ferry  int
	minute int
	east   float64
	north  float64
}

// report plays what the transponders sent in a day.
func report(to chan<- position, ferries, rounds int) {
	for minute := 0; minute < rounds; minute++ {
		for ferry := 0; ferry < ferries; ferry++ {
			to <- position{
				ferry:  ferry,
				minute: minute,
				east:   float64((minute*7+ferry)%4_000) / 100,
				north:  float64((minute*3+ferry*11)%2_500) / 100,
			}
		}
	}
}
