package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// exploring is the state of the page Explore. All of it is in the address, so that an
// address can be shared, and the browser's history works.
type exploring struct {
	starts       []string   // keys of entities, or of a claim
	query        string     // or a saved question, with its parameters behind p-
	args         url.Values // by the names of the address
	open         []opened   // whose neighbours are shown, in the order they were opened
	hide         []string   // keys of what is not shown
	pins         []pin
	relation     string // only these edges; empty for all
	speaker      string
	source       string
	sure         string
	since, until string
	at           string // the key of the node or edge that is chosen
}

// opened is a node with the number of shown pages of its neighbours; 0 for a start that
// was closed.
type opened struct {
	key   string
	pages int
}

// pin is the fixed position of a node in the picture.
type pin struct {
	key  string
	x, y int
}

// Bounds of a state. An address has a bound of its own, see Limits.
const (
	mostExplored = 300 // nodes at once
	mostOpened   = 40  // pages of neighbours, all nodes together
	pageExplored = 25  // neighbours on a page
)

// exploreOwn are the parameters of the page, beside those of a question.
var exploreOwn = []string{"id", "query", "open", "close", "hide", "show", "pin", "unpin", "relation", "speaker", "source", "sure", "since", "until", "at", formatParam}

var (
	someDay   = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?$`)
	exploreOf = []string{"plain", "weak", "denied", "unsaid"}
)

// parseExploring reads a state. A form adds parameters for a change: close, show and unpin
// undo open, hide and pin; of single-valued parameters the last holds, which is that of
// the button.
func parseExploring(values url.Values) (*exploring, error) {
	e := &exploring{args: url.Values{}}
	last := func(name string) string {
		if list := values[name]; len(list) > 0 {
			return strings.TrimSpace(list[len(list)-1])
		}
		return ""
	}
	for name, list := range values {
		switch {
		case strings.HasPrefix(name, "p-"):
			e.args[name] = list
		case !slices.Contains(exploreOwn, name):
			return nil, refuse(http.StatusBadRequest, "this page has no parameter %q; it has %s", name, strings.Join(exploreOwn, ", "))
		}
	}
	e.query, e.at = last("query"), last("at")
	e.relation, e.speaker, e.source = last("relation"), last("speaker"), last("source")
	e.sure, e.since, e.until = last("sure"), last("since"), last("until")
	for _, id := range values["id"] {
		e.starts = appendNew(e.starts, strings.TrimSpace(id))
	}
	for _, key := range values["hide"] {
		if !slices.Contains(values["show"], key) {
			e.hide = appendNew(e.hide, key)
		}
	}
	if e.sure != "" && !slices.Contains(exploreOf, e.sure) {
		return nil, refuse(http.StatusBadRequest, "unknown sure=%q: one of %s", e.sure, strings.Join(exploreOf, ", "))
	}
	for _, day := range []string{e.since, e.until} {
		if day != "" && !someDay.MatchString(day) {
			return nil, refuse(http.StatusBadRequest, "%q is no day: 2006, 2006-07 or 2006-07-12", day)
		}
	}
	if err := e.parseOpen(values); err != nil {
		return nil, err
	}
	return e, e.parsePins(values)
}

func appendNew(list []string, key string) []string {
	if key == "" || slices.Contains(list, key) {
		return list
	}
	return append(list, key)
}

// parseOpen reads PAGES~KEY. Starts are open with one page, until closed.
func (e *exploring) parseOpen(values url.Values) error {
	for _, key := range e.starts {
		e.open = append(e.open, opened{key, 1})
	}
	for _, word := range values["open"] {
		number, key, ok := strings.Cut(word, "~")
		pages, err := strconv.Atoi(number)
		if !ok || err != nil || pages < 0 || pages > mostOpened {
			return refuse(http.StatusBadRequest, "open takes the number of pages and a node, such as 1~kg:country/russia, not %q", word)
		}
		i := slices.IndexFunc(e.open, func(o opened) bool { return o.key == key })
		if i < 0 {
			i = len(e.open)
			e.open = append(e.open, opened{key: key})
		}
		e.open[i].pages = pages
	}
	all := 0
	for i, o := range e.open {
		if slices.Contains(values["close"], o.key) {
			e.open[i].pages = 0
		}
		all += e.open[i].pages
	}
	e.open = slices.DeleteFunc(e.open, func(o opened) bool { return o.pages == 0 && !slices.Contains(e.starts, o.key) })
	if all > mostOpened {
		return refuse(http.StatusBadRequest, "%d pages of neighbours are open, and %d are the most: close some", all, mostOpened)
	}
	return nil
}

// parsePins reads X,Y~KEY; for a node that is pinned twice the last holds.
func (e *exploring) parsePins(values url.Values) error {
	for _, word := range values["pin"] {
		var p pin
		place, key, ok := strings.Cut(word, "~")
		x, y, two := strings.Cut(place, ",")
		var errs [2]error
		p.x, errs[0] = strconv.Atoi(x)
		p.y, errs[1] = strconv.Atoi(y)
		if !ok || !two || errs[0] != nil || errs[1] != nil || max(p.x, -p.x, p.y, -p.y) > 1e6 {
			return refuse(http.StatusBadRequest, "pin takes a position and a node, such as 40,-20~kg:country/russia, not %q", word)
		}
		p.key = key
		e.pins = slices.DeleteFunc(e.pins, func(other pin) bool { return other.key == key })
		if !slices.Contains(values["unpin"], key) {
			e.pins = append(e.pins, p)
		}
	}
	return nil
}

// values returns the parameters of the state's canonical address.
func (e *exploring) values() url.Values {
	v := url.Values{}
	for name, list := range e.args {
		for _, value := range list {
			if value != "" {
				v.Add(name, value)
			}
		}
	}
	v["id"], v["hide"] = e.starts, e.hide
	for _, o := range e.open {
		pages := 0 // what goes without saying
		if slices.Contains(e.starts, o.key) {
			pages = 1
		}
		if o.pages != pages {
			v.Add("open", fmt.Sprintf("%d~%s", o.pages, o.key))
		}
	}
	for _, p := range e.pins {
		v.Add("pin", fmt.Sprintf("%d,%d~%s", p.x, p.y, p.key))
	}
	for name, value := range map[string]string{"query": e.query, "relation": e.relation, "speaker": e.speaker, "source": e.source,
		"sure": e.sure, "since": e.since, "until": e.until, "at": e.at} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// address returns the canonical address of the state.
func (e *exploring) address() string {
	if words := address(e.values()); words != "" {
		return explorePath + "?" + words
	}
	return explorePath
}

const explorePath = "/explore"

// pages returns the number of shown pages of a node's neighbours.
func (e *exploring) pages(key string) int {
	for _, o := range e.open {
		if o.key == key {
			return o.pages
		}
	}
	return 0
}

// exploreFrom returns the address of Explore that starts at the content of a page; empty
// if it cannot. params are those of a question.
func exploreFrom(r *http.Request, params ...string) string {
	e := &exploring{args: url.Values{}}
	asked := r.URL.Query()
	switch path := r.URL.Path; {
	case path == "/path":
		e.starts = []string{asked.Get("from"), asked.Get("to")}
	case path == "/entity" || path == "/claim":
		e.starts = []string{asked.Get("id")}
	case strings.HasPrefix(path, "/query/"):
		e.query = strings.TrimPrefix(path, "/query/")
		for _, name := range params {
			e.args["p-"+name] = asked[name]
		}
	default:
		return ""
	}
	return e.address()
}

// keyOf returns the key of a node in the state: the short form of an IRI. The key of a
// literal includes its subject, since equal numbers of two entities are two nodes.
func (a *asked) keyOf(value quad.Value, of quad.Value) string {
	if iri, ok := value.(quad.IRI); ok {
		return a.Base.Short(iri)
	}
	return a.Base.ShortTerm(value) + " " + a.Base.ShortTerm(of)
}
