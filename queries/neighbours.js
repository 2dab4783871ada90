/**
 * What is joined to an entity, by which relation and in which direction?
 *
 * @param {entity} [entity=kg:country/north-korea] - the person, place or thing to look at; North Korea if absent
 * @columns subject, relation, object
 * @example kg query neighbours entity="Banco Delta Asia"
 * | Banco Delta Asia | located in | Macau | The Dong-A Ilbo | asserts | |
 * | North Korea's account at Banco Delta Asia | held at | Banco Delta Asia | The Dong-A Ilbo | asserts | |
 */
// Every relation of the entity, other than those by which claims and sources keep it,
// and those that say what it is and is called: these lead to no neighbours.
var records = g.V("<kgo:Record>").or(g.V("<kgo:Record>").followRecursive(g.M().in("<rdfs:subClassOf>")));
var itself = g.V("<rdf:type>", "<rdfs:label>", "<rdfs:comment>", "<rdfs:seeAlso>", "<skos:altLabel>", "<skos:prefLabel>",
  "<dcterms:description>", "<dcterms:title>", "<schema:name>", "<http://xmlns.com/foaf/0.1/name>");
var relations = g.V().except(records.in("<rdfs:domain>")).except(itself);
g.V(entity).tag("subject").out(relations, "relation").tag("object").all();
g.V(entity).tag("object").in(relations, "relation").tag("subject").all();
