package mapping

import (
	"kg/internal/document"
)

// declared is an entity and the row that declares it, 0 for the mapping.
type declared struct {
	document.Entity
	row int
}

// stock is a list that grows without copying, and whose elements do not move: a table
// makes millions.
type stock[T any] struct {
	parts [][]T
	n     int
}

func (s *stock[T]) add(thing T) *T {
	const many = 256
	if last := len(s.parts) - 1; last < 0 || len(s.parts[last]) == many {
		s.parts = append(s.parts, make([]T, 0, many))
	}
	last := &s.parts[len(s.parts)-1]
	*last = append(*last, thing)
	s.n++
	return &(*last)[len(*last)-1]
}

// all returns the elements of a stock, and empties it.
func (s *stock[T]) all() []T {
	list := make([]T, 0, s.n)
	for i, part := range s.parts {
		list = append(list, part...)
		s.parts[i] = nil
	}
	*s = stock[T]{}
	return list
}

func entitiesOf(s *stock[declared]) []document.Entity {
	list := make([]document.Entity, 0, s.n)
	for _, part := range s.parts {
		for i := range part {
			list = append(list, part[i].Entity)
		}
	}
	return list
}
