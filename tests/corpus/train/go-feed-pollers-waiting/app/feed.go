package main

import (
	"fmt"
	"io"
	"strings"
)

// feed is what a newspaper would answer: one entry a line.
func feed(town, paper int) io.Reader {
	var text strings.Builder
	for entry := 0; entry < 120; entry++ {
		fmt.Fprintf(&text, "entry %d of paper %d in town %d: %s\n", entry, paper, town, strings.Repeat("news ", 40))
	}
	return strings.NewReader(text.String())
}
