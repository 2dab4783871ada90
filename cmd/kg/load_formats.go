package main

import (
	"path/filepath"
	"slices"
	"strings"

	"kg/internal/claimsfile"
)

// holds is the kind of content of a file for kg load. One load takes one kind, and is
// atomic.
type holds string

const (
	claimsFiles    holds = "claims"
	quadsFiles     holds = "quads"
	tableFiles     holds = "a table"
	decisionsFiles holds = "decisions" // of kg match, in YAML as claims are
)

// inputFormats are the formats of files for kg load, by the ending of their names or
// --from, with their contents.
var inputFormats = []struct {
	name string
	holds
}{
	{"yaml", claimsFiles},
	{"nq", quadsFiles}, {"nt", quadsFiles}, {"ttl", quadsFiles}, {"trig", quadsFiles}, {"jsonld", quadsFiles}, {ftmFormat, quadsFiles},
	{"csv", tableFiles}, {"tsv", tableFiles}, {"xlsx", tableFiles}, {"jsonl", tableFiles},
}

// holdsOf returns the contents of files of a format; empty for an unknown one.
func holdsOf(format string) holds {
	for _, f := range inputFormats {
		if f.name == format {
			return f.holds
		}
	}
	return ""
}

// formatNames returns the formats with some contents.
func formatNames(what ...holds) (names []string) {
	for _, f := range inputFormats {
		if slices.Contains(what, f.holds) {
			names = append(names, f.name)
		}
	}
	return names
}

// hold returns the contents of the files, which must be the same for all and suit the
// flags.
func (f quadsFlags) hold(files []string) (holds, error) {
	if f.from != "" && holdsOf(f.from) == "" {
		return "", usagef("unknown format %q: --from takes %s", f.from, strings.Join(formatNames(claimsFiles, quadsFiles, tableFiles), ", "))
	}
	if len(files) == 0 && f.from != "" {
		return "", usagef("--from %s: no file is given; - is standard input", f.from)
	}
	if len(files) == 0 && f.mapping != "" {
		return "", usagef("--map %s: no table is given; kg load --map MAPPING FILE.csv", f.mapping)
	}
	first := map[holds]string{}
	all := claimsFiles
	for i, name := range files {
		what := holdsOf(f.formatOf(name))
		if what == claimsFiles && claimsfile.IsDecisions(head(name)) {
			what = decisionsFiles
		}
		if first[what] == "" {
			first[what] = name
		}
		if i == 0 {
			all = what
		}
		if what != all {
			return "", usagef("%q holds %s and %q holds %s: load them one after the other", first[all], all, name, what)
		}
	}
	return all, f.suits(all, first[all])
}

// suits refuses flags that are not for these contents.
func (f quadsFlags) suits(all holds, name string) error {
	switch {
	case all == tableFiles && f.mapping == "":
		return usagef("%q is a table: --map MAPPING says what its rows say, and kg map %s drafts one", name, name)
	case all != tableFiles && f.mapping != "":
		return usagef("--map is for tables, and %q seems to hold %s: --from %s says that a file is one", name, all, strings.Join(formatNames(tableFiles), ", "))
	case all == quadsFiles || !f.ofQuads():
		return nil
	case all == claimsFiles && name != "" && byEnding[strings.TrimPrefix(filepath.Ext(name), ".")] != "":
		return usagef("%q seems to be %s: %s", name, seems(name, nil), instead(seems(name, nil), name))
	}
	return usagef("--label, --base-iri and --keep-going are for quads: --from %s says that a file holds them", strings.Join(formatNames(quadsFiles), ", "))
}
