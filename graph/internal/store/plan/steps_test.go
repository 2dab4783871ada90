package plan

import (
	"regexp"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// steps are all that paths are made of.
var steps []step

func init() { steps = append(append(hops(), filters()...), joins()...) }

type (
	P = *path.Path
	G = *pathMaker
)

func simple(name string, tags bool, take func(g G, p P) P) step {
	return step{name: name, tags: tags, take: func(g G, p P, _ int) P { return take(g, p) }}
}

func deep(name string, take func(g G, p P, depth int) P) step {
	return step{name: name, deep: true, take: take}
}

func final(s step) step { s.final = true; return s }

func hops() []step {
	return []step{
		simple("out", false, func(g G, p P) P { return p.Out(g.via()) }),
		simple("in", false, func(g G, p P) P { return p.In(g.via()) }),
		simple("out any", false, func(g G, p P) P { return p.Out() }),
		simple("both", false, func(g G, p P) P { return p.Both(g.via()) }),
		simple("out tags", true, func(g G, p P) P { return p.OutWithTags([]string{g.tag()}, g.via()) }),
		simple("in tags", true, func(g G, p P) P { return p.InWithTags([]string{g.tag()}, g.via()) }),
		simple("both tags", true, func(g G, p P) P { return p.BothWithTags([]string{g.tag()}, g.via()) }),
		simple("has", false, func(g G, p P) P { return p.Has(g.one(quad.IRI("p"), quad.IRI("q"))) }),
		simple("has nodes", false, func(g G, p P) P { return p.Has(g.via(), g.nodes()...) }),
		simple("has reverse", false, func(g G, p P) P { return p.HasReverse(g.via(), g.nodes()...) }),
		simple("has filter", false, func(g G, p P) P { return p.HasFilter(g.via(), g.IntN(2) == 0, g.comparison()) }),
		simple("save", true, func(g G, p P) P { return p.Save(g.via(), g.tag()) }),
		simple("save reverse", true, func(g G, p P) P { return p.SaveReverse(g.via(), g.tag()) }),
		simple("save optional", true, func(g G, p P) P { return p.SaveOptional(g.via(), g.tag()) }),
		simple("save optional reverse", true, func(g G, p P) P { return p.SaveOptionalReverse(g.via(), g.tag()) }),
		simple("save predicates", true, func(g G, p P) P { return p.SavePredicates(g.IntN(2) == 0, g.tag()) }),
	}
}

func filters() []step {
	return []step{
		simple("unique", false, func(g G, p P) P { return p.Unique() }),
		simple("is", false, func(g G, p P) P { return p.Is(g.nodes()...) }),
		simple("filter", false, func(g G, p P) P { return p.Filters(g.comparison()) }),
		simple("wildcard", false, func(g G, p P) P {
			return p.Filters(shape.Wildcard{Pattern: []string{"a%", "?", "b?c", "%a", "b/%", "al?ha", "%"}[g.IntN(7)]})
		}),
		simple("regexp", false, func(g G, p P) P {
			return p.Filters(shape.Regexp{Re: regexp.MustCompile("[a-d0]"), Refs: g.IntN(2) == 0})
		}),
		simple("tag", true, func(g G, p P) P { return p.Tag(g.tag()) }),
		simple("label", false, func(g G, p P) P { return p.LabelContext(quad.IRI("x"), quad.IRI("r")) }),
		simple("no label", false, func(g G, p P) P { return p.LabelContext() }),
		simple("label tags", true, func(g G, p P) P {
			return p.LabelContextWithTags([]string{g.tag()}, path.StartPath(g.qs, quad.IRI("x"), quad.IRI("y")))
		}),
		simple("all", false, func(g G, p P) P { return p.Clone().Limit(1 << 40) }),
		final(simple("order", false, func(g G, p P) P { return p.Clone().Order() })),
		final(simple("labels", false, func(g G, p P) P { return p.Labels() })),
		final(simple("in predicates", false, func(g G, p P) P { return p.InPredicates() })),
		final(simple("out predicates", false, func(g G, p P) P { return p.OutPredicates() })),
	}
}

func joins() []step {
	return []step{
		deep("and", func(g G, p P, d int) P { return p.And(g.sub(d)) }),
		deep("or", func(g G, p P, d int) P { return p.Or(g.sub(d)) }),
		deep("except", func(g G, p P, d int) P { return p.Except(g.sub(d)) }),
		deep("optional", func(g G, p P, d int) P {
			return p.Optional(g.reversible(path.StartMorphism(), d))
		}),
		deep("has path", func(g G, p P, d int) P {
			return p.HasPath(g.reversible(path.StartMorphism(), d))
		}),
		deep("follow", func(g G, p P, d int) P { return p.Follow(g.steps(path.StartMorphism(), d-1)) }),
		deep("follow reverse", func(g G, p P, d int) P {
			return p.FollowReverse(g.reversible(path.StartMorphism(), d))
		}),
		deep("back", func(g G, p P, d int) P {
			if g.plain || g.fixed {
				return p
			}
			t := g.tag()
			return g.reversible(p.Tag(t), d).Back(t)
		}),
		final(deep("recursion", func(g G, p P, d int) P {
			was := g.plain
			g.plain = true
			via := g.steps(path.StartMorphism().Out(g.one(quad.IRI("p"), quad.IRI("q"))), d-1)
			g.plain = was
			f := FollowRecursive(via, g.IntN(4)-1)
			if !g.plain {
				f.DepthTags = []string{g.tag()}
			}
			return p.Filters(f)
		})),
	}
}
