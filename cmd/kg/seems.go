package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"kg/graph"
	"kg/internal/strict"
)

// byEnding are formats by the ending of a file's name.
var byEnding = map[string]string{
	"ttl": "Turtle", "trig": "TriG", "n3": "Notation3", "rdf": rdfXML, "owl": rdfXML, "jsonld": "JSON-LD", "json": "JSON",
	"csv": "a table (CSV)", "tsv": "a table (TSV)", "xlsx": "a spreadsheet", "xls": "a spreadsheet", "ods": "a spreadsheet",
	"docx": "a Word document", "pdf": "PDF", "html": "HTML", "htm": "HTML", "xml": "XML", "zip": "a ZIP archive", "db": "a store",
}

// byBytes are formats by their first bytes.
var byBytes = map[string]string{
	"\x1f\x8b": "compressed by gzip, so that its name must end in .gz", "PK\x03\x04": "a ZIP archive, as spreadsheets and Word documents are",
	"%PDF-": "PDF", "\xff\xfe": "UTF-16, and must be saved as UTF-8", "\xfe\xff": "UTF-16, and must be saved as UTF-8",
}

// byStart are formats by the beginning of a text.
var byStart = []struct {
	start *regexp.Regexp
	is    string
}{
	{regexp.MustCompile(`^\s*(?i:<!doctype html|<html)`), "HTML"},
	{regexp.MustCompile(`(?s)^\s*<.*(?:xmlns(?::[\w.-]+)?\s*=|<!ENTITY\s+\w+)\s*["']http://www\.w3\.org/1999/02/22-rdf-syntax-ns#`), rdfXML},
	{regexp.MustCompile(`^\s*<\?xml|^\s*<rdf:RDF`), "XML"},
	{regexp.MustCompile(`^\s*[\[{](?s:[^<]*?)"@(?:context|id|graph|type)"\s*:`), "JSON-LD"},
	{regexp.MustCompile(`^\s*[\[{]\s*("|\{|\]|\}|\[)`), "JSON"},
	{regexp.MustCompile(`(?m)^\s*(?i:@prefix|prefix)\s+[^\s:]*:\s*<`), "Turtle"},
	{regexp.MustCompile(`(?m)^(<[^<>\s]+>|_:\S+)\s+<[^<>\s]+>\s+(<[^<>\s]+>|_:\S+|"[^\n]*?)\s*(<[^<>\s]*>\s*)?\.\s*$`), "N-Quads or N-Triples"},
	{regexp.MustCompile(`(?m)^(source|entities|claims):`), "a claims file"},
}

// seems returns the likely format of a file, by its text or else by its name; empty if
// it cannot tell.
func seems(name string, text []byte) string {
	head := text[:min(len(text), 4096)]
	for start, is := range byBytes {
		if bytes.HasPrefix(head, []byte(start)) {
			return is
		}
	}
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(strings.TrimSuffix(name, ".gz")), "."))
	for _, f := range byStart {
		if turtle := ending == "ttl" || ending == "trig"; f.start.Match(head) && !(turtle && f.is == "JSON") { // [] begins both
			return f.is
		}
	}
	if is := byEnding[ending]; is != "" {
		return is
	}
	if isTable(head, len(text) > len(head)) {
		return byEnding["csv"]
	}
	return ""
}

// isTable reports whether all lines of a text have the same number of cells, at least
// two.
func isTable(head []byte, cut bool) bool {
	if cut {
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	for _, comma := range ",;\t" {
		r := csv.NewReader(bytes.NewReader(head))
		r.Comma = comma
		rows, err := r.ReadAll()
		if err == nil && len(rows) > 1 && len(rows[0]) > 1 {
			return true
		}
	}
	return false
}

const loads = "kg load reads claims files (YAML: kg help claims), N-Quads, N-Triples, Turtle, TriG and JSON-LD (names that end in .nq, .nt, .ttl, .trig or .jsonld, or --from nq and so on), FollowTheMoney (kg help ftm), and with --map tables (kg help tables)"

// rdfXML is an RDF format that no Go library reads strictly: they accept text between
// elements, IRIs with spaces and languages such as en_US.
const rdfXML = "RDF/XML"

// instead says what to do with a file that seems to be of a format.
func instead(is, name string) string {
	if is != rdfXML {
		return loads
	}
	if name == "-" {
		name = "FILE"
	}
	ttl := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), filepath.Ext(strings.TrimSuffix(name, ".gz"))) + ".ttl"
	return strict.Sprintf("kg does not read that; rapper -i rdfxml -o turtle %s > %s converts it (Debian: raptor2-utils), then kg load %s --label IRI", name, ttl, ttl)
}

// otherClaims returns the error for a file that is not a claims file: its likely format
// rather than its mistakes as YAML.
func otherClaims(name string, file []byte, err error) error {
	mistakes := new(strict.Error)
	is := seems(name, file)
	if is == "" || is == "a claims file" || !errors.As(err, &mistakes) || is == "JSON" && bytes.Contains(file, []byte(`"claims"`)) {
		return err
	}
	return inputError{fmt.Errorf("reading claims %q: the file seems to be %s: %s", name, is, instead(is, name))}
}

// otherQuads adds to the error of a text that is not quads its likely format.
func otherQuads(in *quadInputs, err error) error {
	syntax := new(graph.SyntaxError)
	if !errors.As(err, &syntax) || strings.Contains(syntax.Msg, "which is Turtle") || strings.Contains(syntax.Msg, "which is TriG") || strings.Contains(syntax.Msg, "which is RDF 1.2") {
		return err
	}
	for _, f := range in.files {
		if f.Name != syntax.File {
			continue
		}
		r, openErr := f.Open()
		if openErr != nil {
			return err
		}
		head, readErr := io.ReadAll(io.LimitReader(r, 4096))
		if is := seems(f.Name, head); readErr == nil && r.Close() == nil && is != "" && !isOf(is, f.Format) {
			return fmt.Errorf("%w; the file seems to be %s: %s", err, is, instead(is, f.Name))
		}
	}
	return err
}

// isOf reports whether a likely format is a format, or a part of it.
func isOf(is, format string) bool {
	switch of := byContent[is]; of {
	case graph.NQuads:
		return format != graph.JSONLD
	case graph.TriG:
		return format == graph.TriG || format == graph.Turtle
	default:
		return of != "" && of == format
	}
}
