package main

import (
	"bytes"
	"strings"
)

type place struct {
	year, month, line int32
}

// words knows where each word stands in the almanacs.
type words map[string][]place

func (w words) add(year, month int, text []byte) {
	for number, line := range bytes.Split(text, []byte("\n")) {
		line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("<p>")), []byte("</p>"))
		for _, word := range strings.Fields(string(line)) {
			w[word] = append(w[word], place{int32(year), int32(month), int32(number)})
		}
	}
}
