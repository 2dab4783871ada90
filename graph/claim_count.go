package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// CountClaims counts what SourceClaims lists. A claim that names who read the
// source so, as all of claims files do, is not read for it.
func (v *View) CountClaims(ctx context.Context, source quad.IRI) (n int, err error) {
	defer snapshot.Catch(&err)
	qs, ok := v.qs.(*store.QuadStore)
	if !ok {
		claims, err := v.SourceClaims(ctx, source)
		return len(claims), err
	}
	ids, err := qs.IDs()
	if err != nil {
		return 0, err
	}
	c := &claimCount{v: v, ids: ids, isIRI: map[term.ID]bool{}}
	for _, one := range []struct {
		value quad.Value
		id    *term.ID
	}{{source, &c.source}, {schema.FromSource, &c.from}, {schema.Type, &c.isA}, {schema.ClaimClass, &c.claim}, {schema.AnnotatedBy, &c.by}} {
		if *one.id, err = ids.Find(one.value); err != nil {
			return 0, err
		}
	}
	if c.source == term.None || c.from == term.None || c.isA == term.None || c.claim == term.None {
		return 0, nil
	}
	return c.count(ctx)
}

// claimCount counts the claims of a source by the numbers of terms.
type claimCount struct {
	v                            *View
	ids                          *store.IDs
	source, from, isA, claim, by term.ID
	isIRI                        map[term.ID]bool
}

func (c *claimCount) count(ctx context.Context) (n int, err error) {
	p := term.Pattern{Quad: term.Quad{term.Predicate: c.from, term.Object: c.source}}
	each := c.ids.Each(ctx, p, func(q term.Quad) {
		if err != nil || c.ids.Count(term.Pattern{Quad: term.Quad{term.Subject: q[term.Subject], term.Predicate: c.isA, term.Object: c.claim}}) == 0 {
			return
		}
		var read, claim bool
		if read, err = c.isRead(ctx, q[term.Subject]); err == nil && !read {
			claim, err = c.isClaim(ctx, q[term.Subject])
		}
		if read || claim {
			n++
		}
	})
	if err == nil {
		err = each
	}
	return n, err
}

// isRead reports whether a claim names who read it.
func (c *claimCount) isRead(ctx context.Context, claim term.ID) (read bool, err error) {
	if c.by == term.None {
		return false, nil
	}
	p := term.Pattern{Quad: term.Quad{term.Subject: claim, term.Predicate: c.by}}
	each := c.ids.Each(ctx, p, func(q term.Quad) {
		is, known := c.isIRI[q[term.Object]]
		if !known {
			var value quad.Value
			if value, err = c.ids.Value(q[term.Object]); err == nil {
				is = iriOf(value) != ""
				c.isIRI[q[term.Object]] = is
			}
		}
		read = is // the last one is the claim's: see readClaim
	})
	if err == nil {
		err = each
	}
	return read, err
}

// isClaim reads a claim.
func (c *claimCount) isClaim(ctx context.Context, id term.ID) (bool, error) {
	value, err := c.ids.Value(id)
	if err != nil || iriOf(value) == "" {
		return false, err
	}
	claim, err := c.v.Claim(ctx, iriOf(value))
	return claim != nil, err
}
