/**
 * Who is behind a firm, a ship or an office: owners, partners, those who command it or hold its posts?
 *
 * @param {entity} [of] - the firm, ship or office; anything if absent
 * @columns what, who, as, share, date
 * @example kg query behind
 * | A North Korean freight ship | The captain of a North Korean freight ship | is commanded by | | | The Dong-A Ilbo | asserts | |
 * | Dongbang Seafood | North Korea | partner | | | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Dongbang Seafood | Russia | partner | | | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Far East Marine Transportation | North Korea | partner | | | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Far East Marine Transportation | Russia | partner | | | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Primorsky regional government | Sergei Darkin | holds | | | The Dong-A Ilbo; The kg project, from: The Dong-A Ilbo | asserts; what: derived | |
 * @example kg query behind of="Dongbang Seafood"
 * | Dongbang Seafood | North Korea | partner | | | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 * | Dongbang Seafood | Russia | partner | | | The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | derived | |
 */
var one = function (path) { return of ? path.is(of) : path; };

// Of an ownership that two sources tell of, each tells its own share and date.
g.Kind("Source").tag("source").forEach(function (source) {
  one(g.Kind("Ownership").tag("tie").labelContext(g.V(source.id).in("<dcterms:source>"))
    .saveOpt("<kgo:share>", "share").saveOpt("<kgo:date>", "date")
    .out("<kgo:owner>", "as").tag("who").back("tie").out("<kgo:owned>")).tag("what").all();
});
one(g.Kind("JointVenture")).tag("what").out("<kgo:partner>", "as").tag("who").all();
one(g.Kind("Agent").tag("who").out("<kgo:commands>", "as")).tag("what").all();
one(g.Kind("Agent").tag("who").out("<org:holds>", "as").tag("post").out("<org:postIn>")).tag("what").all();
