package web

import (
	"context"
	"net/http"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/queries"
)

// edgesParam selects the edges of the picture: by default the answer's evidence, with
// allEdges those of all claims behind it.
const edgesParam, allEdges = "edges", "all"

// answerPicture draws the evidence of an answer, or all edges of its claims.
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

// AnswerPicture draws the evidence of an answer, or with all the edges of the claims
// behind it. The latter also if the evidence has no edges, as in an answer about claims.
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
