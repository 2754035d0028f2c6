package main

import (
	"bytes"
	"io"
	"net/http"
)

type transport struct {
	pages map[string][]byte
}

func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if _, err := io.Copy(&page, answer.Body); err != nil {
		return nil, err
	}
	answer.Body.Close()
	t.pages[request.URL.String()] = page.Bytes()
	answer.Body = io.NopCloser(bytes.NewReader(page.Bytes()))
	return answer, nil
}
