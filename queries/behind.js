/**
 * Who is behind a firm, a ship or an office: owners, partners, those who command it or hold its posts, source by source?
 *
 * @param {entity} [of] - the firm, ship or office; anything if absent
 * @columns what, who, as, share, date, source
 * @example kg query behind
 * | A North Korean freight ship | The captain of a North Korean freight ship | is commanded by | | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts | |
 * | Dongbang Seafood | North Korea | partner | | | N.Korea's Businesses Thriving in Russia | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Dongbang Seafood | Russia | partner | | | N.Korea's Businesses Thriving in Russia | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Far East Marine Transportation | North Korea | partner | | | N.Korea's Businesses Thriving in Russia | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Far East Marine Transportation | Russia | partner | | | N.Korea's Businesses Thriving in Russia | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Primorsky regional government | Sergei Darkin | holds | | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo; The kg project, from: The Dong-A Ilbo | asserts; what: derived | |
 * @example kg query behind of="Dongbang Seafood"
 * | Dongbang Seafood | North Korea | partner | | | N.Korea's Businesses Thriving in Russia | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Dongbang Seafood | Russia | partner | | | N.Korea's Businesses Thriving in Russia | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 */
// What claims are from: a document, or a dataset of FollowTheMoney.
var claims = g.Kind("Source").or(g.V("<schema:Dataset>").in("<rdf:type>")).tag("source").in("<dcterms:source>");
// What one source tells of a tie, its share and its date, is not mixed with what
// another one tells of it. Of a post it is who holds it: whose post that is may stand
// anywhere. Who commands is an agent; nothing else can.
var told = function (path) { return path.oneContext(claims); };
[
  told(g.Kind("Ownership")).tag("tie").out("<kgo:owner>", "as").tag("who").back("tie")
    .saveOpt("<kgo:share>", "share").saveOpt("<kgo:date>", "date").out("<kgo:owned>"),
  told(g.Kind("JointVenture")).tag("what").out("<kgo:partner>", "as").tag("who").back("what"),
  told(g.V()).tag("who").out("<kgo:commands>", "as"),
  told(g.Kind("Agent")).tag("who").out("<org:holds>", "as").tag("post").labelContext(null).out("<org:postIn>"),
].forEach(function (path) {
  if (of) path = path.is(of);
  path.tag("what").all();
});
