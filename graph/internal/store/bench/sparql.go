package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// inSPARQL gives the SPARQL 1.1 that counts the rows of a question.
//
// Each pattern names a graph of its own, so that a triple of two graphs gives two
// rows, as in the other engines. A property path stays in one graph, so the recursive
// questions ask the default graph, which is to be the union of all.
func inSPARQL(q question) (string, error) {
	graphs := 0
	in := func(pattern string) string {
		graphs++
		return fmt.Sprintf(" GRAPH ?g%d { %s }", graphs, pattern)
	}
	count := func(patterns ...string) string {
		return "SELECT (COUNT(*) AS ?n) {" + strings.Join(patterns, "") + " }"
	}
	reached := func(pattern string) string {
		return "SELECT (COUNT(DISTINCT ?x) AS ?n) { " + pattern + " FILTER(?x != " + q.From + ") }"
	}
	p := property
	switch q.Name {
	case "q1":
		return count(in(q.From + " " + p("knows") + " ?x")), nil
	case "q2hub", "q2leaf":
		return count(in("?w "+p("worksAt")+" "+q.From), in("?w "+p("knows")+" ?x")), nil
	case "q3":
		return count(in(q.From+" "+p("worksAt")+" ?c"), in("?t "+p("to")+" ?c"), in("?t "+p("from")+" ?x")), nil
	case "q4":
		return count(in("?t "+p("from")+" "+q.From), in("?t "+p("to")+" "+iri("company", 1))), nil
	case "q5up":
		return reached(q.From + " " + p("owner") + "+ ?x"), nil
	case "q5down":
		return reached("?x " + p("owner") + "+ " + q.From), nil
	case "q6":
		return count(in("?t "+p("type")+" "+q.From), in("?t "+p("amount")+" ?a"), " FILTER(?a >= 20000)"), nil
	}
	return "", fmt.Errorf("no question %q", q.Name)
}

// askSPARQL asks an endpoint for one number (SPARQL 1.1 protocol, results as CSV).
func askSPARQL(endpoint, text string) (int, error) {
	request, err := http.NewRequest("POST", endpoint, strings.NewReader(url.Values{"query": {text}}.Encode()))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "text/csv")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	lines := strings.Fields(string(body)) // the name of the column, the number
	if response.StatusCode != http.StatusOK || len(lines) != 2 {
		return 0, fmt.Errorf("%s answers %s: %.500s", endpoint, response.Status, body)
	}
	return strconv.Atoi(strings.Trim(lines[1], `"`))
}
