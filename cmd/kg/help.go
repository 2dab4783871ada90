package main

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kg/graph"
)

// manualWidth is the width in columns that help and manual are written for.
const manualWidth = 80

// manual is the manual for users, a Markdown file per topic; TestExamples runs
// its examples.
//
//go:embed help/*.md
var manual embed.FS

// topics are those of the manual, in the order for a newcomer. Pages of the manual that
// are named after a verb (serve, kinds) are that verb's help.
var topics = []string{"start", "claims", "short", "tables", "desk", "readings", "ask", "queries", "gizmo", "share", "ftm", "postgres", "settings", "files", "exit-codes"}

// topic returns a page of the manual: its title and its text.
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

// yesOrNo is what pflag appends to boolean flags.
const yesOrNo = "[=true|false]"

// Cobra keeps the functions of its templates in one global map.
func init() { cobra.AddTemplateFunc("flagUsages", flagUsages) }

// flagUsages lists flags as pflag does, without yesOrNo, and within the manual's width.
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
		b.WriteString(hanging(fmt.Sprintf("%-*s   ", width, name), texts[i]))
	}
	return b.String()
}

// described matches a line of a list in a help text: a term and its description.
var described = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^( +\S.*?  +)(\S.*)$`) })

// fitted wraps a help text to the manual's width. In a list, the lines of a description
// are aligned.
func fitted(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		lines := strings.Split(p, "\n")
		if slices.IndexFunc(lines, tooLong) < 0 {
			continue
		}
		var b strings.Builder
		for len(lines) > 0 {
			head, said := "", lines[0]
			if m := described().FindStringSubmatch(lines[0]); m != nil {
				head, said = m[1], m[2]
			}
			n := 1
			for n < len(lines) && indentOf(lines[n]) == len(head) {
				said += " " + strings.TrimSpace(lines[n])
				n++
			}
			b.WriteString(hanging(head, said))
			lines = lines[n:]
		}
		paragraphs[i] = strings.TrimSuffix(b.String(), "\n")
	}
	return strings.Join(paragraphs, "\n\n")
}

// fitHelp fits the help of a verb before it is shown. Pages of the manual have their
// width already, and cobra's own texts are left alone.
func fitHelp(cmd *cobra.Command) {
	_, err := fs.Stat(manual, "help/"+cmd.Name()+".md")
	if err != nil && (!cmd.HasParent() || cmd.Parent().Name() != "completion") {
		cmd.Long = fitted(cmd.Long)
	}
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func tooLong(line string) bool { return utf8.RuneCountInString(line) > manualWidth }

// hanging wraps a text after a head, with hanging indentation.
func hanging(head, text string) string {
	indent := strings.Repeat(" ", len(head))
	return head + strings.TrimPrefix(wrapped(text, indent, manualWidth), indent)
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
		b.WriteString(wrapped(said, "        ", manualWidth))
	}
	return b.String()
}

// wrapped wraps a text to indented lines of at most width columns.
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
