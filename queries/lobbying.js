/**
 * Who lobbies whom, for what, how, and by what means?
 *
 * @param {entity} [lobbyist] - who lobbies; anybody if absent
 * @columns lobbyist, lobbied, for, manner, by means of, known to
 * @example kg query lobbying
 * | North Korean senior officials who lobby for the quota | Russian government officials who are given tours | The quota for labourers is increased | fiercely | Free tours of North Korea for officials | | A foreign employer of North Korean workers; The kg project, from: A foreign employer of North Korean workers | asserts; for: attempted; lobbied, by means of: derived | |
 * | North Koreans who lobby with bribes | Russian civil servants | | aggressively | Bribes to Russian civil servants | Russian civil servants | A public official of Vladivostok | asserts | |
 * @example kg query lobbying lobbyist=nk-senior-officials
 * | North Korean senior officials who lobby for the quota | Russian government officials who are given tours | The quota for labourers is increased | fiercely | Free tours of North Korea for officials | | A foreign employer of North Korean workers; The kg project, from: A foreign employer of North Korean workers | asserts; for: attempted; lobbied, by means of: derived | |
 * @example kg query lobbying lobbyist="North Korea"
 * | North Korean senior officials who lobby for the quota | Russian government officials who are given tours | The quota for labourers is increased | fiercely | Free tours of North Korea for officials | | A foreign employer of North Korean workers; The kg project, from: A foreign employer of North Korean workers | asserts; for: attempted; lobbied, by means of: derived | |
 * | North Koreans who lobby with bribes | Russian civil servants | | aggressively | Bribes to Russian civil servants | Russian civil servants | A public official of Vladivostok | asserts | |
 */
var lobbying = g.Kind("Lobbying").tag("lobbying");
if (lobbyist) lobbying = lobbying.and(g.Reach(lobbyist).tag("asked").in("<kgo:lobbyist>"));
lobbying
  .save("<kgo:lobbyist>", "lobbyist").saveOpt("<kgo:lobbied>", "lobbied")
  .saveOpt("<kgo:purpose>", "for").saveOpt("<kgo:manner>", "manner")
  .saveOpt("<kgo:by-means-of>", "by means of").saveOpt("<kgo:known-to>", "known to")
  .all();
