/**
 * What is joined to an entity, by which relation, in which direction?
 *
 * @param {entity} [entity=kg:country/north-korea] - whose neighbours
 * @columns subject, relation, object
 * @example kg query neighbours entity="Banco Delta Asia"
 */
g.addNamespace("kg", "https://kg.example/");
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };
var entity = typeof entity === "undefined" ? r("kg:country/north-korea") : entity;

// The relations between entities are those whose range is a kind of the
// ontology; claims and sources are not neighbours.
var kinds = g.V(r("rdfs:Class")).in(r("rdf:type"));
var records = g.V(r("kgo:Record")).or(g.V(r("kgo:Record")).followRecursive(g.M().in(r("rdfs:subClassOf"))));
var relations = g.V(r("rdf:Property")).in(r("rdf:type")).except(records.in(r("rdfs:domain")));
g.V(entity).tag("subject").out(relations, "relation").tag("object").all();
g.V(entity).tag("object").in(relations, "relation").tag("subject").all();
