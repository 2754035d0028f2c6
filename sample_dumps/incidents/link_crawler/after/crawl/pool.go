// Package crawl visits every page of a site with a pool of workers.
package crawl

import (
	"io"
	"net/http"
	"sync"
	"time"
)

// task is one page to visit.
type task struct {
	path     string
	priority float64
}

// Pool holds the workers, the queue, and how long each job's pages took.
type Pool struct {
	client  *http.Client
	workers int

	mutex       sync.Mutex
	seen        map[string]bool
	performance map[string][]time.Duration

	queue   chan task
	pending sync.WaitGroup
}

func NewPool(client *http.Client, workers int) *Pool {
	return &Pool{
		client:      client,
		workers:     workers,
		seen:        map[string]bool{},
		performance: map[string][]time.Duration{},
		queue:       make(chan task, 100_000),
	}
}

// Crawl visits the site from its first page on, then removes the job.
func (p *Pool) Crawl(root string) {
	for i := 0; i < p.workers; i++ {
		go p.work(root)
	}
	p.enqueue([]task{{path: "/"}})
	p.pending.Wait()
	close(p.queue)
	p.removeJob(root)
}

func (p *Pool) work(root string) {
	for next := range p.queue {
		started := time.Now()
		if body, err := p.visit(root + next.path); err == nil {
			p.enqueue(processLinks(body, next.priority))
		}
		p.note(root, time.Since(started))
		p.pending.Done()
	}
}

// visit fetches one page and returns its text.
func (p *Pool) visit(address string) ([]byte, error) {
	response, err := p.client.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

// enqueue adds the tasks whose page is not known yet.
func (p *Pool) enqueue(tasks []task) {
	for _, next := range tasks {
		p.mutex.Lock()
		known := p.seen[next.path]
		p.seen[next.path] = true
		p.mutex.Unlock()
		if !known {
			p.pending.Add(1)
			p.queue <- next
		}
	}
}

// note keeps the last five times of a job.
func (p *Pool) note(job string, taken time.Duration) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	times := append(p.performance[job], taken)
	if len(times) > 5 {
		times = times[len(times)-5:]
	}
	p.performance[job] = times
}

func (p *Pool) removeJob(job string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	delete(p.performance, job)
}
