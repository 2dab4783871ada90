/**
 * What happens to workers: who sends, hires, permits, oversees and charges them, and how many?
 *
 * @param {Workforce} [workers] - which workers; all if absent
 * @columns workers, role, event, figure
 * @example kg query workers
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("schema", "https://schema.org/");
var r = function (term) { return g.IRI(term); };
var workers = typeof workers === "undefined" ? null : workers;

var group = (workers === null ? g.V(r("kgo:Workforce")).in(r("rdf:type")) : g.V(workers)).tag("workers");

// The relations that lead from an event to those who take part in it, and
// those that lead from it to a quantity.
var kinds = g.V(r("kgo:Event")).or(g.V(r("kgo:Event")).followRecursive(g.M().in(r("rdfs:subClassOf"))));
var roles = kinds.in(r("rdfs:domain"));
var figures = roles.has(r("rdfs:range"), r("schema:QuantitativeValue"));
var events = group.in(roles, "role").tag("event");
events.out(figures).tag("figure").all();
events.except(g.V().in(figures)).all();
