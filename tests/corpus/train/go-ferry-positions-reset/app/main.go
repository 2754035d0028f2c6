// Ferries tells the landing stages where the ferries are.
package main

import (
	"fmt"
	"time"
)

func main() {
	board := newBoard(48)
	positions := make(chan position, 64)
	lost := watch(positions, board, 20*time.Minute)
	report(positions, 48, 3_000)
	close(positions)
	fmt.Println(board.len(), <-lost)
	writeProfiles()
	fmt.Println(board.len())
}
