/**
 * Who is listed or sanctioned, by whom and since when?
 *
 * @param {entity} [of] - the source that speaks of them; any if absent
 * @param {entity} [list] - the source that lists them; any if absent
 * @columns who, in, list, by, since
 * @none nobody for certain; kg match --between {of},{list} lists who may be one
 * @example kg query listed
 * | North Korea | The freeze of North Korea's account | | United States | 2005 | The Dong-A Ilbo | asserts | |
 * @example kg query listed of=kg:source/donga-2008-04-04 list=kg:source/background
 */
// What a source says stands under its label, or under those of its claims.
var said = function (source) { return g.V(source).or(g.V(source).in("<dcterms:source>")); };
var listings = g.Kind("Listing").or(g.Kind("Sanction")).tag("in")
  .saveOpt("<kgo:list-name>", "list").saveOpt(["<kgo:listed-by>", "<kgo:imposed-by>"], "by").saveOpt("<kgo:date>", "since");
if (list) listings = listings.labelContext(said(list));
var who = listings.out(["<kgo:listed>", "<kgo:target>"]).tag("who");
if (of) who = who.labelContext(said(of)).out("<rdf:type>").tag("kind");
who.all();
