package mapping_test

import (
	"regexp"
	"strings"
	"testing"
)

// A name in letters that no id can have makes an id all the same, by its digest, and
// two such names make two. A name in Latin letters only loses its marks.
func TestIDsOfNames(t *testing.T) {
	t.Parallel()
	const rules = `source: {id: crews, title: Crews, publisher: office, annotator: office, date: 2019, language: en}
entities: {office: Authority Harbour Office}
things: {who: {kind: Person, id: "{name}", name: "{name}"}}
claims: {known: {edges: {who: {identifier: "{number}"}}}}
`
	seen := map[string]string{}
	for name, want := range map[string]string{
		"Zoë Müller": `^zoe-muller$`, "金正恩": `^[0-9a-f]{8}$`, "金正日": `^[0-9a-f]{8}$`, "Kim 金": `^kim-[0-9a-f]{8}$`, "Kim": `^kim$`,
		"さくら": `^[0-9a-f]{8}$`, "ประยุทธ์": `^[0-9a-f]{8}$`, "Иван": `^[0-9a-f]{8}$`, "조": `^[0-9a-f]{8}$`,
	} {
		m, err := mapped(t, rules, "name,number\n"+name+",7\n")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, after, _ := strings.Cut(strings.Join(lines(m), "\n"), "/person/")
		id, _, _ := strings.Cut(after, ">")
		if !regexp.MustCompile(want).MatchString(id) {
			t.Errorf("%s is %q, not %s", name, id, want)
		}
		if seen[id] != "" {
			t.Errorf("%s and %s are both %q", name, seen[id], id)
		}
		seen[id] = name
	}
}
