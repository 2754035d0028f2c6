package main

import (
	"container/list"
	"encoding/json"
)

type place struct{ Column, Row int }

type tile struct {
	where   place
	content []byte
}

// tiles keeps what was drawn last, as neighbours look at the same tiles.
type tiles struct {
	room  int
	order *list.List
	drawn map[place]*list.Element
}

func newTiles(room int) *tiles {
	return &tiles{room: room, order: list.New(), drawn: map[place]*list.Element{}}
}

func (t *tiles) at(where place) []byte {
	if element, ok := t.drawn[where]; ok {
		t.order.MoveToFront(element)
		return element.Value.(*tile).content
	}
	fresh := &tile{where: where, content: draw(where)}
	t.drawn[where] = t.order.PushFront(fresh)
	if t.order.Len() > t.room {
		t.evict()
	}
	return fresh.content
}

func (t *tiles) evict() {
	oldest := t.order.Remove(t.order.Back()).(*tile)
	delete(t.drawn, oldest.where)
}

func draw(where place) []byte {
	first := (where.Column*331 + where.Row*97) % (len(roads) - 120)
	content, err := json.Marshal(map[string]any{"at": where, "roads": roads[first : first+120]})
	if err != nil {
		panic(err)
	}
	return content
}
