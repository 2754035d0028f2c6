// Almanac crawls the pages of old almanacs and notes where each of their words stands.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"
)

func main() {
	library := httptest.NewServer(http.HandlerFunc(page))
	client := &http.Client{Transport: newTransport(http.DefaultTransport), Timeout: 10 * time.Second}
	crawl := &crawler{client: client, root: library.URL, seen: map[string]bool{}, words: words{}}
	for year := 1850; year < 1896; year++ {
		if err := crawl.year(year); err != nil {
			panic(err)
		}
	}
	writeProfiles()
	fmt.Println(crawl.pages, "pages,", crawl.weather, "times weather,", len(crawl.words), "words")
	library.Close()
}
