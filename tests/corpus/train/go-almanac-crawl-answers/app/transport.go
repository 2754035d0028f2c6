package main

import (
	"bytes"
	"io"
	"net/http"
	"sync"
)

type stored struct {
	etag string
	head http.Header
	body []byte
}

// transport asks again only for what has changed since.
type transport struct {
	next    http.RoundTripper
	lock    sync.Mutex
	answers map[string]stored
}

func newTransport(next http.RoundTripper) *transport {
	return &transport{next: next, answers: map[string]stored{}}
}

func (t *transport) RoundTrip(asked *http.Request) (*http.Response, error) {
	address := asked.URL.String()
	t.lock.Lock()
	old, known := t.answers[address]
	t.lock.Unlock()
	if known {
		asked = asked.Clone(asked.Context())
		asked.Header.Set("If-None-Match", old.etag)
	}
	answer, err := t.next.RoundTrip(asked)
	if err != nil {
		return nil, err
	}
	if known && answer.StatusCode == http.StatusNotModified {
		answer.Body.Close()
		answer.StatusCode, answer.Header = http.StatusOK, old.head
		answer.Body = io.NopCloser(bytes.NewReader(old.body))
		return answer, nil
	}
	return t.store(address, answer)
}

func (t *transport) store(address string, answer *http.Response) (*http.Response, error) {
	var body bytes.Buffer
	if _, err := body.ReadFrom(answer.Body); err != nil {
		return nil, err
	}
	answer.Body.Close()
	if etag := answer.Header.Get("ETag"); etag != "" {
		t.lock.Lock()
		t.answers[address] = stored{etag, answer.Header, body.Bytes()}
		t.lock.Unlock()
	}
	answer.Body = io.NopCloser(bytes.NewReader(body.Bytes()))
	return answer, nil
}
