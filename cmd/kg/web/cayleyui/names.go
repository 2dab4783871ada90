package cayleyui

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/cayleygraph/quad"
)

// mostNames is the maximum number of names of one request.
const mostNames = 500

// names answers a list of IRIs with their names, by IRI, for the table and the picture of
// an answer. IRIs without a name are left out.
func (h *Handler) names(w http.ResponseWriter, r *http.Request) error {
	var list []string
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxQuery)).Decode(&list); err != nil {
		return refuse(http.StatusBadRequest, "reading the IRIs to name: expected a list of texts in JSON")
	}
	if len(list) > mostNames {
		return refuse(http.StatusBadRequest, "%d IRIs are to be named, %d at most", len(list), mostNames)
	}
	v := h.View(false)
	called := map[string]string{}
	err := v.Bounds.In(r.Context(), func(ctx context.Context) error {
		for _, iri := range list {
			cell, err := v.Describe(ctx, quad.IRI(iri))
			if err != nil {
				return err
			}
			if cell.Text != h.Base.Short(quad.IRI(iri)) {
				called[iri] = cell.Text
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return answerJSON(w, called)
}
