package graph

import (
	_ "github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/memstore"
	_ "github.com/cayleygraph/cayley/query/gizmo"
	_ "github.com/cayleygraph/cayley/query/path"
	_ "github.com/spf13/cobra"
	_ "go.yaml.in/yaml/v4"
	_ "github.com/jedib0t/go-pretty/v6/table"
	_ "github.com/agnivade/levenshtein"
	_ "github.com/gofrs/flock"
	_ "golang.org/x/term"
)
