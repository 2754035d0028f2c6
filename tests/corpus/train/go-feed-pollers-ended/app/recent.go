package main

import "sync"

// recent has the last feeds that were read, for the page that shows what came in.
type recent struct {
	lock  sync.Mutex
	feeds [][]byte
	next  int
}

func newRecent(most int) *recent {
	return &recent{feeds: make([][]byte, most)}
}

func (r *recent) add(feed []byte) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.feeds[r.next%len(r.feeds)] = feed
	r.next++
}
