package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/text/language"

	"kg/cmd/kg/web"
	"kg/graph"
	"kg/internal/strict"
	"kg/schema"
)

// configFile is read from the working directory.
const configFile = "kg.yaml"

// settings come from flags, the environment and kg.yaml, in this order of precedence.
type settings struct {
	db, baseText, schema, queries, text, lang, names, background string
	author                                                       string // of decisions
	decisions                                                    string // the file that keeps those on two things
	noPager                                                      bool
	retracted                                                    bool // whether what is retracted is shown
	parsedBase                                                   schema.Base
	languages                                                    []language.Tag // that the user reads
	naming                                                       []quad.IRI     // relations that name things
}

// names are the settings: each is a flag, a key of kg.yaml, and in capitals after KG_ an
// environment variable. Only some verbs have the flags background, author and decisions.
var names = []string{"db", "base", "schema", "queries", "text", "lang", "names", "background", "author", "decisions", "include-retracted"}

// variable is the environment variable of a setting.
func variable(name string) string { return "KG_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_")) }

func (s *settings) flags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&s.db, "db", "kg.db", "the store's `file`, or postgres://HOST/DATABASE")
	f.StringVar(&s.baseText, "base", string(schema.DefaultBase), "the `IRI` with which those of entities, claims and sources begin")
	f.StringVar(&s.schema, "schema", "", "a `folder` with your kinds, one YAML file per kind")
	f.StringVar(&s.queries, "queries", "", "a `folder` with your saved queries (default: queries beside kg.yaml)")
	f.StringVar(&s.text, "text", "", "the `file` or folder with the texts of the sources, to show passages")
	f.BoolVar(&s.retracted, "include-retracted", false, "also show what is retracted, marked as such")
	f.StringVar(&s.names, "names", "", "more `relations` that give names, such as foaf:nick,https://ex.org/title")
	f.BoolVar(&s.noPager, "no-pager", false, "print long answers without a pager")
	f.StringVar(&s.lang, "lang", "", "the `languages` to show names in, such as de or de,fr (default: the locale's)")
}

// complete sets from the environment and kg.yaml the settings that no flag sets.
func (s *settings) complete(cmd *cobra.Command) error {
	config, found, err := readConfig()
	if err != nil {
		return err
	}
	for _, name := range names {
		flag := cmd.Flags().Lookup(name)
		if flag == nil || flag.Changed {
			continue
		}
		if err := set(flag, variable(name), os.Getenv(variable(name)), "kg.yaml", config[name]); err != nil {
			return err
		}
	}
	if own, err := filepath.Glob(filepath.Join("queries", "*.js")); found && s.queries == "" && err == nil && len(own) > 0 {
		s.queries = "queries"
	}
	s.parsedBase, err = schema.ParseBase(s.baseText)
	if err == nil {
		s.languages, err = s.reads()
	}
	if err == nil {
		s.naming, err = s.namedBy()
	}
	if err != nil {
		return usageError{err}
	}
	return nil
}

// shownDB returns the name of the store to print, without a password.
func (s *settings) shownDB() string {
	if remote, ok := s.remote(); ok {
		return remote.String()
	}
	return s.db
}

// remote returns the database of the store, if the store is on a server.
func (s *settings) remote() (graph.Remote, bool) { return graph.ParseRemote(s.db) }

// reads returns the languages of the setting, or else that of the locale.
func (s *settings) reads() ([]language.Tag, error) {
	if s.lang == "" {
		return localeLanguage(os.Getenv), nil
	}
	tags, err := web.ParseLanguages(s.lang)
	if err != nil {
		return nil, strict.Errorf("lang %q: expected languages such as de or de-AT,fr: %w", s.lang, err)
	}
	return tags, nil
}

// namedBy returns the relations of the setting names.
func (s *settings) namedBy() (list []quad.IRI, err error) {
	for _, word := range strings.FieldsFunc(s.names, func(r rune) bool { return r == ',' || r == ' ' }) {
		iri, err := s.parsedBase.Expand(word)
		if err != nil {
			return nil, fmt.Errorf("names: expected IRIs of relations, or short forms such as skos:prefLabel, with commas between them: %w", err)
		}
		list = append(list, iri)
	}
	return list, nil
}

// localeLanguage returns the language of messages in a POSIX locale such as de_AT.UTF-8;
// none for C, POSIX and invalid locales.
func localeLanguage(getenv func(string) string) []language.Tag {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	if end := strings.IndexAny(locale, ".@"); end >= 0 {
		locale = locale[:end]
	}
	tag, err := language.Parse(locale)
	if err != nil {
		return nil
	}
	return []language.Tag{tag}
}

// set sets a flag to the first non-empty value. from alternates names of origins, for
// errors, and values.
func set(flag *pflag.Flag, from ...string) error {
	for i := 0; i < len(from); i += 2 {
		if from[i+1] == "" {
			continue
		}
		if err := flag.Value.Set(from[i+1]); err != nil { // of a flag that is true or false
			return usagef("%s: %s is true or false, not %q", from[i], flag.Name, from[i+1])
		}
		return nil
	}
	return nil
}

func (s *settings) noBackground() (bool, error) {
	switch s.background {
	case "on", "off":
		return s.background == "off", nil
	}
	return false, usagef("--background is on or off, not %q", s.background)
}

// addAuthor adds the flag --author to a verb that makes decisions.
func (s *settings) addAuthor(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.author, "author", "", "the `name` of the person who decides")
}

// decider returns the author of a decision.
func (s *settings) decider() (string, error) {
	if strings.TrimSpace(s.author) == "" {
		return "", usagef("a decision needs an author: --author NAME, KG_AUTHOR, or author in kg.yaml")
	}
	return s.author, nil
}

func (s *settings) base() schema.Base { return s.parsedBase }

func readConfig() (config map[string]string, found bool, err error) {
	data, err := os.ReadFile(configFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	config = map[string]string{}
	if blank(string(data)) { // it may do no more than mark the folder
		return config, true, nil
	}
	r := strict.NewReport("settings", configFile)
	for name, node := range strict.Parse(data, r).Fields("kg.yaml", names...) {
		config[name] = node.Word(name).Text
	}
	for _, name := range []string{"db", "schema", "queries", "text", "decisions"} {
		config[name] = filepath.FromSlash(config[name])
	}
	return config, true, r.Err()
}

// blank reports whether a YAML file is empty but for comments.
func blank(file string) bool {
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return false
		}
	}
	return true
}
