package languages

import "github.com/cayleygraph/quad"

// TellApart adds the language tag to the texts of values that have the same text as
// another and differ from it by the language alone: displayed texts then differ as the
// values do. A text that has no language stays as it is.
func TellApart(values []quad.Value, texts []*string) {
	languages := map[string]map[string]bool{} // by text
	for i, v := range values {
		if tag, ok := tagOf(v); ok {
			if languages[*texts[i]] == nil {
				languages[*texts[i]] = map[string]bool{}
			}
			languages[*texts[i]][tag] = true
		}
	}
	for i, v := range values {
		if tag, _ := tagOf(v); tag != "" && len(languages[string(v.(quad.LangString).Value)]) > 1 {
			*texts[i] += " @" + tag
		}
	}
}

// tagOf is the tag of a text, empty for one without.
func tagOf(v quad.Value) (tag string, ok bool) {
	switch t := v.(type) {
	case quad.String:
		return "", true
	case quad.LangString:
		return t.Lang, true
	}
	return "", false
}
