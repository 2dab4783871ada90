package pg

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"kg/graph/internal/names"
	"kg/graph/internal/store/term"
	"kg/internal/fold"
	"kg/schema"
)

// kg_names has for each gram of names the terms that have it, by their delta-encoded ids:
// literals by their texts, and IRIs by their ends. Each writer adds rows for its new
// terms; rows are never updated. Terms are never removed, and neither are their grams: a
// node's quads tell whether it still has the name.
const (
	namesTable = `CREATE TABLE kg_names (gram bigint NOT NULL, n bigint NOT NULL, terms bytea NOT NULL)`
	namesIndex = `CREATE INDEX kg_names_gram ON kg_names (gram)`
	insertName = `INSERT INTO kg_names (gram, n, terms) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])`
)

// oddNames stands for a gram of the terms that name something and are no literals: they
// have no other. One that does not name anything any more stays.
const oddNames = names.Gram(-1)

// naming returns the predicates whose objects are searched by words.
func naming() []quad.IRI {
	return slices.Concat(schema.Naming, []quad.IRI{schema.AltLabel, schema.Description, schema.Comment, schema.Note})
}

// foundBy returns the text by which a term is found, folded; empty for a blank node.
func foundBy(key []byte) []byte {
	text, ok := term.Text(key)
	if !ok {
		value, err := term.Value(key)
		if _, blank := value.(quad.BNode); blank || err != nil {
			return nil
		}
		text = []byte(term.TextOf(value))
	}
	if term.IsIRI(key) {
		if part := text[bytes.LastIndexAny(text, "/#")+1:]; len(part) > 0 {
			text = part
		}
	}
	return fold.AppendWords(nil, text)
}

// isLiteral reports whether a key is that of a literal.
func isLiteral(key []byte) bool {
	if term.IsIRI(key) {
		return false
	}
	value, err := term.Value(key)
	_, blank := value.(quad.BNode)
	return !blank && err == nil
}

// keyOf is the key of an IRI.
func keyOf(iri quad.IRI) string {
	key, err := term.Append(nil, iri)
	if err != nil {
		panic(err) // it is a key of kg's
	}
	return string(key)
}

// keepNames records the grams of the terms that a load makes.
func (l *loading) keepNames() error {
	id, err := l.from.Find(schema.Type)
	if err != nil {
		return err
	}
	if id != term.None {
		l.kind = l.ids[id]
	}
	odd := map[int64]bool{}
	for _, predicate := range naming() {
		var p term.Pattern
		if p.Quad[term.Predicate], err = l.from.Find(predicate); err != nil {
			return err
		}
		if p.Quad[term.Predicate] == term.None {
			continue
		}
		var last term.ID // a literal is read once: they come in order
		var key []byte
		err := l.from.Each(l.ctx, p, func(q term.Quad) {
			if q[term.Object] != last {
				last = q[term.Object]
				if key = l.from.AppendKey(key[:0], last); !isLiteral(key) {
					odd[l.ids[last]] = true
				}
			}
		})
		if err != nil {
			return err
		}
	}
	noteOdd(l.names, odd)
	if l.names.Len() == 0 {
		return nil
	}
	l.Statements++
	return copyNames(l.ctx, l.conn, l.names)
}

func noteOdd(lists *names.Lists, odd map[int64]bool) {
	for _, id := range slices.Sorted(maps.Keys(odd)) {
		lists.Note(id, oddNames)
	}
}

func copyNames(ctx context.Context, conn *pgx.Conn, lists *names.Lists) error {
	_, err := copyIn(ctx, conn, "kg_names (gram, n, terms)", func(put func(...[]byte) error) error {
		var gram, n [8]byte
		return lists.Each(func(g names.Gram, count int64, steps []byte) error {
			return put(number(&gram, int64(g)), number(&n, count), steps)
		})
	})
	return err
}

// keepNames records the grams of the terms that a transaction makes, and counts the
// entities of kinds.
func (c *pendingChange) keepNames(removes, adds []delta, ids map[string]int64) error {
	kind := keyOf(schema.Type)
	for by, list := range map[int64][]delta{-1: removes, 1: adds} {
		for _, d := range list {
			if string(d.Keys[term.Predicate]) == kind {
				c.sums.kinds[ids[string(d.Keys[term.Object])]] += by
			}
		}
	}
	called, odd := map[string]bool{}, map[int64]bool{}
	for _, key := range namingKeys() {
		called[key] = true
	}
	for _, d := range adds {
		if called[string(d.Keys[term.Predicate])] && !isLiteral(d.Keys[term.Object]) {
			odd[ids[string(d.Keys[term.Object])]] = true
		}
	}
	lists := names.NewLists()
	for _, id := range slices.Sorted(maps.Keys(c.created)) {
		lists.Add(id, string(foundBy(c.created[id])))
	}
	noteOdd(lists, odd)
	return c.insertNames(lists)
}

func (c *pendingChange) insertNames(lists *names.Lists) error {
	var grams, counts []int64
	var terms [][]byte
	insert := func() error {
		if len(grams) == 0 {
			return nil
		}
		c.Statements++
		_, err := c.tx.Exec(c.ctx, insertName, grams, counts, terms)
		grams, counts, terms = nil, nil, nil
		return err
	}
	err := lists.Each(func(g names.Gram, count int64, steps []byte) error {
		grams, counts, terms = append(grams, int64(g)), append(counts, count), append(terms, steps)
		if len(grams) == perStatement {
			return insert()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return insert()
}

// addNames makes and fills kg_names for tables of version 1, and counts the entities of
// kinds.
func addNames(ctx context.Context, tx pgx.Tx) error {
	for _, statement := range []string{namesTable, namesIndex} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	lists := names.NewLists()
	if err := eachTerm(ctx, tx.Conn(), func(id int64, key []byte) { lists.Add(id, string(foundBy(key))) }); err != nil {
		return err
	}
	odd, err := oddOf(ctx, tx)
	if err != nil {
		return err
	}
	noteOdd(lists, odd)
	if err := copyNames(ctx, tx.Conn(), lists); err != nil {
		return err
	}
	head, _, digest := split([]byte(keyOf(schema.Type)))
	_, err = tx.Exec(ctx, `INSERT INTO kg_counts (kind, id, n) SELECT $1::"char", q.o, count(*) FROM kg_by_object q JOIN kg_terms t ON t.id = q.p
		WHERE t.head = $2 AND t.digest = $3 GROUP BY q.o`, string(rune(countKind)), head, digest)
	return err
}

// oddOf are the terms that name something and are no literals.
func oddOf(ctx context.Context, tx pgx.Tx) (map[int64]bool, error) {
	heads, digests := splitAll(namingKeys())
	odd := map[int64]bool{}
	return odd, eachKey(ctx, tx, func(id int64, key []byte) error {
		if !isLiteral(key) {
			odd[id] = true
		}
		return nil
	}, `SELECT id, head, rest FROM kg_terms WHERE id IN (SELECT q.o FROM kg_by_object q
		WHERE q.p IN (SELECT t.id FROM unnest($1::bytea[], $2::bytea[]) AS k(head, digest) JOIN kg_terms t ON t.head = k.head AND t.digest = k.digest))`, heads, digests)
}
