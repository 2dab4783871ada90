package cayleyui

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestNames: IRIs are named as far as they have names, and so many at most.
func TestNames(t *testing.T) {
	h := newHandler(t, harbour, nil)
	iri := strings.Trim(blueLine, "<>")
	var got map[string]string
	decode(t, ask(h, "POST", "/api/kg/names", `["`+iri+`", "https://kg.example/company/nobody"]`), http.StatusOK, &got)
	if len(got) != 1 || got[iri] != "Blue Line" {
		t.Errorf("the names are %v", got)
	}
	many, err := json.Marshal(make([]string, mostNames+1))
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{"", "{}", string(many), "[1]"} {
		var p problem
		decode(t, ask(h, "POST", "/api/kg/names", body), http.StatusBadRequest, &p)
	}
}
