// Package faults has each fault that the incident document alleges, alone.
package faults

import (
	"fmt"
	"net"
	"sync"
	"time"
)

const (
	jobs           = 250
	workersPerJob  = 20
	performances   = 100_000
	reconnects     = 300
	keptDurations  = 5
	listenerBuffer = 4 << 10
)

// kept holds what has to outlive Run.
var kept struct {
	performance map[string][]time.Duration
	connections []net.Conn
	accepted    []net.Conn
}

// Run does what the fault of this name does, and returns once it is done.
func Run(name string) error {
	switch name {
	case "goroutines":
		leakWorkers()
	case "map-kept":
		kept.performance = notePerformance(false)
	case "map-cleaned":
		kept.performance = notePerformance(true)
	case "connections":
		return loseConnections()
	default:
		return fmt.Errorf("no fault %q", name)
	}
	return nil
}

// leakWorkers scales the pool up for each job; the workers wait for tasks that never come.
func leakWorkers() {
	started := sync.WaitGroup{}
	for job := 0; job < jobs; job++ {
		tasks := make(chan int)
		started.Add(workersPerJob)
		for worker := 0; worker < workersPerJob; worker++ {
			go waitForTasks(tasks, &started)
		}
	}
	started.Wait()
}

func waitForTasks(tasks chan int, started *sync.WaitGroup) {
	var scratch [2048]byte
	scratch[len(tasks)] = 1
	started.Done()
	for number := range tasks {
		scratch[number%len(scratch)]++
	}
}

// notePerformance keeps the last times of every job, and forgets a job that is done if clean.
func notePerformance(clean bool) map[string][]time.Duration {
	performance := map[string][]time.Duration{}
	for job := 0; job < performances; job++ {
		name := fmt.Sprintf("job-%06d", job)
		performance[name] = make([]time.Duration, keptDurations)
		if clean {
			delete(performance, name)
		}
	}
	return performance
}

// loseConnections reconnects its listener again and again without closing what it had.
func loseConnections() error {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go acceptAll(server)
	for i := 0; i < reconnects; i++ {
		connection, err := net.Dial("tcp", server.Addr().String())
		if err != nil {
			return err
		}
		kept.connections = append(kept.connections, connection)
		go listenForNotifications(connection)
	}
	return nil
}

func acceptAll(server net.Listener) {
	for {
		connection, err := server.Accept()
		if err != nil {
			return
		}
		kept.accepted = append(kept.accepted, connection)
	}
}

func listenForNotifications(connection net.Conn) {
	buffer := make([]byte, listenerBuffer)
	for {
		if _, err := connection.Read(buffer); err != nil {
			return
		}
	}
}
