package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/internal/claimrows"
	"kg/internal/rdf"
	"kg/internal/spreadsheet"
	"kg/queries"
	"kg/schema"
)

// graphFormats answers a request for an entity, a claim or a source in another format
// than HTML; done reports whether it did.
func (s *Server) graphFormats(w http.ResponseWriter, r *http.Request, a *asked, iri quad.IRI, more ...string) (done bool, err error) {
	if err := only(r, append(more, "id", limitParam, formatParam)...); err != nil {
		return false, err
	}
	kind, err := wanted(r, formatParam, graphFormats)
	if err != nil || kind == "html" {
		return false, err
	}
	if kind == "dossier" {
		return true, s.dossier(w, r, a, iri)
	}
	if kind == "svg" {
		p, err := a.pictureOf(iri)
		if err != nil {
			return false, err
		}
		return true, s.sendSVG(w, r, p)
	}
	set, err := a.quadsOf(iri)
	if err != nil {
		return false, err
	}
	return true, send(w, r, kind, schema.IRI(iri).LastPart(), set, a.Base)
}

func (a *asked) pictureOf(iri quad.IRI) (*picture.Picture, error) {
	c, err := a.Claim(a.ctx, iri)
	if err != nil {
		return nil, err
	}
	if c != nil {
		return picture.OfClaims(a.ctx, a.View, "What the claim asserts", []*graph.Claim{c}, a.link)
	}
	all, err := a.Neighbours(a.ctx, iri, graph.EdgeFilter{}, "", 1)
	if err == nil && all.All > mostAround {
		err = refuse(http.StatusUnprocessableEntity, "it has %s edges, more than a picture can show", thousands(all.All))
	}
	if err != nil {
		return nil, err
	}
	return picture.Around(a.ctx, a.View, iri, a.link)
}

// mostQuads is the maximum number of quads of an answer: some 30 MB.
const mostQuads = 100_000

// quadsOf returns the quads of an entity, a source or a claim.
func (a *asked) quadsOf(iri quad.IRI) ([]quad.Quad, error) {
	list, err := a.QuadsOf(a.ctx, iri, mostQuads)
	return list, tooMany(err)
}

func tooMany(err error) error {
	if errors.Is(err, graph.ErrTooManyQuads) {
		return refuse(http.StatusUnprocessableEntity, "this has more than %s quads, the most that a page gives: kg export gives all", thousands(mostQuads))
	}
	return err
}

// send writes quads in one of the RDF formats.
func send(w http.ResponseWriter, r *http.Request, kind, name string, quads []quad.Quad, base schema.Base) error {
	var b bytes.Buffer
	if err := rdf.Write(&b, kind, quads, base); err != nil {
		return err
	}
	return sendFile(w, r, kind, name, b.Bytes())
}

// sendFile sends a file, which a browser saves.
func sendFile(w http.ResponseWriter, r *http.Request, kind, name string, b []byte) error {
	all := append(slices.Clone(graphFormats), queryFormats...)
	i := slices.IndexFunc(all, func(f format) bool { return f.Name == kind })
	h := w.Header()
	h.Set("Content-Type", all[i].Type+"; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + "." + strings.TrimSuffix(kind, "-safe")}))
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", vary)
	return Send(w, r, http.StatusOK, b)
}

// answerAs sends the answer of a query as a file.
func (s *Server) answerAs(w http.ResponseWriter, r *http.Request, a *asked, q *queries.Query, res *queries.Result, kind string) error {
	var b bytes.Buffer
	switch kind {
	case "svg":
		p, err := a.answerPicture(r.FormValue(beside(paramNames(q), edgesParam)), q, res)
		if err != nil {
			return err
		}
		return s.sendSVG(w, r, p)
	case "nq": // the claims behind the answer
		list, err := a.QuadsOfClaims(a.ctx, ClaimsOf(res), mostQuads)
		if err != nil {
			return tooMany(err)
		}
		if err := rdf.Write(&b, "nq", list, a.Base); err != nil {
			return err
		}
	case "csv", "csv-safe":
		if err := a.writeCSV(&b, res, kind == "csv-safe"); err != nil {
			return err
		}
	case "json":
		if err := a.writeJSON(&b, res); err != nil {
			return err
		}
	}
	return sendFile(w, r, kind, q.Name, b.Bytes())
}

// writeCSV writes RFC 4180, as kg query -o csv --evidence does: one line per claim behind
// a row; with safe like --csv-safe.
func (a *asked) writeCSV(b *bytes.Buffer, res *queries.Result, safe bool) error {
	c := csv.NewWriter(b)
	write := c.Write
	if safe {
		b.WriteString(spreadsheet.BOM)
		write = func(line []string) error { return c.Write(spreadsheet.Neutral(line)) }
	}
	if err := write(slices.Concat(res.Columns, queries.Words, claimrows.Columns)); err != nil {
		return err
	}
	for _, row := range res.Rows {
		details, err := claimrows.Cells(a.ctx, a.View, row.Evidence, noPassage)
		if err != nil {
			return err
		}
		if len(details) == 0 {
			details = [][]graph.Cell{make([]graph.Cell, len(claimrows.Columns))}
		}
		for _, detail := range details {
			line := row.Texts()
			for _, cell := range detail {
				line = append(line, cell.Text)
			}
			if err := write(line); err != nil {
				return err
			}
		}
	}
	c.Flush()
	return c.Error()
}

func (a *asked) writeJSON(b *bytes.Buffer, res *queries.Result) error {
	rows := []json.RawMessage{}
	for _, row := range res.Rows {
		one, err := a.rowJSON(res.Columns, row)
		if err != nil {
			return err
		}
		rows = append(rows, one)
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(rows)
}
