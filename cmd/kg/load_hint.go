package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"kg/graph"
	"kg/queries"
)

// fewOffered is the maximum number of questions that a hint names.
const fewOffered = 5

// upToDate ends a load with a hint at the questions that the graph can answer now.
func (a *app) upToDate(ctx context.Context, store *graph.Store) error {
	v := a.set(store.View(a.settings.base()))
	asks, entity := "kg query (the questions), ", "ENTITY"
	// Finding the questions that suit a graph reads all of it, too much for a server.
	_, onServer := a.settings.remote()
	if set, err := a.queries(); err == nil && !onServer { // else kg query says what is wrong
		offered, _, err := set.Offered(ctx, v, 0)
		if err != nil {
			return err
		}
		if len(offered) == 0 {
			if nothing, err := nothingSaid(ctx, v); err != nil {
				return err
			} else if nothing {
				has, err := emptyFor(ctx, v)
				if err != nil {
					return err
				}
				fmt.Fprintf(a.err, "%s is up to date, and has %s\n", a.settings.shownDB(), has)
				return a.drop(store)
			}
		}
		if len(offered) <= fewOffered {
			if asks, entity, err = a.few(ctx, v, set, offered); err != nil {
				return err
			}
		}
	}
	calls := fmt.Sprintf("%skg find WORDS, kg show %s, kg why A B", asks, entity)
	calls = aCall.ReplaceAllString(calls, "${1}"+calledAs(os.Args[0])+" ")
	fmt.Fprintf(a.err, "%s is up to date. Now ask: %s\n", a.settings.shownDB(), calls)
	return a.drop(store)
}

// few returns calls of a few questions, and an entity to show; ENTITY in a graph without.
func (a *app) few(ctx context.Context, v *graph.View, set queries.Set, offered []string) (asks, entity string, err error) {
	example, err := v.Example(ctx)
	if err != nil {
		return "", "", err
	}
	entity = "ENTITY"
	if example != "" {
		entity = v.Base.Short(example)
	}
	for _, name := range offered {
		var args []string
		if name == "neighbours" {
			args = []string{"entity=" + entity}
		}
		asks += set[name].Call(args...) + ", "
	}
	if len(offered) == 0 {
		asks = "kg stats, "
	}
	return asks, entity, nil
}

// aCall matches the beginning of a call of kg in a list.
var aCall = regexp.MustCompile(`(^|, )kg `)

// calledAs returns what people type for kg: after go run there is no installed kg.
func calledAs(path string) string {
	if goRun.MatchString(filepath.ToSlash(path)) {
		return "go run ./cmd/kg"
	}
	return "kg"
}

// goRun matches the path of a binary that go run has built.
var goRun = regexp.MustCompile(`/go-build[0-9]+/b[0-9]+/exe/[^/]+$`)
