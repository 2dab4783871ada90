package claimsfile_test

import (
	"bytes"
	"strings"
	"testing"

	"kg/internal/claimsfile"
	"kg/schema"
)

const decided = `# what we decided
decisions:
  - same: [kg:vessel/b, kg:vessel/a]
    because: one hull
    by: Ann Lee
    at: 2026-05-04T03:02:01Z
  # two birthdays
  - undecided: [kg:person/a, "https://kg.example/person/b"]
    at: 2026-05-04T03:02:01Z
    by: Ann Lee
    because: 'Ann''s "guess": #1'
`

// A decisions file has one layout, which says what the file said, and stays.
func TestFormatDecisions(t *testing.T) {
	t.Parallel()
	once, err := claimsfile.Format("d.yaml", []byte(decided))
	if err != nil {
		t.Fatal(err)
	}
	const want = `decisions:
  # two birthdays
  - undecided: [https://kg.example/person/b, kg:person/a]
    because: "Ann's \"guess\": #1"
    by: "Ann Lee"
    at: 2026-05-04T03:02:01Z
  # what we decided
  - same: [kg:vessel/a, kg:vessel/b]
    because: "one hull"
    by: "Ann Lee"
    at: 2026-05-04T03:02:01Z
`
	if string(once) != want {
		t.Errorf("laid out:\n%s", once)
	}
	twice, err := claimsfile.Format("d.yaml", once)
	if err != nil || !bytes.Equal(once, twice) {
		t.Errorf("laid out again, %v:\n%s", err, twice)
	}
	same(t, decided, string(once))
	if none, err := claimsfile.Format("d.yaml", []byte("decisions: [] # none\n")); err == nil {
		t.Errorf("a comment is lost: %s", none)
	}
	if none, err := claimsfile.Format("d.yaml", []byte("decisions: []\n")); err != nil || string(none) != "decisions: []\n" {
		t.Errorf("none: %s, %v", none, err)
	}
}

// same holds that two files have the same decisions.
func same(t *testing.T, files ...string) {
	t.Helper()
	var first string
	for i, file := range files {
		m, err := claimsfile.ReadDecisions("d.yaml", []byte(file))
		if err != nil {
			t.Fatal(err)
		}
		list, err := m.Decisions(schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, d := range list {
			found[string(d.IRI)] = true
		}
		if text := strings.Join(sorted(found), " "); i == 0 {
			first = text
		} else if text != first {
			t.Errorf("the decisions are %s, and were %s", text, first)
		}
	}
}

func sorted(set map[string]bool) (list []string) {
	for s := range set {
		list = append(list, s)
	}
	for i := range list {
		for j := range i {
			if list[i] < list[j] {
				list[i], list[j] = list[j], list[i]
			}
		}
	}
	return list
}

// Each mistake is reported with its position.
func TestDecisionsMistakes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ from, to, want string }{
		{"same:", "saem:", `:3:5: unknown field "saem" in a decision (did you mean "same"?)`},
		{"[kg:vessel/b, kg:vessel/a]", "[kg:vessel/b]", ":3:11: same takes two ids"},
		{"[kg:vessel/b, kg:vessel/a]", "[kg:vessel/b, kg:vessel/b]", ":3:5: one thing is not matched with itself"},
		{"because: one hull", "because: ''", ":4:14: because is missing"},
		{"    because: one hull\n", "", ":3:5: because is missing"},
		{"at: 2026-05-04T03:02:01Z\n  #", "at: 2026-05-04\n  #", `:6:9: at is a time such as 2026-05-04T03:02:01Z, not "2026-05-04"`},
		{"kg:vessel/a", "vessel a", ":3:25: "},
		{"by: Ann Lee\n    at", "by: Ann Lee # she\n    at", ":5:1: a comment behind a value cannot be kept"},
		{"    by: Ann Lee\n    because", "    # she\n    by: Ann Lee\n    because", ":11:1: a comment within a decision cannot be kept"},
		{"kg:person/a, \"https://kg.example/person/b\"", "kg:vessel/a, kg:vessel/b", ":8:5: these two are decided on twice (first in line 3)"},
		{"# what we decided\n", "base: https://x.example/\nothers: x\n", `unknown field "others"`},
	} {
		file := strings.Replace(decided, test.from, test.to, 1)
		if file == decided {
			t.Fatalf("%q is not there", test.from)
		}
		m, err := claimsfile.ReadDecisions("d.yaml", []byte(file))
		if err == nil {
			_, err = m.Decisions(schema.DefaultBase)
		}
		if err == nil || !strings.Contains(err.Error(), `reading decisions "d.yaml"`+test.want) && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.to, err)
		}
	}
}

// A file read without a mistake can be formatted, and keeps its content.
func FuzzDecisions(f *testing.F) {
	f.Add([]byte(decided))
	f.Add([]byte("decisions: []\n"))
	f.Add([]byte("base: https://x.example/\n\ndecisions:\n  - different: [kg:a/b, kg:a/c]\n    because: x\n    by: y\n    at: 2026-05-04T03:02:01.5+02:00\n# end\n"))
	f.Add([]byte("decisions:\n- {same: ['kg:a/b', \"kg:a/#c\"], because: |\n    x\n    y\n  , by: y, at: z}\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if !claimsfile.IsDecisions(file) {
			return
		}
		m, err := claimsfile.ReadDecisions("d.yaml", file)
		if err != nil {
			return
		}
		if _, err := m.Decisions(schema.DefaultBase); err != nil {
			return
		}
		once, err := claimsfile.Format("d.yaml", file)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := claimsfile.Format("d.yaml", once)
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%v: %s\nand again\n%s", err, once, twice)
		}
		same(t, string(file), string(once))
	})
}
