// Reader fetches the pages of a magazine for its subscribers.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
)

func main() {
	body := strings.Repeat("<p>an article</p>", 2500)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, body)
	}))
	client := &http.Client{Transport: &transport{pages: map[string][]byte{}}}
	for number := 0; number < 500; number++ {
		read(client, fmt.Sprintf("%s/%d", site.URL, number))
	}
	writeProfiles()
	fmt.Println(len(client.Transport.(*transport).pages))
}

func read(client *http.Client, url string) {
	answer, err := client.Get(url)
	if err != nil {
		panic(err)
	}
	answer.Body.Close()
}
