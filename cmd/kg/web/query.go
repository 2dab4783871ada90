package web

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
)

// queryPage is the data of the page of a saved query.
type queryPage struct {
	Name     string
	Question string
	Denied   bool
	Text     string // the query itself
	Params   []parameter
	Heads    []head   // of the columns that are shown
	Left     []string // the columns that are empty in every row
	Rows     []answerRow
	All      int   // answers, narrowed or not
	First    int   // answers that were explained, if these are not all
	Before   int   // answers before those
	Pager    pager // of those that are shown
	Narrows  bool
	Unnarrow string // the address that shows all answers
	Filter   string
	Names    map[string]string // of the page's own parameters
	Kept     []keptValue       // what the form that narrows keeps of the address
	InUI     string            // the question in Cayley's UI; empty where that is not served
	Facets   []facet
	// ShowsDenied reports whether the table has the column denied by.
	ShowsDenied bool
	Needs       string // what is to be given before the question can be asked
	Failed      string // why the question could not be asked
	Empty       string // why there is no answer
	Instead     []term // values that have one, each with the address of that answer
	Given       bool   // whether parameters are set
	Taken       []string
	Command     string // the same question on the command line
	Picture     drawing
	Timeline    *timeline // nil if the answer has no dates
	Formats     []format
}

// uiPath is the path of Cayley's UI, if it is mounted.
const uiPath = "/ui/"

// describe returns the description of the answer for link previews.
func (p *queryPage) describe() string {
	if p.Needs != "" || p.Failed != "" {
		return p.Question
	}
	return thousands(p.Pager.All) + " answers, each with who says so, how sure they are, and the claims behind it."
}

func (s *Server) query(w http.ResponseWriter, r *http.Request) error {
	q, err := s.Queries.Find(r.PathValue("name"))
	switch usage := new(queries.UsageError); {
	case errors.As(err, &usage):
		return refuse(http.StatusNotFound, "%v", err)
	case err != nil: // where the file is, and what it says, is for the log alone
		return refuse(http.StatusNotFound, "the file of query %s has mistakes: the server's log lists them", r.PathValue("name"))
	}
	a, err := s.asked(r, q.Denied)
	if err != nil {
		return err
	}
	params := paramNames(q)
	n, err := narrowed(r, params, q.Columns)
	if err != nil {
		return err
	}
	if err := only(r, slices.AppendSeq(params, maps.Values(n.names))...); err != nil {
		return err
	}
	kind, err := wanted(r, beside(params, formatParam), queryFormats)
	if err != nil {
		return err
	}
	made := &unsent{ResponseWriter: w, code: http.StatusOK}
	err = a.Bounds.In(a.ctx, func(ctx context.Context) error {
		a.ctx = ctx
		return s.answerQuery(made, r.WithContext(ctx), a, q, n, kind)
	})
	if err != nil {
		return err
	}
	return made.send()
}

// unsent buffers an answer until it is complete, so that the memory held by a slow client
// does not count as the query's.
type unsent struct {
	http.ResponseWriter
	code int
	body bytes.Buffer
}

func (u *unsent) WriteHeader(code int)        { u.code = code }
func (u *unsent) Write(b []byte) (int, error) { return u.body.Write(b) }

func (u *unsent) send() error {
	u.ResponseWriter.WriteHeader(u.code)
	_, err := u.ResponseWriter.Write(u.body.Bytes())
	return ignore(err)
}

// answerQuery answers a saved question as a page or as a file.
func (s *Server) answerQuery(w http.ResponseWriter, r *http.Request, a *asked, q *queries.Query, n *narrowing, kind string) error {
	args := given(q, r.URL.Query())
	var values map[string]quad.Value
	var res *queries.Result
	var failed error
	if kind == "html" {
		limit, err := s.limit(r, n.names[limitParam])
		if err != nil {
			return err
		}
		values, res, failed = s.runPage(a, q, args, n, limit)
	} else { // a file has all rows
		values, res, failed = s.run(a, q, args, 0, 0)
	}
	if failed != nil && (kind != "html" || !isUsage(failed)) {
		return failed
	}
	if kind != "html" {
		res.Rows = n.rows(res.Rows)
		if kind == "dossier" {
			return s.answerDossier(w, r, a, q, n, res)
		}
		return s.answerAs(w, r, a, q, res, kind)
	}
	p := &queryPage{
		Name: q.Name, Question: q.Question, Denied: q.Denied, Text: q.Text, Given: len(args) > 0,
		Command: q.Call(args...), Formats: formatsOf(r, n.names[formatParam], queryFormats), Names: n.names,
	}
	if err := a.form(p, q, r.URL.Query()); err != nil {
		return err
	}
	p.Taken = a.taken
	if unset := new(queries.DefaultError); errors.As(failed, &unset) {
		var err error
		p.Needs = unset.Param.Role()
		if p.Instead, err = a.proposed(q.Name, unset.Param); err != nil {
			return err
		}
		return s.render(w, r, "query", q.Question, p)
	}
	if failed != nil {
		p.Failed = failed.Error()
		return s.renderCode(w, r, http.StatusBadRequest, "query", q.Question, p)
	}
	if err := s.answerPage(r, a, q, p, n, res); err != nil {
		return err
	}
	if script, err := q.Script(values); err == nil && slices.ContainsFunc(s.Mounts, func(m Mount) bool { return m.Path == uiPath }) {
		p.InUI = uiPath + "#" + url.Values{"q": {script}}.Encode()
	}
	if p.All == 0 {
		if err := a.fillEmpty(p, q, values, res); err != nil {
			return err
		}
	}
	return s.render(w, r, "query", q.Question, p)
}

// answerPage fills in the answer: its table and its picture.
func (s *Server) answerPage(r *http.Request, a *asked, q *queries.Query, p *queryPage, n *narrowing, res *queries.Result) error {
	limit, err := s.limit(r, n.names[limitParam])
	if err != nil {
		return err
	}
	p.narrow(n, res)
	shown := len(res.Rows)
	if p.First > 0 {
		shown = res.All
	}
	p.Pager = n.pageOfRows(shown, limit)
	if err := a.fillAnswer(p, n, res); err != nil {
		return err
	}
	if p.Timeline, err = a.timelineOf(q.Question, res); err != nil {
		return err
	}
	if p.Timeline != nil {
		p.Timeline.Part = p.First > 0
	}
	pic, err := a.answerPicture(n.get(edgesParam), q, res)
	if err != nil {
		return err
	}
	p.Picture, err = s.drawn(r, n.names[formatParam], pic)
	p.Picture.Explore = exploreFrom(r, paramNames(q)...)
	p.Picture.Other, p.Picture.OtherSays = with(r, n.names[edgesParam], allEdges), "all edges of these claims"
	if n.get(edgesParam) == allEdges {
		p.Picture.Other, p.Picture.OtherSays = with(r, n.names[edgesParam], ""), "the answer's own edges"
	}
	p.Formats = p.Picture.formats(p.Formats)
	return err
}

// beside returns the name of one of the page's own parameters: a hyphen is added if a
// parameter of the question has that name, since those have no hyphens.
func beside(params []string, own string) string {
	if slices.Contains(params, own) {
		return "page-" + own
	}
	return own
}

// given returns the arguments in an address, in the order of the parameters. Empty fields
// are left out.
func given(q *queries.Query, values url.Values) (args []string) {
	for _, p := range q.Params {
		for _, value := range values[p.Name] {
			if value = strings.TrimSpace(value); value != "" {
				args = append(args, p.Name+"="+value)
			}
		}
	}
	return args
}

func paramNames(q *queries.Query) (names []string) {
	for _, p := range q.Params {
		names = append(names, p.Name)
	}
	return names
}

// runPage asks a question for a page of limit rows; for the last page if there are fewer.
func (s *Server) runPage(a *asked, q *queries.Query, args []string, n *narrowing, limit int) (map[string]quad.Value, *queries.Result, error) {
	from, to := n.part(limit)
	values, res, err := s.run(a, q, args, from, to)
	if err != nil || from == 0 || from < res.All {
		return values, res, err
	}
	n.page = max(1, (res.All+limit-1)/limit)
	from, to = n.part(limit)
	return s.run(a, q, args, from, to)
}

// run asks a question for its rows from..to; to is 0 for the end.
func (s *Server) run(a *asked, q *queries.Query, args []string, from, to int) (map[string]quad.Value, *queries.Result, error) {
	values, err := q.Bind(a.ctx, a.View, args)
	if err != nil {
		return nil, nil, err
	}
	res, err := q.RunPage(a.ctx, a.View, values, from, to, mostExplained)
	if err == nil {
		res.TellApart()
	}
	return values, res, err
}

// fillEmpty says why there is no answer, and links to values that have one.
func (a *asked) fillEmpty(p *queryPage, q *queries.Query, values map[string]quad.Value, res *queries.Result) error {
	empty, err := q.Empty(a.ctx, a.View, values, res)
	if err != nil {
		return err
	}
	p.Empty = empty.Why
	for _, cell := range empty.Instead {
		t, err := a.cell(cell)
		if err != nil {
			return err
		}
		t.Href = "/query/" + q.Name + "?" + address(url.Values{empty.Param: {t.Title}})
		p.Instead = append(p.Instead, t)
	}
	return nil
}

// ClaimsOf returns the claims behind an answer without duplicates, in the order of its
// rows.
func ClaimsOf(res *queries.Result) []*graph.Claim {
	var claims []*graph.Claim
	seen := map[quad.IRI]bool{}
	for _, row := range res.Rows {
		for _, c := range slices.Concat(row.Evidence.Claims, row.Evidence.Denials) {
			if !seen[c.IRI] {
				seen[c.IRI] = true
				claims = append(claims, c)
			}
		}
	}
	return claims
}
