/**
 * What is joined to an entity, by which relation and in which direction?
 *
 * @param {entity} [entity=kg:country/north-korea] - the person, place or thing to look at; North Korea if absent
 * @columns subject, relation, object
 * @example kg query neighbours entity="Banco Delta Asia"
 * | Banco Delta Asia | located in | Macau | The Dong-A Ilbo | asserts | |
 * | North Korea's account at Banco Delta Asia | held at | Banco Delta Asia | The Dong-A Ilbo | asserts | |
 */
// The ontology's relations, other than those of claims and sources: these are
// not neighbours.
var records = g.V("<kgo:Record>").or(g.V("<kgo:Record>").followRecursive(g.M().in("<rdfs:subClassOf>")));
var relations = g.V("<rdf:Property>").in("<rdf:type>").except(records.in("<rdfs:domain>"));
g.V(entity).tag("subject").out(relations, "relation").tag("object").all();
g.V(entity).tag("object").in(relations, "relation").tag("subject").all();
