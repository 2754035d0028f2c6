package main

import (
	"sync"
	"time"
)

type speed struct {
	jobs int
	took time.Duration
}

// desk starts workers for a town and looks at how fast they are while it is polled.
type desk struct {
	workers int
	lock    sync.Mutex
	speeds  map[int]*speed
	done    chan struct{}
}

func newDesk(workers int) *desk {
	return &desk{workers: workers, speeds: map[int]*speed{}, done: make(chan struct{})}
}

func (d *desk) poll(town, papers int) int {
	d.speeds[town] = &speed{}
	defer delete(d.speeds, town)
	jobs, counts := make(chan job), make(chan int, papers)
	for number := 0; number < d.workers; number++ {
		go newWorker(d).run(jobs, counts)
	}
	for paper := 0; paper < papers; paper++ {
		jobs <- job{town, paper}
	}
	entries := 0
	for paper := 0; paper < papers; paper++ {
		entries += <-counts
	}
	return entries
}

func (d *desk) took(town int, time time.Duration) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if of, ok := d.speeds[town]; ok {
		of.jobs++
		of.took += time
	}
}

func (d *desk) stop() {
	close(d.done)
}
