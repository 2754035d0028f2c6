// Command linkcrawler warms the cache of a web site: it visits every page that the site links to.
//
// It starts the site that it crawls on the loopback interface, and an endpoint with the runtime's
// profiles and counters. Once the crawl is over it prints "crawled" and serves until its standard
// input ends, so that dumps can be taken.
package main

import (
	_ "expvar"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"runtime"

	"example.com/linkcrawler/crawl"
	"example.com/linkcrawler/faults"
	"example.com/linkcrawler/pagecache"
	"example.com/linkcrawler/site"
)

func main() {
	pages := flag.Int("pages", 4000, "pages of the site")
	pageBytes := flag.Int("page-bytes", 64<<10, "size of a page")
	links := flag.Int("links", 40, "links on a page")
	workers := flag.Int("workers", 50, "workers of the pool")
	fault := flag.String("fault", "", "goroutines, map-kept, map-cleaned or connections, alone")
	flag.Parse()

	http.HandleFunc("/metrics", metrics)
	endpoint := listen()
	go http.Serve(endpoint, nil)
	fmt.Printf("endpoint http://%s\n", endpoint.Addr())

	client := &http.Client{Transport: pagecache.NewTransport(&http.Transport{MaxIdleConnsPerHost: *workers})}
	if *fault != "" {
		if err := faults.Run(*fault); err != nil {
			log.Fatal(err)
		}
	} else {
		listener := listen()
		go http.Serve(listener, site.New(*pages, *pageBytes, *links))
		crawl.NewPool(client, *workers).Crawl("http://" + listener.Addr().String())
	}
	fmt.Println("crawled")
	io.Copy(io.Discard, os.Stdin)
	runtime.KeepAlive(client) // a service crawls again with the client that it has
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

// metrics prints what the incident document's endpoint prints.
func metrics(w http.ResponseWriter, _ *http.Request) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(w, "Alloc = %v MB\n", m.Alloc/1024/1024)
	fmt.Fprintf(w, "TotalAlloc = %v MB\n", m.TotalAlloc/1024/1024)
	fmt.Fprintf(w, "Sys = %v MB\n", m.Sys/1024/1024)
	fmt.Fprintf(w, "NumGC = %v\n", m.NumGC)
	fmt.Fprintf(w, "Goroutines = %v\n", runtime.NumGoroutine())
}
