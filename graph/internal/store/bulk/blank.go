package bulk

import (
	"context"
	"errors"
	"fmt"

	"kg/graph/internal/store/blank"
	"kg/graph/internal/store/db"
	"kg/internal/rdf/nquads"
)

// setAside prepares for quads with blank nodes that are to get IRIs.
func (im *importer) setAside(to db.Target) {
	if im.options.Blank == "" {
		return
	}
	im.aside = &blank.Namer{
		Prefix: string(im.options.Blank),
		Memory: to.Memory / 4,
		// It is canonized when the texts are read and little else is held.
		Largest: db.UsualMemory() / 2,
		Temp:    to.Temp,
		Create:  func(path string) (blank.File, error) { return to.Create(path) },
		Remove:  to.Remove,
	}
}

func hasBlank(terms *[4]nquads.Term) bool {
	return terms[0].Kind == nquads.Blank || terms[2].Kind == nquads.Blank || terms[3].Kind == nquads.Blank
}

// NamingBlank begins the errors about blank nodes that cannot be named. Their position is
// a line, known when all lines are read.
const NamingBlank = "naming the blank nodes"

// nameBlank adds the quads that were set aside. A component of them that cannot be named
// is a *nquads.SyntaxError: the text is at fault, and the position is known.
func (im *importer) nameBlank(ctx context.Context, to db.Sink) (err error) {
	var keys [4][]byte
	im.blanks, err = im.aside.Finish(ctx, func(terms *[4]nquads.Term) error { return addTerms(to, &keys, terms) })
	if limit := (*blank.LimitError)(nil); errors.As(err, &limit) {
		err = &nquads.SyntaxError{File: im.texts.names[limit.Text], Line: limit.Line, Column: 1,
			Msg: fmt.Sprintf(NamingBlank+" that are joined to those of this line: %v; give them IRIs", limit.Err)}
	}
	return errors.Join(err, to.Close())
}
