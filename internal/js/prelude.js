// The built-ins that loop or allocate in one step, written so that they do it
// in many: the interpreter looks at the deadline between steps only. They are
// the language's own but for Symbol.species and for who else could see a hole.
(function (go) {
'use strict';
var TypeErr = TypeError, RangeErr = RangeError, Obj = Object, Arr = Array, Str = String;
var defineProperty = Obj.defineProperty, create = Obj.create, isArray = Arr.isArray;
var A = Arr.prototype, S = Str.prototype, F = Function.prototype, R = go.regexps || go.texts ? RegExp.prototype : null;
var apply = F.call.bind(F.apply);
var has = F.call.bind(Obj.prototype.hasOwnProperty);
var iterator = Symbol.iterator;
var RegExp_, exec;
if (go.regexps || go.texts) { RegExp_ = RegExp; exec = R.exec; }

function obj(v) {
  if (v === null || v === undefined) throw new TypeErr('Cannot convert undefined or null to object');
  return Obj(v);
}
function len(o) {
  var n = +o.length;
  n = n !== n ? 0 : n < 0 ? -Math_floor(-n) : Math_floor(n);
  return n <= 0 ? 0 : n < 9007199254740991 ? n : 9007199254740991;
}
var Math_floor = Math.floor;
function int(v) {
  v = +v;
  return v !== v ? 0 : v < 0 ? -Math_floor(-v) : Math_floor(v);
}
function at(v, n, absent) {
  if (v === undefined) return absent;
  v = int(v);
  return v < 0 ? (v + n < 0 ? 0 : v + n) : v > n ? n : v;
}
function fn(f) {
  if (typeof f !== 'function') throw new TypeErr(go.show(f) + ' is not a function');
  return f;
}
function put(a, i, v) { defineProperty(a, i, {value: v, writable: true, enumerable: true, configurable: true}); }
function same(a, b) { return a === b || a !== a && b !== b; }

// drain makes a list of what can be iterated.
function drain(v) {
  var out = [], n = 0;
  if (v === null || v === undefined || v[iterator] === undefined) throw new TypeErr('object is not iterable');
  for (var x of v) put(out, n++, x);
  return out;
}
// list makes one of what has a length.
function list(v) {
  var out = [], o = obj(v), n = len(o);
  for (var i = 0; i < n; i++) put(out, i, o[i]);
  return out;
}
function args(v) {
  var l = v === null || v === undefined ? [] : list(v);
  if (l.length > 65536) throw new RangeErr('a call has at most 65536 arguments');
  return l;
}

// Lists as texts, which anything may ask for.
var joining = [];
function join(o, sep, text) {
  for (var d = 0; d < joining.length; d++) if (joining[d] === o) return '';
  joining[joining.length] = o;
  try {
    var parts = [], total = 0;
    for (var i = 0, n = len(o); i < n; i++) {
      var v = o[i], s = v === null || v === undefined ? '' : text(v);
      total += s.length + sep.length;
      go.room(total);
      put(parts, i, s);
    }
    return go.glue(parts, sep);
  } finally { joining.length--; }
}
function text(v) { return Str(v); }
A.join = function (sep) { return join(obj(this), sep === undefined ? ',' : Str(sep), text); };
A.toString = function toString() { var o = obj(this); return typeof o.join === 'function' ? o.join() : '[object ' + 'Object]'; };
A.toLocaleString = function toLocaleString() { return join(obj(this), ',', function (v) { return Str(v.toLocaleString()); }); };

if (go.arrays) {
// Walks over the elements there are, from low to high or back.
function walk(name, step, result) {
  A[name] = {[name](f, self) {
    var o = obj(this), n = len(o), state = result(o, n);
    fn(f);
    for (var i = 0; i < n; i++) {
      if (i in o) {
        var v = o[i];
        if (step(state, f.call(self, v, i, o), v, i)) break;
      }
    }
    return state.out;
  }}[name];
}
walk('forEach', function () {}, function () { return {}; });
walk('map', function (s, r, v, i) { put(s.out, i, r); }, function (o, n) { var a = []; a.length = go.size(n); return {out: a}; });
walk('filter', function (s, r, v) { if (r) put(s.out, s.out.length, v); }, function () { return {out: []}; });
walk('some', function (s, r) { return s.out = !!r; }, function () { return {out: false}; });
walk('every', function (s, r) { s.out = !!r; return !r; }, function () { return {out: true}; });

function search(name, back, result) {
  A[name] = {[name](f, self) {
    var o = obj(this), n = len(o);
    fn(f);
    for (var k = 0; k < n; k++) {
      var i = back ? n - 1 - k : k, v = o[i];
      if (f.call(self, v, i, o)) return result ? i : v;
    }
    return result ? -1 : undefined;
  }}[name];
}
search('find', false, false);
search('findIndex', false, true);
search('findLast', true, false);
search('findLastIndex', true, true);

function reduce(name, back) {
  A[name] = {[name](f, first) {
    var o = obj(this), n = len(o), k = 0, i, acc = first;
    fn(f);
    if (arguments.length < 2) {
      for (; ; k++) {
        if (k >= n) throw new TypeErr('Reduce of empty array with no initial value');
        i = back ? n - 1 - k : k;
        if (i in o) { acc = o[i]; k++; break; }
      }
    }
    for (; k < n; k++) {
      i = back ? n - 1 - k : k;
      if (i in o) acc = f(acc, o[i], i, o);
    }
    return acc;
  }}[name];
}
reduce('reduce', false);
reduce('reduceRight', true);

A.indexOf = function indexOf(v, from) {
  var o = obj(this), n = len(o);
  for (var i = at(from, n, 0); i < n; i++) if (i in o && o[i] === v) return i;
  return -1;
};
A.lastIndexOf = function lastIndexOf(v, from) {
  var o = obj(this), n = len(o), i = arguments.length > 1 ? int(from) : n - 1;
  for (i = i < 0 ? i + n : i < n ? i : n - 1; i >= 0; i--) if (i in o && o[i] === v) return i;
  return -1;
};
A.includes = function includes(v, from) {
  var o = obj(this), n = len(o);
  for (var i = at(from, n, 0); i < n; i++) if (same(o[i], v)) return true;
  return false;
};
A.fill = function fill(v, from, to) {
  var o = obj(this), n = len(o), end = at(to, n, n);
  for (var i = at(from, n, 0); i < end; i++) o[i] = v;
  return o;
};
A.copyWithin = function copyWithin(target, from, to) {
  var o = obj(this), n = len(o), t = at(target, n, 0), f = at(from, n, 0), c = at(to, n, n) - f;
  if (n - t < c) c = n - t;
  var back = f < t && t < f + c;
  for (var k = 0; k < c; k++) {
    var d = back ? c - 1 - k : k;
    if (f + d in o) o[t + d] = o[f + d]; else delete o[t + d];
  }
  return o;
};
A.slice = function slice(from, to) {
  var o = obj(this), n = len(o), i = at(from, n, 0), end = at(to, n, n), out = [], k = 0;
  for (; i < end; i++, k++) if (i in o) put(out, k, o[i]);
  out.length = k;
  return out;
};
A.concat = function concat() {
  var out = [], n = 0;
  for (var k = -1; k < arguments.length; k++) {
    var v = k < 0 ? obj(this) : arguments[k];
    var spread = v !== null && typeof v === 'object' && v[Symbol.isConcatSpreadable];
    if (spread === undefined ? isArray(v) : spread) {
      for (var i = 0, m = len(v); i < m; i++, n++) if (i in v) put(out, n, v[i]);
    } else put(out, n++, v);
  }
  out.length = n;
  return out;
};
A.reverse = function reverse() {
  var o = obj(this), n = len(o);
  for (var i = 0, j = n - 1; i < j; i++, j--) {
    var hi = i in o, hj = j in o, x = o[i], y = o[j];
    if (hj) o[i] = y; else delete o[i];
    if (hi) o[j] = x; else delete o[j];
  }
  return o;
};
function shift(o, from, by, n) {
  if (by < 0) for (var i = from; i < n; i++) { if (i in o) o[i + by] = o[i]; else delete o[i + by]; }
  else for (var j = n - 1; j >= from; j--) { if (j in o) o[j + by] = o[j]; else delete o[j + by]; }
}
A.shift = function () {
  var o = obj(this), n = len(o);
  if (n === 0) { o.length = 0; return undefined; }
  var v = o[0];
  shift(o, 1, -1, n);
  delete o[n - 1];
  o.length = n - 1;
  return v;
};
A.unshift = function unshift() {
  var o = obj(this), n = len(o), k = arguments.length;
  if (k > 0) {
    shift(o, 0, k, n);
    for (var i = 0; i < k; i++) o[i] = arguments[i];
  }
  return o.length = n + k;
};
A.splice = function splice(from, count) {
  var o = obj(this), n = len(o), start = at(from, n, 0), k = arguments.length > 2 ? arguments.length - 2 : 0;
  var drop = arguments.length === 0 ? 0 : arguments.length === 1 ? n - start : int(count);
  drop = drop < 0 ? 0 : drop > n - start ? n - start : drop;
  var out = [];
  for (var i = 0; i < drop; i++) if (start + i in o) put(out, i, o[start + i]);
  out.length = drop;
  if (k !== drop) shift(o, start + drop, k - drop, n);
  for (var j = n; j > n - drop + k; j--) delete o[j - 1];
  for (var m = 0; m < k; m++) o[start + m] = arguments[m + 2];
  o.length = n - drop + k;
  return out;
};
function flatten(out, o, depth, f, self) {
  for (var i = 0, n = len(o); i < n; i++) {
    if (!(i in o)) continue;
    var v = f ? f.call(self, o[i], i, o) : o[i];
    if (depth > 0 && isArray(v)) flatten(out, v, depth - 1); else put(out, out.length, v);
  }
  return out;
}
A.flat = function flat(depth) { return flatten([], obj(this), depth === undefined ? 1 : int(depth)); };
A.flatMap = function flatMap(f, self) { return flatten([], obj(this), 1, fn(f), self); };
A.sort = function sort(f) {
  if (f !== undefined) fn(f);
  var o = obj(this), n = len(o), vals = [], k = 0;
  for (var i = 0; i < n; i++) if (i in o) put(vals, k++, o[i]);
  go.sort(vals, f);
  for (i = 0; i < k; i++) o[i] = vals[i];
  for (; i < n; i++) delete o[i];
  return o;
};
A.toSorted = function toSorted(f) { return A_sort.call(list(this), f); };
A.toReversed = function toReversed() { return A_reverse.call(list(this)); };
A.toSpliced = function toSpliced() { var l = list(this); apply(A_splice, l, arguments); return l; };
A['with'] = function (i, v) {
  var l = list(this), k = int(i);
  if (k < 0) k += l.length;
  if (k < 0 || k >= l.length) throw new RangeErr('Invalid index');
  l[k] = v;
  return l;
};
var A_sort = A.sort, A_reverse = A.reverse, A_splice = A.splice;

Arr.from = function from(v, f, self) {
  if (f !== undefined) fn(f);
  var src = v !== null && v !== undefined && v[iterator] !== undefined ? drain(v) : list(v);
  if (f === undefined) return src;
  for (var i = 0; i < src.length; i++) put(src, i, f.call(self, src[i], i));
  return src;
};
Obj.fromEntries = function fromEntries(v) {
  var o = {}, l = drain(v);
  for (var i = 0; i < l.length; i++) put(o, l[i][0], l[i][1]);
  return o;
};
}

// Listings go over all properties at once, and a text has one a character.
if (go.listings) ['keys', 'values', 'entries', 'assign', 'getOwnPropertyNames', 'getOwnPropertyDescriptors'].forEach(function (name) {
  var f = Obj[name];
  Obj[name] = {[name](v) {
    for (var i = 0; i < arguments.length; i++) go.own(arguments[i]);
    return apply(f, Obj, arguments);
  }}[name];
});

if (go.functions) {
// Functions called with a list of arguments, and functions made of functions.
F.apply = function (self, a) { return apply(fn(this), self, args(a)); };
F.bind = function bind(self) {
  var f = fn(this), first = list(arguments);
  first.splice(0, 1);
  return function () { return apply(f, self, first.concat(list(arguments))); };
};
}

// Texts.
function thisText(v, name) {
  if (v === null || v === undefined) throw new TypeErr(name + ' called on null or undefined');
  return Str(v);
}
var native = {};
if (go.texts) ['indexOf', 'lastIndexOf', 'includes', 'split', 'match', 'matchAll', 'search', 'normalize', 'localeCompare'].forEach(function (name) {
  native[name] = S[name];
});
// Replacing, piece by piece: the result may be longer than both texts together.
function expand(t, m, at, s) {
  var parts = [], total = 0, from = 0;
  for (var i = 0; i < t.length; i++) {
    if (t[i] !== '$') continue;
    var c = t[i + 1], v, used = 2;
    if (c === '$') v = '$';
    else if (c === '&') v = m[0];
    else if (c === '`') v = s.substring(0, at);
    else if (c === "'") v = s.substring(at + m[0].length);
    else if (c >= '0' && c <= '9') {
      var d = +c, e = t[i + 2], two = e >= '0' && e <= '9' ? d * 10 + +e : 0;
      if (two > 0 && two < m.length) { v = m[two]; used = 3; } else if (d > 0 && d < m.length) v = m[d]; else continue;
    } else if (c === '<' && m.groups) {
      var close = native.indexOf.call(t, '>', i);
      if (close < 0) continue;
      v = m.groups[t.substring(i + 2, close)]; used = close - i + 1;
    } else continue;
    put(parts, parts.length, t.substring(from, i));
    put(parts, parts.length, v === undefined ? '' : Str(v));
    go.room(total += i - from + parts[parts.length - 1].length);
    i += used - 1;
    from = i + 1;
  }
  if (from === 0) return t;
  put(parts, parts.length, t.substring(from));
  return go.glue(parts, '');
}
function pieces(s, matches, by) {
  var parts = [], total = 0, from = 0;
  for (var k = 0; k < matches.length; k++) {
    var m = matches[k], pos = m.index;
    var r = typeof by === 'function' ? Str(apply(by, undefined, m.groups ? m.concat([pos, s, m.groups]) : m.concat([pos, s]))) : expand(by, m, pos, s);
    if (pos < from) continue;
    put(parts, parts.length, s.substring(from, pos));
    put(parts, parts.length, r);
    go.room(total += pos - from + r.length);
    from = pos + m[0].length;
  }
  put(parts, parts.length, s.substring(from));
  go.room(total + s.length - from);
  return go.glue(parts, '');
}
function found(m, index, groups) { m.index = index; m.groups = groups; return m; }

if (go.texts) {
S.repeat = function repeat(n) {
  var s = thisText(this, 'repeat');
  n = int(n);
  if (n < 0 || n === Infinity) throw new RangeErr('Invalid count value: ' + n);
  go.room(s.length * n);
  return go.repeat(s, n);
};
function pad(name, start) {
  S[name] = {[name](n, fill) {
    var s = thisText(this, name);
    n = int(n) - s.length;
    fill = fill === undefined ? ' ' : Str(fill);
    if (n <= 0 || fill === '') return s;
    go.room(s.length + n);
    var p = go.repeat(fill, Math_floor(n / fill.length) + 1).substring(0, n);
    return start ? p + s : s + p;
  }}[name];
}
pad('padStart', true);
pad('padEnd', false);
S.concat = function concat() {
  var parts = [thisText(this, 'concat')], total = parts[0].length;
  for (var i = 0; i < arguments.length; i++) { put(parts, i + 1, Str(arguments[i])); go.room(total += parts[i + 1].length); }
  return go.glue(parts, '');
};
Str.raw = function raw(t) {
  var strs = list(obj(t).raw), parts = [], total = 0;
  for (var i = 0; i < strs.length; i++) {
    var p = Str(strs[i]);
    if (i + 1 < strs.length && i + 1 < arguments.length) p = go.glue([p, Str(arguments[i + 1])], '');
    put(parts, i, p);
    go.room(total += p.length);
  }
  return go.glue(parts, '');
};
// A search for a text takes the product of the lengths at worst.
['indexOf', 'lastIndexOf', 'includes'].forEach(function (name) {
  S[name] = {[name](v, from) {
    var s = thisText(this, name);
    if (v instanceof RegExp_ && name === 'includes') throw new TypeErr('First argument must not be a regular expression');
    v = Str(v);
    go.work(s.length, v.length);
    return arguments.length > 1 ? native[name].call(s, v, from) : native[name].call(s, v);
  }}[name];
});
['split', 'match', 'matchAll', 'search'].forEach(function (name) {
  S[name] = {[name](v, limit) {
    if (v !== null && typeof v === 'object') return native[name].call(this, v, limit);
    var s = thisText(this, name);
    if (v !== undefined) { v = Str(v); go.work(s.length, v.length); if (name !== 'split') go.pattern(v); }
    return native[name].call(s, v, limit);
  }}[name];
});

function replacer(name, all) {
  S[name] = {[name](what, by) {
    if (this === null || this === undefined) throw new TypeErr(name + ' called on null or undefined');
    if (what !== null && typeof what === 'object') {
      if (all && what instanceof RegExp_ && Str(what.flags).indexOf('g') < 0) throw new TypeErr('replaceAll must be called with a global RegExp');
      var m = what[Symbol.replace];
      if (m !== undefined && m !== null) return m.call(what, this, by);
    }
    var s = Str(this), w = Str(what), matches = [], at = 0;
    if (typeof by !== 'function') by = Str(by);
    go.work(s.length, w.length);
    for (;;) {
      at = native.indexOf.call(s, w, at);
      if (at < 0) break;
      put(matches, matches.length, found([w], at));
      if (!all) break;
      at += w.length || 1;
      if (at > s.length) break;
    }
    return pieces(s, matches, by);
  }}[name];
}
replacer('replace', false);
replacer('replaceAll', true);
}

if (go.regexps) {
// Expressions: the engine is given a time, and its silence an error.
R[Symbol.replace] = function (str, by) {
  var s = Str(str), matches = [], n = 0, global = Str(this.flags).indexOf('g') >= 0;
  if (typeof by !== 'function') by = Str(by);
  if (global) this.lastIndex = 0;
  for (;;) {
    var m = this.exec(s);
    if (m === null) break;
    var copy = [];
    for (var i = 0, l = len(m); i < l; i++) put(copy, i, m[i] === undefined ? undefined : Str(m[i]));
    if (l === 0) copy[0] = Str(m[0]);
    put(matches, n++, found(copy, int(m.index), m.groups));
    if (!global) break;
    if (copy[0] === '') this.lastIndex = int(this.lastIndex) + 1;
  }
  return pieces(s, matches, by);
};
R.exec = function (s) {
  s = Str(s);
  return go.exec(this, s, exec);
};
R.test = function test(s) { return this.exec(Str(s)) !== null; };
delete R.compile;
function Expression(p, flags) {
  if (p !== null && typeof p === 'object' && p instanceof RegExp_) {
    if (flags === undefined && !new.target) return p;
    flags = flags === undefined ? p.flags : flags;
    p = p.source;
  }
  p = p === undefined ? '' : Str(p);
  flags = flags === undefined ? '' : Str(flags);
  var written = go.pattern(p, flags), re = new RegExp_(written, flags);
  return written === p ? re : go.source(re, p);
}
R.toString = function toString() { return '/' + Str(this.source) + '/' + Str(this.flags); };
Expression.prototype = R;
defineProperty(R, 'constructor', {value: Expression, writable: true, configurable: true});
defineProperty(Expression, Symbol.species, {get: function () { return this; }, configurable: true});
globalThis.RegExp = Expression;
}

if (go.json) {
// JSON: its texts are made piece by piece, and read if they are not nested too
// deeply.
var quote = JSON.stringify, read = JSON.parse;
JSON.parse = function parse(t, f) { t = Str(t); go.nested(t); return f === undefined ? read(t) : read(t, f); };
JSON.stringify = function stringify(value, f, space) {
  var parts = [], total = 0, stack = [], keys = isArray(f) ? list(f).map(Str) : null;
  if (typeof f !== 'function') f = null;
  if (space !== null && typeof space === 'object') space = space.valueOf();
  var gap = typeof space === 'number' ? '          '.substring(0, int(space)) : typeof space === 'string' ? space.substring(0, 10) : '';
  function add(s) { put(parts, parts.length, s); go.room(total += s.length); }
  function one(holder, key, v, indent) {
    if (v !== null && (typeof v === 'object' || typeof v === 'function') && typeof v.toJSON === 'function') v = v.toJSON(key);
    if (f) v = f.call(holder, key, v);
    if (v === null || typeof v !== 'object' || go.opaque(v)) {
      if (v === undefined || typeof v === 'function' || typeof v === 'symbol') return false;
      add(quote(v));
      return true;
    }
    if (v instanceof Number || v instanceof Str || v instanceof Boolean) { add(quote(v)); return true; }
    for (var d = 0; d < stack.length; d++) if (stack[d] === v) throw new TypeErr('Converting circular structure to JSON');
    if (stack.length >= 500) throw new RangeErr('JSON is nested at most 500 deep');
    stack[stack.length] = v;
    var inner = indent + gap, sep = gap ? '\n' + inner : '', first = true, i, mark;
    if (isArray(v)) {
      add('[');
      for (i = 0; i < len(v); i++) {
        add(first ? sep : ',' + sep);
        first = false;
        if (!one(v, Str(i), v[i], inner)) add('null');
      }
      add(first ? ']' : (gap ? '\n' + indent : '') + ']');
    } else {
      add('{');
      var names = keys || Obj.keys(v);
      for (i = 0; i < names.length; i++) {
        if (keys && !has(v, names[i])) continue;
        mark = parts.length;
        add((first ? sep : ',' + sep) + quote(names[i]) + (gap ? ': ' : ':'));
        if (one(v, names[i], v[names[i]], inner)) first = false; else parts.length = mark;
      }
      add(first ? '}' : (gap ? '\n' + indent : '') + '}');
    }
    stack.length--;
    return true;
  }
  return one({'': value}, '', value, '') ? go.glue(parts, '') : undefined;
};
}

if (go.collections) {
// Collections read what they are given as a list first.
['Map', 'Set', 'WeakMap', 'WeakSet'].forEach(function (name) {
  var C = globalThis[name], P = C.prototype;
  function Collection(v) {
    if (!new.target) throw new TypeErr('Constructor ' + name + " requires 'new'");
    return v === undefined || v === null ? new C() : new C(drain(v));
  }
  Collection.prototype = P;
  defineProperty(P, 'constructor', {value: Collection, writable: true, configurable: true});
  globalThis[name] = Collection;
});
['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'].forEach(function (name) {
  delete Set.prototype[name];
});
}

if (go.absent) {
// What cannot be bounded is not there; see the package.
delete JSON.rawJSON;
['Proxy', 'Reflect', 'Promise', 'BigInt', 'AggregateError', 'eval', 'ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray',
  'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'].forEach(function (name) { delete globalThis[name]; });
function NoCode() { throw new TypeErr('a query cannot make code of a text'); }
NoCode.prototype = F;
defineProperty(F, 'constructor', {value: NoCode, writable: false, configurable: false});
globalThis.Function = NoCode;
}

// What the interpreter itself goes through in one step stays what it is.
[[A, iterator], [Obj.getPrototypeOf([][iterator]()), 'next']].forEach(function (p) {
  defineProperty(p[0], p[1], {writable: false, configurable: false});
});
go.drain = drain;
})
