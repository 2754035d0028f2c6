package main

import "time"

// watch puts every position on the board; the radio is said to be lost if it is silent for too long.
func watch(positions <-chan position, on *board, silence time.Duration) <-chan bool {
	lost := make(chan bool, 1)
	go func() {
		for {
			select {
			case at, open := <-positions:
				if !open {
					lost <- false
					return
				}
				on.put(at)
			case <-time.After(silence):
				lost <- true
				return
			}
		}
	}()
	return lost
}
