package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
)

const mostLinks = 200

var href = regexp.MustCompile(`href="([^"]+)"`)

type crawler struct {
	client         *http.Client
	root           string
	seen           map[string]bool
	pages, weather int
}

// year visits all pages of a year, found from that of January.
func (c *crawler) year(year int) error {
	open := []string{fmt.Sprintf("/%d/1", year)}
	for len(open) > 0 {
		path := open[0]
		open = open[1:]
		if c.seen[path] {
			continue
		}
		c.seen[path] = true
		links, err := c.visit(path)
		if err != nil {
			return err
		}
		open = append(open, links...)
	}
	for path := range c.seen {
		delete(c.seen, path)
	}
	return nil
}

func (c *crawler) visit(path string) ([]string, error) {
	answer, err := c.client.Get(c.root + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	c.pages++
	c.weather += bytes.Count(text, []byte("weather"))
	return linksIn(text), nil
}

func linksIn(text []byte) []string {
	links := make([]string, 0, mostLinks)
	for _, found := range href.FindAllSubmatch(text, mostLinks) {
		links = append(links, string(found[1]))
	}
	return links
}
