// Pollers reads the feeds of newspapers, town by town, and prints how many entries each has.
package main

import (
	"fmt"
	"os"
	"text/tabwriter"
)

func main() {
	desk := newDesk(12)
	table := tabwriter.NewWriter(os.Stdout, 0, 4, 1, ' ', 0)
	for town := 0; town < 55; town++ {
		fmt.Fprintf(table, "town %d\t%d entries\n", town, desk.poll(town, 30))
	}
	table.Flush()
	writeProfiles()
	desk.stop()
}
