package main

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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

// yesOrNo is what pflag adds to flags that are given or not.
const yesOrNo = "[=true|false]"

// flagUsages lists flags as pflag does, without yesOrNo.
func flagUsages(flags *pflag.FlagSet) string {
	var names, texts []string
	width := 0
	for line := range strings.Lines(flags.FlagUsagesWrapped(0)) {
		line = strings.Replace(strings.TrimSuffix(line, "\n"), yesOrNo, "", 1)
		at := strings.Index(line[min(8, len(line)):], "   ") + 8 // behind the letter and the dashes
		name, text := line[:at], strings.TrimLeft(line[at:], " ")
		names, texts = append(names, name), append(texts, text)
		width = max(width, len(name))
	}
	var b strings.Builder
	for i, name := range names {
		fmt.Fprintf(&b, "%-*s   %s\n", width, name, texts[i])
	}
	return b.String()
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
