package canon_test

import (
	"context"
	"crypto/sha512"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kg/internal/rdf/canon"
	"kg/internal/rdf/nquads"
)

// exceptions are the cases of the suite that fail, and why. A case that is
// listed here must fail.
var exceptions = map[string]string{
	"test044c": "its files are not kept here: poison graphs; TestPoison has bounded ones",
	"test045c": "its files are not kept here: poison graphs; TestPoison has bounded ones",
	"test046c": "its files are not kept here: poison graphs; TestPoison has bounded ones",
	"test074c": "its files are not kept here: poison graphs; TestPoison has bounded ones",
}

// entry matches one test of the manifest: name, type, and what follows.
var entry = regexp.MustCompile(`(?ms)^:(test\w+) a rdfc:RDFC10(Eval|NegativeEval|Map)Test;(.*?)^  \.$`)

var field = regexp.MustCompile(`(?:mf:(action|result) <([^>]+)>|rdfc:(hashAlgorithm) "([^"]+)")`)

func TestW3C(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("testdata", "w3c", "rdf-canon")
	manifest, err := os.ReadFile(filepath.Join(folder, "manifest.ttl"))
	if err != nil {
		t.Fatal(err)
	}
	tests := entry.FindAllStringSubmatch(string(manifest), -1)
	if n := strings.Count(string(manifest), "mf:action"); n != len(tests) || n < 80 {
		t.Fatalf("%d actions in the manifest, %d entries found", n, len(tests))
	}
	unknown := maps.Clone(exceptions)
	for _, test := range tests {
		name, kind := test[1], test[2]
		fields := map[string]string{}
		for _, f := range field.FindAllStringSubmatch(test[3], -1) {
			fields[f[1]+f[3]] = f[2] + f[4]
		}
		err := check(kind, filepath.Join(folder, fields["action"]), filepath.Join(folder, fields["result"]), fields["hashAlgorithm"])
		why, excepted := exceptions[name]
		delete(unknown, name)
		switch {
		case err != nil && !excepted:
			t.Errorf("%s: %v", name, err)
		case err == nil && excepted:
			t.Errorf("%s passes and needs no exception: %s", name, why)
		}
	}
	for name := range unknown {
		t.Errorf("%s is excepted, and not in the suite", name)
	}
}

// check runs a test of the suite.
func check(kind, action, result, hash string) error {
	text, err := os.ReadFile(action)
	if err != nil {
		return err
	}
	var o canon.Options
	switch hash {
	case "", "SHA256":
	case "SHA384":
		o.Hash = sha512.New384
	default:
		return fmt.Errorf("unknown hash %q", hash)
	}
	form, err := canonize(string(text), o)
	if kind == "NegativeEval" {
		if err == nil {
			return fmt.Errorf("no error")
		}
		return nil
	}
	if err != nil {
		return err
	}
	want, err := os.ReadFile(result)
	if err != nil {
		return err
	}
	if kind == "Eval" {
		if string(form.Text) != string(want) {
			return fmt.Errorf("got\n%s\nwant\n%s", form.Text, want)
		}
		return nil
	}
	wanted, got := map[string]string{}, map[string]string{}
	if err := json.Unmarshal(want, &wanted); err != nil {
		return err
	}
	for i, label := range form.Labels {
		got[label] = fmt.Sprintf("c14n%d", i)
	}
	if !maps.Equal(got, wanted) {
		return fmt.Errorf("got %v, want %v", got, wanted)
	}
	return nil
}

// canonize canonizes a text of N-Quads.
func canonize(text string, o canon.Options) (canon.Canonical, error) {
	var d canon.Dataset
	if err := add(&d, text); err != nil {
		return canon.Canonical{}, err
	}
	return d.Canonize(context.Background(), o)
}

// add adds the quads of a text.
func add(d *canon.Dataset, text string) error {
	r := nquads.NewReader(strings.NewReader(text), "x.nq")
	var terms [4]nquads.Term
	for {
		err := r.ReadTerms(&terms)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = d.Add(&terms)
		}
		if err != nil {
			return err
		}
	}
}
