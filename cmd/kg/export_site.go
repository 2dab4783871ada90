package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/site"
	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// siteFormat is a folder of pages.
const siteFormat = "site"

// siteTime bounds one page of a site and its picture. Nobody waits for it, and a slow
// machine must write the same page as a fast one.
const siteTime = time.Hour

// checkSite refuses flags that a site does not support.
func (f *exportFlags) checkSite() error {
	switch {
	case f.file == "" || f.file == "-":
		return usagef("a site is written to a folder: --out DIR, which is new, empty, or a site that kg wrote")
	case f.losses != "":
		return usagef("--losses is for formats of other programs: a site loses nothing")
	case f.opt.WithoutDecisions:
		return usagef("--without-decisions is for quads: a site shows what is retracted, and why")
	}
	return nil
}

// exportSite writes the pages of store, which is all or a part of it.
func (a *app) exportSite(cmd *cobra.Command, all, store *graph.Store, f exportFlags) error {
	set, err := a.queries()
	if err != nil {
		return err
	}
	a.warnOf(set.Mistakes())
	if set, err = a.unnamed(cmd, all, set, f.part.redact); err != nil {
		return err
	}
	sum, err := store.Hash(cmd.Context(), graph.ExportOptions{})
	if err = errors.Join(err, a.settled()); err != nil {
		return err
	}
	o := web.Options{
		View: func(denied bool) *graph.View {
			v := store.View
			if denied {
				v = store.WholeView
			}
			view := a.set(v(a.settings.base()))
			view.Took = nil // pages say it themselves
			return view
		},
		Hash:    func(context.Context) (string, error) { return sum, nil },
		Queries: set,
		Drawer:  a.drawer(),
		Hosts:   []string{site.Host},
		Limits:  web.DefaultLimits(),
		Log:     slog.New(slog.DiscardHandler),
		Copied:  true,
	}
	o.Limits.Time, o.Limits.Picture, o.Limits.Beside = siteTime, siteTime, siteTime
	o.Limits.Trying = siteTime // every copy is to be the same
	answers, err := answersOf(cmd.Context(), o)
	if err != nil {
		return err
	}
	report, end := a.progress()
	defer end()
	n, err := site.Write(cmd.Context(), f.file, site.Options{
		Handler: web.New(o), Answers: answers, Graph: sum, Version: thisBuild().version,
		Report: func(done, known int) {
			if report != nil {
				report(graph.Progress{Doing: "copying pages", Done: int64(done), Total: int64(known)})
			}
		},
	})
	if err != nil {
		return err
	}
	end()
	fmt.Fprintf(a.err, "written: %s pages, %s pictures and %s other files: open %s/index.html\n",
		thousands(n.Pages), thousands(n.Pictures), thousands(n.Static), strings.TrimRight(f.file, "/"))
	return nil
}

// answersOf are the saved queries that can be answered without a parameter.
func answersOf(ctx context.Context, o web.Options) (names []string, err error) {
	v := o.View(false)
	offered, _, err := o.Queries.Offered(ctx, v, siteTime)
	if err != nil {
		return nil, err
	}
	for _, name := range offered {
		_, err := o.Queries[name].Bind(ctx, v, nil)
		switch unset := new(queries.DefaultError); {
		case errors.As(err, &unset):
		case err != nil:
			return nil, err
		default:
			names = append(names, name)
		}
	}
	return names, nil
}

// unnamed returns the queries whose files have no word of a redacted name: a page shows
// the question and its text.
func (a *app) unnamed(cmd *cobra.Command, store *graph.Store, set queries.Set, redact []string) (queries.Set, error) {
	if len(redact) == 0 {
		return set, nil
	}
	v := store.WholeView(a.settings.base()).WithRetracted()
	who, err := v.Find(cmd.Context(), redact[0])
	names := []string{redact[0], schema.IRI(who).LastPart()}
	if errors.As(err, new(*graph.UnknownError)) && v.Decides(redact[0]) { // nobody in the graph
		names = names[:1]
	} else if err != nil {
		return nil, err
	}
	for q, err := range v.Each(cmd.Context(), quad.Quad{Subject: who}) {
		if err != nil {
			return nil, err
		}
		if iri, _ := q.Predicate.(quad.IRI); iri == schema.AltLabel || slices.Contains(schema.Naming, iri) {
			names = append(names, graph.Text(q.Object))
		}
	}
	left := queries.Set{}
	for _, name := range set.Names() {
		q := set[name]
		if slices.ContainsFunc(names, func(n string) bool { return mentions(name+" "+q.Question+" "+q.Text, n) }) {
			fmt.Fprintf(a.err, "left out: the query %s, whose file has a word of the name\n", name)
			continue
		}
		left[name] = q
	}
	return left, nil
}

// mentions reports whether a text has a name in any case, or a word of it as written.
// Words as short as an article do not count.
func mentions(text, name string) bool {
	if strings.Contains(strings.ToLower(text), strings.ToLower(name)) {
		return true
	}
	letters := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	words := strings.FieldsFunc(text, letters)
	return slices.ContainsFunc(strings.FieldsFunc(name, letters), func(word string) bool {
		first, _ := utf8.DecodeRuneInString(word)
		return utf8.RuneCountInString(word) > 2 && word != "The" && !unicode.IsLower(first) && slices.Contains(words, word)
	})
}
