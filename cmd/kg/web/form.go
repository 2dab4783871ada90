package web

import (
	"net/url"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// parameter is a field of the form.
type parameter struct {
	queries.Param
	Value   string
	Options []option // for a pick-list; none for a field to type in
	Numeric bool
	Search  bool   // a field that suggests names
	Kind    string // of what it suggests; empty for any
}

type option struct {
	Value, Text string
	Chosen      bool
}

// mostOptions is the maximum length of a pick-list; for more options there is a text
// field.
const mostOptions = 250

// form fills in the fields for a query's parameters: a pick-list for a kind with few
// entities, otherwise a text field with suggestions.
func (a *asked) form(p *queryPage, q *queries.Query, values url.Values) error {
	for _, param := range q.Params {
		field := parameter{Param: param, Value: values.Get(param.Name), Numeric: param.Type == "number"}
		switch known := a.knows(param); {
		case !known:
			field.Meaning = param.Role() // without the default, which is of another graph
		case field.Value == "":
			field.Value = param.Default
		}
		if param.Type != "text" && param.Type != "number" {
			field.Search = true
			if param.Type != "entity" {
				field.Kind = param.Type
			}
			if err := a.pickList(&field); err != nil {
				return err
			}
			if len(field.Options) == 0 {
				field.Value = a.chosenName(field.Value, param.Type)
			}
		}
		p.Params = append(p.Params, field)
	}
	return nil
}

// pickList offers the entities of a field's kind, if they are few.
func (a *asked) pickList(field *parameter) error {
	if field.Type == "entity" {
		return nil
	}
	entities, all, err := a.OfKind(a.ctx, field.Type, 0, mostOptions)
	if err != nil || all > mostOptions {
		return err
	}
	field.Options, err = a.options(entities, field)
	return err
}

// options lists entities; the one that the address names is selected.
func (a *asked) options(entities []quad.IRI, field *parameter) ([]option, error) {
	chosen := quad.IRI("")
	if field.Value != "" {
		chosen, _ = a.FindOf(a.ctx, field.Value, field.Type) // what is unknown is told by the query itself
	}
	var list []option
	for _, entity := range entities {
		cell, err := a.Describe(a.ctx, entity)
		if err != nil {
			return nil, err
		}
		list = append(list, option{a.Base.Short(entity), cell.Text, entity == chosen})
	}
	return list, nil
}

// knows reports whether the graph has a parameter's default; texts and numbers are always
// known.
func (a *asked) knows(p queries.Param) bool {
	if p.Default == "" || p.Type == "text" || p.Type == "number" {
		return true
	}
	took := a.Took
	defer func() { a.Took = took }()
	a.Took = nil
	_, err := a.FindOf(a.ctx, p.Default, p.Type)
	return err == nil
}

// mostGiven is the maximum number of values proposed for a parameter that needs one.
const mostGiven = 8

// proposed returns values for a parameter that needs one, each with the address of its
// answer.
func (a *asked) proposed(query string, p queries.Param) (list []term, err error) {
	var values []quad.IRI
	if p.Type == "entity" {
		example, err := a.Example(a.ctx)
		if err != nil || example == "" {
			return nil, err
		}
		page, err := a.Neighbours(a.ctx, example, graph.EdgeFilter{}, "", 4*mostGiven)
		if err != nil {
			return nil, err
		}
		values = []quad.IRI{example}
		for _, e := range page.Edges {
			if iri, ok := e.Other().(quad.IRI); ok && e.Relation() != schema.Type && !slices.Contains(values, iri) {
				values = append(values, iri)
			}
		}
	} else if values, _, err = a.OfKind(a.ctx, p.Type, 0, mostGiven); err != nil {
		return nil, err
	}
	for _, value := range values[:min(len(values), mostGiven)] {
		t, err := a.term(value)
		if err != nil {
			return nil, err
		}
		t.Href = "/query/" + query + "?" + address(url.Values{p.Name: {t.Title}})
		list = append(list, t)
	}
	return list, nil
}

// chosenName returns the text of a field for a value: the name of the entity if the name
// resolves to the same entity again, else the value itself. People choose names; ids are
// for addresses.
func (a *asked) chosenName(value, kind string) string {
	if value == "" {
		return ""
	}
	took := a.Took
	defer func() { a.Took = took }()
	a.Took = nil
	iri, err := a.FindOf(a.ctx, value, kind)
	if err != nil {
		return value // what is unknown is told by the page itself
	}
	cell, err := a.Describe(a.ctx, iri)
	if err != nil {
		return value
	}
	if again, err := a.FindOf(a.ctx, cell.Text, kind); err != nil || again != iri {
		return value
	}
	return cell.Text
}
