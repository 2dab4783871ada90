package main

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"kg/graph"
)

// manual is the manual for users, a Markdown file per topic; TestExamples runs
// its examples.
//
//go:embed help/*.md
var manual embed.FS

// topics are the manual's, in the order in which a newcomer reads them. What the
// manual says of a verb (serve, kinds) is that verb's help.
var topics = []string{"start", "claims", "short", "ask", "queries", "gizmo", "share", "settings", "files", "exit-codes"}

// topic is a part of the manual: its title, and the whole of it.
func topic(name string) (title, text string) {
	b, err := manual.ReadFile(path.Join("help", name+".md"))
	if err != nil {
		panic(err) // only for a name that is not embedded
	}
	text = string(b)
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimPrefix(line, "# "), text
}

// helpTopics are the topics of help, beside the verbs.
func helpTopics() []*cobra.Command {
	var list []*cobra.Command
	for _, name := range topics {
		title, text := topic(name)
		list = append(list, &cobra.Command{Use: name, Short: title, Long: text})
		if name == "gizmo" { // the list of methods is made when it is asked for: every verb starts here
			list[len(list)-1].SetHelpFunc(func(cmd *cobra.Command, _ []string) {
				fmt.Fprint(cmd.OutOrStdout(), text, "\n", methodsHelp())
			})
		}
	}
	return list
}

var methodTitles = map[string]string{
	"":      "Functions that make values and filters:",
	"graph": "Methods of graph, or g for short:",
	"path":  "Methods of a path:",
}

// methodsHelp lists what a script can call.
func methodsHelp() string {
	var b strings.Builder
	object := "none yet"
	for _, m := range graph.Methods() {
		if m.Object != object {
			if b.Len() > 0 {
				b.WriteString("\n")
			}
			object = m.Object
			b.WriteString(methodTitles[object] + "\n")
		}
		fmt.Fprintf(&b, "\n    %s%s\n", m.Name, m.Signature)
		said := m.Doc
		if len(m.Aliases) > 0 {
			said += " Also " + strings.Join(m.Aliases, ", ") + "."
		}
		if m.Extension {
			said += " An extension."
		}
		b.WriteString(wrapped(said, "        ", 80))
	}
	return b.String()
}

// wrapped is a text in indented lines of at most width columns.
func wrapped(text, indent string, width int) string {
	var b strings.Builder
	line := indent
	for _, word := range strings.Fields(text) {
		if len(line) > len(indent) && len(line)+1+len(word) > width {
			b.WriteString(line + "\n")
			line = indent
		}
		if len(line) > len(indent) {
			line += " "
		}
		line += word
	}
	return b.String() + line + "\n"
}
