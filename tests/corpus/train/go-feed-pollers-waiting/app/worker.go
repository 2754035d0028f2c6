package main

import (
	"bufio"
	"bytes"
	"time"
)

type job struct {
	town, paper int
}

// worker reads feeds with a buffer of its own, which has room for the longest line.
type worker struct {
	desk   *desk
	reader *bufio.Reader
}

func newWorker(d *desk) *worker {
	return &worker{desk: d, reader: bufio.NewReaderSize(nil, 64*1024)}
}

func (w *worker) run(jobs <-chan job, counts chan<- int) {
	for {
		select {
		case next := <-jobs:
			start := time.Now()
			counts <- w.count(next)
			w.desk.took(next.town, time.Since(start))
		case <-w.desk.done:
			return
		}
	}
}

func (w *worker) count(next job) int {
	w.reader.Reset(feed(next.town, next.paper))
	entries := 0
	for {
		line, err := w.reader.ReadSlice('\n')
		if err != nil {
			return entries
		}
		if bytes.HasPrefix(line, []byte("entry")) {
			entries++
		}
	}
}
