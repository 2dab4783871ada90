package xml

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// BetweenInTables stands between the values of a cell of a list in a table, as Neo4j's
// importer takes them; within one it becomes a comma.
const BetweenInTables = ";"

// WriteTables writes a network as two tables (CSV, RFC 4180) with the headers that
// Neo4j's importer reads: neo4j-admin database import --nodes=… --relationships=….
func WriteTables(nodes, edges io.Writer, g *Network) error {
	w := csv.NewWriter(nodes)
	header := []string{"id:ID", "label"}
	for _, c := range g.NodeColumns {
		header = append(header, c.header())
	}
	rows := [][]string{append(header, ":LABEL")}
	for _, n := range g.Nodes {
		row := []string{n.ID, n.Label}
		for i, cell := range n.Cells {
			if g.NodeColumns[i].Many {
				cell = commas(cell)
			}
			row = append(row, strings.Join(cell, BetweenInTables))
		}
		rows = append(rows, append(row, strings.ReplaceAll(n.Kind, Between, BetweenInTables)))
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("writing the table of nodes: %w", err)
	}
	w = csv.NewWriter(edges)
	rows = [][]string{{":START_ID", ":END_ID", ":TYPE", "id", "label"}}
	for _, c := range g.EdgeColumns {
		rows[0] = append(rows[0], c.header())
	}
	for _, e := range g.Edges {
		rows = append(rows, append([]string{e.Source, e.Target, e.Type, e.ID, e.Label}, e.Cells...))
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("writing the table of edges: %w", err)
	}
	return nil
}

// header is a column's name with its type, which for a text is none.
func (c Column) header() string {
	name := c.Name
	if c.Type != "string" || c.Many {
		name += ":" + c.Type
	}
	if c.Many {
		name += "[]"
	}
	return name
}

func commas(cell []string) []string {
	var out []string
	for _, value := range cell {
		out = append(out, strings.ReplaceAll(value, BetweenInTables, ","))
	}
	return out
}
