package web_test

import (
	"regexp"
	"strings"
	"testing"
)

// TestDefaultElsewhere: a question whose default is of another graph opens its form,
// empty, with what can be given; each proposal has an answer.
func TestDefaultElsewhere(t *testing.T) {
	t.Parallel()
	s := foreignServer(t, hub(3))
	body := get(t, s, "/query/neighbours", 200)
	has(t, body, `name="entity" value=""`, "give the person, place or thing to look at")
	form, _, _ := strings.Cut(body, "How it is asked") // the query's text has its own words
	for _, wrong := range []string{"North Korea", "north-korea", `role="alert"`, "0 answers"} {
		if strings.Contains(form, wrong) {
			t.Errorf("the form of a question has %q:\n%s", wrong, form)
		}
	}
	proposed := regexp.MustCompile(`<a href="(/query/neighbours\?entity=[^"]*)"`).FindAllStringSubmatch(body, -1)
	if len(proposed) < 2 {
		t.Fatalf("%d proposals in\n%s", len(proposed), body)
	}
	for _, p := range proposed {
		has(t, get(t, s, p[1], 200), " behind it")
	}
	get(t, s, "/query/neighbours?entity=nobody", 400)
	get(t, s, "/query/neighbours?format=csv", 404)
}

// TestPathOfOthers: a path through another graph says that nobody is named, and
// nothing of speakers it does not have.
func TestPathOfOthers(t *testing.T) {
	t.Parallel()
	body := get(t, foreignServer(t, hub(3)), "/path?from=https://ex.org/leaf0&to=https://ex.org/n0", 200)
	has(t, body, `class="hops"`, "No speaker.")
	for _, wrong := range []string{"Independent origins", "All edges alike", "· <", "is\nhttps:"} {
		if strings.Contains(body, wrong) {
			t.Errorf("a path of another graph has %q:\n%s", wrong, body)
		}
	}
}
