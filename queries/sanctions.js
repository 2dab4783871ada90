/**
 * Who sanctions whom, what is frozen where, and what came after it?
 *
 * @param {entity} [target] - at whom the sanction is aimed; anybody if absent
 * @columns sanction, by, target, frozen, at, in, date, then, and then
 * @example kg query sanctions
 * | The freeze of North Korea's account | United States | North Korea | North Korea's account at Banco Delta Asia | Banco Delta Asia | Macau | 2005 | The joint ventures go dormant | The joint ventures resume their activities | The Dong-A Ilbo | asserts | |
 * @example kg query sanctions target="North Korea"
 * | The freeze of North Korea's account | United States | North Korea | North Korea's account at Banco Delta Asia | Banco Delta Asia | Macau | 2005 | The joint ventures go dormant | The joint ventures resume their activities | The Dong-A Ilbo | asserts | |
 * @example kg query sanctions target=Russia
 */
var sanctions = g.Kind("Sanction").tag("sanction");
if (target) sanctions = sanctions.and(g.Reach(target).tag("asked").in(["<kgo:target>", "<kgo:frozen>"]));
sanctions
  .saveOpt("<kgo:imposed-by>", "by").saveOpt("<kgo:target>", "target").saveOpt("<kgo:date>", "date")
  .optional(g.M().out("<kgo:frozen>").tag("frozen")
    .optional(g.M().out("<kgo:held-at>").tag("at").saveOpt("<kgo:located-in>", "in")))
  .optional(g.M().in("<kgo:after>").tag("then").saveOptR("<kgo:after>", "and then")).all();
