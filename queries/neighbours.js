/**
 * What is joined to an entity, by which relation and in which direction?
 *
 * @param {entity} [entity=kg:country/north-korea] - whose neighbours
 * @columns subject, relation, object
 * @example kg query neighbours entity="Banco Delta Asia"
 * | Banco Delta Asia | located-in | Macau | The Dong-A Ilbo | asserts |
 * | North Korea's account at Banco Delta Asia | held-at | Banco Delta Asia | The Dong-A Ilbo | asserts |
 */
g.addNamespace("kg", "https://kg.example/");
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };
var entity = typeof entity === "undefined" ? r("kg:country/north-korea") : entity;

// The ontology's relations, other than those of claims and sources: these are
// not neighbours.
var records = g.V(r("kgo:Record")).or(g.V(r("kgo:Record")).followRecursive(g.M().in(r("rdfs:subClassOf"))));
var relations = g.V(r("rdf:Property")).in(r("rdf:type")).except(records.in(r("rdfs:domain")));
g.V(entity).tag("subject").out(relations, "relation").tag("object").all();
g.V(entity).tag("object").in(relations, "relation").tag("subject").all();
