package main

import "sync"

// day is as many positions as a ferry sends in a day.
const day = 14_400

// board has the positions of each ferry for a day, in rings that are made at the start.
type board struct {
	mutex sync.Mutex
	lines [][]position
	next  []int
}

func newBoard(ferries int) *board {
	b := &board{lines: make([][]position, ferries), next: make([]int, ferries)}
	for ferry := range b.lines {
		b.lines[ferry] = ring()
	}
	return b
}

func ring() []position {
	return make([]position, day)
}

func (b *board) put(at position) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.lines[at.ferry][b.next[at.ferry]%day] = at
	b.next[at.ferry]++
}

func (b *board) len() int {
	count := 0
	for _, sent := range b.next {
		if sent > day {
			sent = day
		}
		count += sent
	}
	return count
}
