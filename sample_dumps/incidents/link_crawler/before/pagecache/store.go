package pagecache

import "sync"

// store maps addresses to dumped responses.
type store struct {
	mutex     sync.Mutex
	responses map[string][]byte
}

func newStore() *store {
	return &store{responses: map[string][]byte{}}
}

func (s *store) get(key string) ([]byte, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	dumped, ok := s.responses[key]
	return dumped, ok
}

func (s *store) set(key string, dumped []byte) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.responses[key] = dumped
}
