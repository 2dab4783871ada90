package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
)

const versionHelp = `Version prints what this kg was built from: its version, the revision and time of
the commit, whether files were changed since, the version of Go, and the platform.
kg --version prints the same line. What changed from one version to the next is in
CHANGELOG.md.`

func newVersion(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version, and what it was built from",
		Long:  versionHelp,
		Args:  takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			b := thisBuild()
			if format, err := cmd.Flags().GetString("output"); err == nil && format == "table" {
				_, err := fmt.Fprintln(a.out, "kg version", b)
				return err
			}
			l := &listing{columns: []string{"version", "revision", "time", "modified", "go", "platform"}}
			cells := words(b.version, b.revision, b.time, fmt.Sprint(b.modified), b.goVersion, b.platform)
			cells[3] = graph.Cell{Value: quad.Bool(b.modified), Text: cells[3].Text}
			l.rows = []listingRow{{cells: cells}}
			return a.print(cmd, l)
		},
	}
	addFormat(cmd)
	return cmd
}

// buildInfo describes what a binary was built from. Outside a repository Go records no
// revision and no time.
type buildInfo struct {
	version, revision, time string
	modified                bool // files were, after the revision
	goVersion, platform     string
}

func thisBuild() buildInfo {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return buildOf(info)
}

func buildOf(info *debug.BuildInfo) buildInfo {
	b := buildInfo{
		version:   cmp.Or(info.Main.Version, "(devel)"),
		goVersion: info.GoVersion,
		platform:  runtime.GOOS + "/" + runtime.GOARCH,
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.revision = s.Value
		case "vcs.time":
			b.time = s.Value
		case "vcs.modified":
			b.modified = s.Value == "true"
		}
	}
	return b
}

// String returns the build in one line, its revision shortened as git does.
func (b buildInfo) String() string {
	var parts []string
	if b.revision != "" {
		parts = append(parts, b.revision[:min(12, len(b.revision))])
	}
	if b.time != "" {
		parts = append(parts, b.time)
	}
	if b.modified {
		parts = append(parts, "modified")
	}
	return fmt.Sprintf("%s (%s)", b.version, strings.Join(append(parts, b.goVersion, b.platform), ", "))
}
