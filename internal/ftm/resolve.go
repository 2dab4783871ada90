package ftm

import (
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
)

// resolved is an entity whose names are known: values by property.
type resolved struct {
	*entity
	schema *class
	values []propertyValues
	has    [onClaim + 1]bool // values that become something
	about  []one             // statements about the claim, each once
}

type propertyValues struct {
	*schemaProperty // nil for a property that FollowTheMoney does not have
	name            string
	values          []string
}

// resolve resolves the names of an entity and of those nested in it, and adds them to a
// list.
func (m *Model) resolve(e *entity, list []resolved, unknown func(s *class, name string, at, n int)) ([]resolved, error) {
	s := m.schemata[e.Schema]
	switch {
	case s == nil:
		return nil, mistake(max(e.schemaAt, e.at), "the entity %q has the unknown schema %q%s", e.ID, e.Schema, strict.DidYouMean(e.Schema, slices.Sorted(maps.Keys(m.schemata))))
	case s.abstract:
		return nil, mistake(max(e.schemaAt, e.at), "the entity %q has the schema %s, of which there are no entities", e.ID, e.Schema)
	}
	r := resolved{entity: e, schema: s, values: make([]propertyValues, 0, len(e.Properties))}
	for i := range e.Properties {
		v := &e.Properties[i]
		p := s.props[v.Name]
		var stub *schemaProperty
		if p == nil || len(v.nested) > 0 {
			stub = s.stubs[v.Name]
		}
		for _, nested := range v.nested {
			switch {
			case p != nil && p.Type == "entity":
				v.Values = append(v.Values, nested.ID)
			case stub != nil:
				nested.point(stub.Name, e.ID)
			default:
				return nil, mistake(nested.at, "%s of %s leads to no entity, and here stands one", v.Name, s.Name)
			}
			var err error
			if list, err = m.resolve(nested, list, unknown); err != nil {
				return nil, err
			}
		}
		if p == nil && stub != nil {
			if len(v.Values) == 0 {
				continue // the other ends say so, which stand here
			}
			p = &schemaProperty{own: quad.IRI(ftmTerm + v.Name), Name: v.Name, Type: "entity", owner: s.Name}
		}
		if p == nil && len(v.Values) > 0 {
			unknown(s, v.Name, v.at, len(v.Values))
		}
		if p != nil {
			r.has[p.how] = true
		}
		r.values = append(r.values, propertyValues{p, v.Name, v.Values})
	}
	r.about = r.all(onClaim)
	return append(list, r), nil
}

// point makes a nested entity point to the one that it stands in.
func (e *entity) point(name, id string) {
	for i := range e.Properties {
		if v := &e.Properties[i]; v.Name == name {
			if !slices.Contains(v.Values, id) {
				v.Values = append(v.Values, id)
			}
			return
		}
	}
	e.Properties = append(e.Properties, namedValues{Name: name, Values: []string{id}})
}
