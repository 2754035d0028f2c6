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
	for next := range jobs {
		start := time.Now()
		counts <- w.count(next)
		w.desk.took(next.town, time.Since(start))
	}
}

func (w *worker) count(next job) int {
	w.reader.Reset(feed(next.town, next.paper))
	entries := 0
	read := make([]byte, 0, 32*1024)
	for {
		line, err := w.reader.ReadSlice('\n')
		if err != nil {
			w.desk.recent.add(read)
			return entries
		}
		read = append(read, line...)
		if bytes.HasPrefix(line, []byte("entry")) {
			entries++
		}
	}
}
