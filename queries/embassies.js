/**
 * Whose embassies are where?
 *
 * @param {Country} [country] - the country that sent the embassy; any if absent
 * @columns embassy, of, in, place, city
 * @example kg query embassies
 * | Embassy of North Korea in Russia | North Korea | Russia | Mos Film Street | Moscow | The Dong-A Ilbo; The kg project, from: The Dong-A Ilbo | asserts; in, city: derived | |
 * @example kg query embassies country=Russia
 */
var embassies = g.Kind("Embassy").tag("embassy");
if (country) embassies = embassies.has("<kgo:represents>", country);
embassies.save("<kgo:represents>", "of").saveOpt("<kgo:accredited-to>", "in")
  .optional(g.M().out("<kgo:located-in>").tag("place").saveOpt("<schema:containedInPlace>", "city")).all();
