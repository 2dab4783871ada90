//go:build man

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra/doc"
)

// Built with the tag man, as by .ci/release, kg writes its man pages into the folder
// given as its only argument. Released binaries do not contain the renderer.
func init() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "writing man pages: give one folder")
		os.Exit(exitUsage)
	}
	if err := writeMan(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "writing man pages:", err)
		os.Exit(exitStore)
	}
	os.Exit(exitDone)
}

// writeMan writes a page of section 1 per verb, and one of section 7 per topic of
// the manual. Their date is that of the commit.
func writeMan(dir string) error {
	b := thisBuild()
	date, err := time.Parse(time.RFC3339, b.time)
	if err != nil {
		return fmt.Errorf("the time of the commit, which go build records in a repository: %w", err)
	}
	root := newRoot(&app{})
	for _, cmd := range root.Commands() {
		for _, cmd := range append(cmd.Commands(), cmd) {
			fitHelp(cmd)
		}
	}
	root.DisableAutoGenTag = true
	header := &doc.GenManHeader{Section: "1", Date: &date, Source: "kg " + b.version, Manual: "kg"}
	if err := doc.GenManTree(root, header, dir); err != nil {
		return err
	}
	for _, name := range topics {
		title, text := topic(name)
		if name == "gizmo" {
			text += "\n" + methodsHelp()
		}
		_, text, _ = strings.Cut(text, "\n")
		page := fmt.Sprintf("%% \"KG-%s\" \"7\" \"%s\" \"kg %s\" \"kg\"\n# NAME\nkg-%s - %s\n\n# DESCRIPTION\n%s",
			strings.ToUpper(name), date.Format("Jan 2006"), b.version, name, title, text)
		if err := os.WriteFile(filepath.Join(dir, "kg-"+name+".7"), md2man.Render([]byte(page)), 0o644); err != nil {
			return err
		}
	}
	return nil
}
