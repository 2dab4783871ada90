package web

import (
	"net/http"
	"net/url"
	"strconv"
)

// pager is the range of a list that a page shows, with links to the others.
type pager struct {
	From, To, All        int // from 1
	Previous, Next, Rest string
}

// pageOfRows divides a list of all rows into pages of most, 0 being one page, and returns
// the requested one; the last if there are fewer.
func (n *narrowing) pageOfRows(all, most int) (p pager) {
	if most == 0 || all <= most {
		return pager{From: min(1, all), To: all, All: all}
	}
	last := (all + most - 1) / most
	page := min(n.page, last)
	at := func(page int) string {
		return n.href(func(v url.Values) { v.Set(n.names[pageParam], strconv.Itoa(page)) })
	}
	p = pager{From: (page-1)*most + 1, To: min(page*most, all), All: all}
	if page > 1 {
		p.Previous = at(page - 1)
	}
	if page < last {
		p.Next = at(page + 1)
	}
	p.Rest = n.href(func(v url.Values) { v.Set(n.names[limitParam], "0") })
	return p
}

// partOf returns the range of a list of length all that a request asks for.
func partOf(r *http.Request, all, most int) (pager, error) {
	n, err := narrowed(r, nil, nil)
	if err != nil {
		return pager{}, err
	}
	return n.pageOfRows(all, most), nil
}
