package web

import (
	"context"
	"net/http"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/queries"
)

// edgesParam asks for a picture of more than the answer's own edges: allEdges are
// those of all its claims.
const edgesParam, allEdges = "edges", "all"

// answerPicture draws the edges of an answer, or all that its claims assert.
func (a *asked) answerPicture(edges string, q *queries.Query, res *queries.Result) (*picture.Picture, error) {
	switch edges {
	case "":
		return AnswerPicture(a.ctx, a.View, q.Question, res, false, a.link)
	case allEdges:
		return AnswerPicture(a.ctx, a.View, q.Question, res, true, a.link)
	default:
		return nil, refuse(http.StatusBadRequest, "unknown %s %q: %s, or none", edgesParam, edges, allEdges)
	}
}

// AnswerPicture draws the edges on which an answer rests, or with all what the claims
// behind it assert; all too for an answer that rests on no edge, such as one about
// claims.
func AnswerPicture(ctx context.Context, v *graph.View, title string, res *queries.Result, all bool, link picture.Linker) (*picture.Picture, error) {
	if !all {
		var rows []*graph.Evidence
		for _, row := range res.Rows {
			rows = append(rows, row.Evidence)
		}
		if p, err := picture.OfAnswer(ctx, v, title, rows, len(rows) < res.All, link); err != nil || len(p.Edges) > 0 {
			return p, err
		}
	}
	return picture.OfClaims(ctx, v, title, ClaimsOf(res), link)
}
