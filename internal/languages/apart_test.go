package languages_test

import (
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/languages"
)

func TestTellApart(t *testing.T) {
	t.Parallel()
	in := func(text, tag string) quad.Value { return quad.LangString{Value: quad.String(text), Lang: tag} }
	for _, c := range []struct {
		values []quad.Value
		want   []string
	}{
		{[]quad.Value{in("a", "en"), in("a", "fr"), in("b", "en")}, []string{"a @en", "a @fr", "b"}},
		{[]quad.Value{in("a", "en"), quad.String("a"), in("a", "en")}, []string{"a @en", "a", "a @en"}},
		{[]quad.Value{in("a", "en"), in("a", "en")}, []string{"a", "a"}},
		{[]quad.Value{quad.String("a"), quad.String("a"), nil, quad.IRI("a"), quad.Int(1)}, []string{"a", "a", "", "a", "1"}},
		{[]quad.Value{in("a @en", "fr"), in("a", "en"), in("a", "fr")}, []string{"a @en", "a @en", "a @fr"}},
	} {
		var texts []string
		var at []*string
		for _, v := range c.values {
			texts = append(texts, graph.Text(v))
		}
		for i := range texts {
			at = append(at, &texts[i])
		}
		if languages.TellApart(c.values, at); !slices.Equal(texts, c.want) {
			t.Errorf("%v: got %q, want %q", c.values, texts, c.want)
		}
	}
}
