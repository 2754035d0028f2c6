// Reader fetches the pages of a magazine and counts the words of its dictionary in them.
package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

func main() {
	words := dictionary(300000)
	body := strings.Repeat("<p>an article</p>", 2500)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, body)
	}))
	for number := 0; number < 200; number++ {
		read(fmt.Sprintf("%s/%d", site.URL, number))
	}
	writeProfiles()
	fmt.Println(len(words))
}

func read(url string) {
	answer, err := http.Get(url)
	if err != nil {
		panic(err)
	}
	io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
}
