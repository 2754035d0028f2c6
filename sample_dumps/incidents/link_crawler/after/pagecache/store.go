package pagecache

import (
	"container/list"
	"sync"
)

// limitBytes is what the store holds at most.
const limitBytes = 8 << 20

// store maps addresses to dumped responses, and forgets those that were not asked for longest.
type store struct {
	mutex     sync.Mutex
	responses map[string]*list.Element
	order     *list.List
	held      int
}

// entry is a dumped response in the order of use.
type entry struct {
	key    string
	dumped []byte
}

func newStore() *store {
	return &store{responses: map[string]*list.Element{}, order: list.New()}
}

func (s *store) get(key string) ([]byte, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	element, ok := s.responses[key]
	if !ok {
		return nil, false
	}
	s.order.MoveToFront(element)
	return element.Value.(entry).dumped, true
}

func (s *store) set(key string, dumped []byte) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if element, ok := s.responses[key]; ok {
		s.remove(element)
	}
	s.responses[key] = s.order.PushFront(entry{key, dumped})
	s.held += cap(dumped)
	for s.held > limitBytes {
		s.remove(s.order.Back())
	}
}

func (s *store) remove(element *list.Element) {
	old := s.order.Remove(element).(entry)
	delete(s.responses, old.key)
	s.held -= cap(old.dumped)
}
