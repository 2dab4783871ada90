package graph_test

import (
	"context"
	"os"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// BenchmarkWhole measures what goes through a whole graph. KG_BENCH is a store; of one
// with claims the source with the most of them is retracted.
func BenchmarkWhole(b *testing.B) {
	path := os.Getenv("KG_BENCH")
	if path == "" {
		b.Skip("KG_BENCH is no store")
	}
	ctx, s := context.Background(), open(b, path)
	var quads float64
	for name, do := range map[string]func() error{
		"verify": func() error { return s.Verify(ctx, nil) },
		"check": func() error {
			c, err := s.WholeView(base).WithRetracted().Check(ctx, nil)
			if err == nil {
				quads = float64(c.Quads)
			}
			return err
		},
		"diff": func() error {
			_, err := s.Diff(ctx, s, base)
			return err
		},
		"retract": func() error {
			source, err := largest(ctx, s)
			if source == "" || err != nil {
				return err
			}
			o := options("withdrawn")
			o.DryRun = true
			_, err = s.Retract(ctx, source, o)
			return err
		},
		"locators": func() error {
			_, err := s.WholeView(base).Locators(ctx, func(quad.IRI) bool { return true })
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
			if name == "check" {
				b.ReportMetric(quads*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
			}
		})
	}
}

// largest is the source with the most claims.
func largest(ctx context.Context, s *graph.Store) (source quad.IRI, err error) {
	counts, err := s.WholeView(base).CountClaims(ctx)
	for iri, n := range counts {
		if source == "" || n > counts[source] && !schema.IRI(iri).IsBackground() {
			source = iri
		}
	}
	return source, err
}
