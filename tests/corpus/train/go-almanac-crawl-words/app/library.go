package main

import (
	"fmt"
	"net/http"
	"strings"
)

var phrases = strings.Split("frost in the valleys|a fair wind|rain before noon|weather unsettled|snow on the passes", "|")

// page answers with a page of about 60 kB and links to the pages of its year.
func page(answer http.ResponseWriter, asked *http.Request) {
	var year, month int
	if _, err := fmt.Sscanf(asked.URL.Path, "/%d/%d", &year, &month); err != nil {
		http.NotFound(answer, asked)
		return
	}
	answer.Header().Set("ETag", fmt.Sprintf(`"%d-%d"`, year, month))
	for link := 1; link <= 12; link++ {
		fmt.Fprintf(answer, "<a href=\"/%d/%d\">month</a>\n", year, link)
	}
	for day := 0; day < 31; day++ {
		fmt.Fprintf(answer, "<h2>%d %d %d</h2>\n", day+1, month, year)
		for line := 0; line < 60; line++ {
			fmt.Fprintf(answer, "<p>%s</p>\n", phrases[(day*line+year+month)%len(phrases)])
		}
	}
}
