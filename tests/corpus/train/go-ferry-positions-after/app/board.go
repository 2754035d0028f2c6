package main

import "sync"

const kept = 200

// board has the last positions of each ferry, for the line that the screens draw behind it.
type board struct {
	mutex sync.Mutex
	lines map[int][]position
}

func newBoard(ferries int) *board {
	return &board{lines: make(map[int][]position, ferries)}
}

func (b *board) put(at position) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	line := b.lines[at.ferry]
	if len(line) == kept {
		copy(line, line[1:])
		line[kept-1] = at
		return
	}
	b.lines[at.ferry] = append(line, at)
}

func (b *board) len() int {
	count := 0
	for _, line := range b.lines {
		count += len(line)
	}
	return count
}
