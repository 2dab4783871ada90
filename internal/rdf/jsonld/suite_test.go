package jsonld_test

import (
	"context"
	"encoding/json"
	"fmt"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kg/internal/rdf/canon"
	"kg/internal/rdf/jsonld"
	"kg/internal/rdf/nquads"
)

// exceptions are the tests of the suite in which the Reader departs from it, by the
// reason. A test that is listed here must depart.
var exceptions = map[string][]string{
	"a property that no context maps is refused, not dropped": {
		"tc014", "tc018", "te003", "te016", "te032", "te059", "te060", "te065", "te077", "te119", "tin06", "tpr06", "tpr19", "tpr34", "tpr35", "tpr36"},
	"a blank node as a property is refused, not dropped": {"te068"},
	"a relative IRI is refused, not dropped":             {"te122", "tli14"},
	"a direction of text is refused, not dropped": {
		"tdi01", "tdi02", "tdi03", "tdi04", "tdi05", "tdi06", "tdi09", "tdi10", "tdi11", "tdi12"},
	"a context that is not in the document is not fetched": {
		"tc031", "tc034", "te126", "te127", "te128", "tso05", "tso06", "tso08", "tso09", "tso11"},
	"json-gold takes dot segments out of a base, and resolves some references otherwise": {
		"t0122", "t0123", "t0124", "t0125", "t0128", "t0130", "t0131", "t0132", "tli11", "tli12"},
	"json-gold does not do this of JSON-LD 1.1, by its own list": {
		"tc033", "tc037", "tc038", "te111", "te112", "te123", "tec02", "ter52", "ter54", "ter56", "tpr28", "tpr38", "tpr39", "tpr43"},
}

// TestSuite runs W3C's tests of JSON-LD to RDF as json-gold has them beside its code.
func TestSuite(t *testing.T) {
	t.Parallel()
	folder := suite(t)
	var manifest struct {
		Sequence []struct {
			ID            string   `json:"@id"`
			Type          []string `json:"@type"`
			Input, Expect string
			Option        struct {
				Base, ExpandContext, ProcessingMode, RdfDirection, SpecVersion string
				ProduceGeneralizedRdf                                          bool
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(folder, "toRdf-manifest.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	excepted := map[string]string{}
	for why, names := range exceptions {
		for _, name := range names {
			excepted[name] = why
		}
	}
	passed, older := 0, 0
	for _, e := range manifest.Sequence {
		name := strings.TrimPrefix(e.ID, "#")
		if e.Option.SpecVersion == "json-ld-1.0" || e.Option.ProcessingMode == "json-ld-1.0" {
			older++
			continue
		}
		base := e.Option.Base
		if base == "" {
			base = "https://w3c.github.io/json-ld-api/tests/" + e.Input
		}
		err := check(filepath.Join(folder, e.Input), filepath.Join(folder, e.Expect), base, slices.Contains(e.Type, "jld:NegativeEvaluationTest"), slices.Contains(e.Type, "jld:PositiveSyntaxTest"))
		if _, ok := excepted[name]; err != nil && !ok {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			passed++
			if why, ok := excepted[name]; ok {
				t.Errorf("%s passes and needs no exception: %s", name, why)
			}
		}
		delete(excepted, name)
	}
	for name := range excepted {
		t.Errorf("there is no test %s", name)
	}
	t.Logf("%d of %d tests of JSON-LD 1.1 pass", passed, len(manifest.Sequence)-older)
}

// suite is the folder of json-gold's tests.
func suite(t *testing.T) string {
	t.Helper()
	out, err := exec.Command(filepath.Join(build.Default.GOROOT, "bin", "go"), "list", "-m", "-f", "{{.Dir}}", "github.com/piprate/json-gold").Output()
	folder := filepath.Join(strings.TrimSpace(string(out)), "ld", "testdata")
	if _, missing := os.Stat(folder); err != nil || missing != nil {
		t.Skipf("the source of json-gold, with its tests, is not to be had: %v", err)
	}
	return folder
}

// check gives what is wrong with what the Reader makes of the test's file.
func check(input, expect, base string, negative, syntax bool) error {
	f, err := os.Open(input)
	if err != nil {
		return err
	}
	defer f.Close()
	got, err := canonical(jsonld.NewReader(f, filepath.Base(input), base))
	switch {
	case negative && err == nil:
		return fmt.Errorf("was accepted")
	case negative:
		return nil
	case err != nil:
		return err
	case syntax:
		return nil
	}
	e, err := os.Open(expect)
	if err != nil {
		return err
	}
	defer e.Close()
	want, err := canonical(nquads.NewReader(e, filepath.Base(expect)))
	if err == nil && got != want {
		err = fmt.Errorf("gives\n%sand not\n%s", got, want)
	}
	return err
}

// reader is what reads quads.
type reader interface {
	ReadTerms(*[4]nquads.Term) error
}

// canonical is the canonical form of what is read.
func canonical(r reader) (string, error) {
	var d canon.Dataset
	for {
		var q [4]nquads.Term
		if err := r.ReadTerms(&q); err != nil && err.Error() == "EOF" {
			break
		} else if err != nil {
			return "", err
		}
		if err := d.Add(&q); err != nil {
			return "", err
		}
	}
	form, err := d.Canonize(context.Background(), canon.Options{})
	return string(form.Text), err
}
