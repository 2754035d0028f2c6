// Atlas draws vector tiles of a hiking map for whoever looks at it.
package main

import "fmt"

var (
	roads = surveyed(20_000)
	shown = newTiles(200)
)

func main() {
	sent := 0
	for number := 0; number < 4_000; number++ {
		column, row := number%61, number/61
		if number%5 == 0 {
			column, row = 30, 30
		}
		sent += len(shown.at(place{column, row}))
	}
	fmt.Println(sent, shown.order.Len())
	writeProfiles()
}
