package desk

import (
	"net/http"
	"strings"

	"kg/internal/claimsfile"
)

// sourceKeys are the fields of a source that a form has.
var sourceKeys = []string{"id", "title", "publisher", "annotator", "date", "language", "address"}

// sourceForm is the input of the form of a source, by field.
type sourceForm map[string]string

func readSource(r *http.Request) sourceForm {
	f := sourceForm{}
	for _, key := range sourceKeys {
		f[key] = strings.Join(strings.Fields(typed(r, "source-"+key)), " ")
	}
	return f
}

// sourceOf returns the form of a file's source: blanks are empty.
func sourceOf(e *claimsfile.Edited) sourceForm {
	f, has := sourceForm{}, e.Source()
	for _, key := range sourceKeys {
		if f[key] = has[key]; f[key] == blank {
			f[key] = ""
		}
	}
	return f
}

// has reports whether a mistake belongs to a field of this form.
func (f sourceForm) has(o claimsfile.Open) bool { return f.field(o) != "" }

// field returns the field of a mistake, or empty.
func (f sourceForm) field(o claimsfile.Open) string {
	for _, key := range sourceKeys {
		who := key == "publisher" || key == "annotator"
		switch {
		case o.Field == key && o.Entity == "", who && o.Entity != "" && o.Entity == claimsfile.ParseEntityText(f[key]).ID:
			return "source-" + key
		case strings.HasPrefix(o.Msg, key+" of the source"), key == "id" && strings.HasPrefix(o.Msg, "source id"):
			return "source-" + key
		}
	}
	return ""
}

// agents returns the entities that the form creates for a publisher or annotator that is
// not an id of the file, and the values of all fields. Empty fields become blanks.
func (f sourceForm) agents(known func(id string) bool) (values map[string]string, made []claimsfile.EntityText, err error) {
	values = map[string]string{}
	for key, value := range f {
		if values[key] = value; value == "" && key != "address" {
			values[key] = blank
		}
	}
	for _, key := range []string{"publisher", "annotator"} {
		if f[key] == "" || known(f[key]) {
			continue
		}
		n := claimsfile.ParseEntityText(f[key])
		if n.ID == "" {
			return nil, nil, &mistake{"source-" + key, "this is not an entity of the file: write its kind and its name, such as  " + examples[key]}
		}
		if values[key] = n.ID; !known(n.ID) {
			made = append(made, n)
		}
	}
	return values, made, nil
}

var examples = map[string]string{"publisher": "NewsMedia The Courier", "annotator": "Person Ann Lee"}

// put makes the edits of the form. A source's id cannot be changed: the graph identifies
// the source by it.
func (f sourceForm) put(e *claimsfile.Edited) (*claimsfile.Edited, error) {
	values, made, err := f.agents(func(id string) bool { return hasEntity(e, id) })
	if err != nil {
		return nil, err
	}
	if id := e.Source()["id"]; id != "" && id != blank {
		delete(values, "id")
	}
	for _, n := range made {
		if e, _, err = e.PutEntity("", n); err != nil {
			return nil, err
		}
	}
	return e.PutSource(values)
}

func hasEntity(e *claimsfile.Edited, id string) bool {
	for _, n := range e.Entities() {
		if n.ID == id {
			return true
		}
	}
	return false
}
