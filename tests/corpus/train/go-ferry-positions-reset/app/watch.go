package main

import "time"

// watch puts every position on the board; the radio is said to be lost if it is silent for too long.
func watch(positions <-chan position, on *board, silence time.Duration) <-chan bool {
	lost := make(chan bool, 1)
	go func() {
		quiet := time.NewTimer(silence)
		defer quiet.Stop()
		for {
			select {
			case at, open := <-positions:
				if !open {
					lost <- false
					return
				}
				on.put(at)
				if !quiet.Stop() {
					<-quiet.C
				}
				quiet.Reset(silence)
			case <-quiet.C:
				lost <- true
				return
			}
		}
	}()
	return lost
}
