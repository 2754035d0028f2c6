// Package pagecache is a RoundTripper that answers from memory what it has fetched before.
package pagecache

import (
	"bufio"
	"bytes"
	"net/http"
	"net/http/httputil"
)

// Transport keeps the responses to GET requests, whole, as they came over the wire.
type Transport struct {
	base  http.RoundTripper
	store *store
}

func NewTransport(base http.RoundTripper) *Transport {
	return &Transport{base, newStore()}
}

func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Method != http.MethodGet {
		return t.base.RoundTrip(request)
	}
	key := request.URL.String()
	if dumped, ok := t.store.get(key); ok {
		return http.ReadResponse(bufio.NewReader(bytes.NewReader(dumped)), request)
	}
	response, err := t.base.RoundTrip(request)
	if err != nil || response.StatusCode != http.StatusOK {
		return response, err
	}
	dumped, err := httputil.DumpResponse(response, true)
	if err != nil {
		return nil, err
	}
	t.store.set(key, dumped)
	return response, nil
}
