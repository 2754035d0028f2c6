// Package site is the web site that is crawled: numbered pages that link to each other.
package site

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

const filler = "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.</p>\n"

// Site serves pages 0 to pages-1; it keeps nothing of them.
type Site struct {
	pages, pageBytes, links int
}

func New(pages, pageBytes, links int) *Site {
	return &Site{pages, pageBytes, links}
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/page/"))
	if r.URL.Path == "/" {
		number, err = 0, nil
	}
	if err != nil || number < 0 || number >= s.pages {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Cache-Control", "max-age=3600")
	written := 0
	for i := 1; i <= s.links; i++ {
		n, _ := fmt.Fprintf(w, "<a href=\"/page/%d\">page</a>\n", (number*s.links+i)%s.pages)
		written += n
	}
	for written < s.pageBytes {
		n, err := io.WriteString(w, filler)
		if err != nil {
			return
		}
		written += n
	}
}
