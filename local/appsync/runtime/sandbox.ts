import { createContext, runInContext, Script } from 'node:vm'
import { OBJECT_GLOBALS, VALUE_GLOBALS } from '../../../tools/appsync-js-check/allowed-names.ts'
import { current } from './current.ts'
import { runtime } from './early-return.ts'
import type { LogLine } from './evaluation.ts'
import { extensions } from './extensions.ts'
import { IMPORT_NAME, TURN_NAME } from './instrument.ts'
import { javaPattern } from './java-pattern.ts'
import { MAX_EVALUATION_MS, MAX_LOOP_ITERATIONS } from './limits.ts'
import { modules } from './modules.ts'
import { RuntimeFault } from './signals.ts'
import { util } from './util/util.ts'

/** The two functions that bundled code exports. */
export interface Handlers {
  request(ctx: unknown): unknown
  response(ctx: unknown): unknown
}

const logAs =
  (level: LogLine['level']) =>
  (...values: unknown[]) => {
    const { logs, fileName, handler } = current()
    const message = values
      .map((value) => (typeof value === 'string' ? value : JSON.stringify(value) ?? 'undefined'))
      .join(' ')
    logs.push({ level, fileName, handler, message })
  }

const console = { log: logAs('info'), error: logAs('error') }

/** Called from inside loops: past the most turns, and now and then before. */
function turn(turns: number): void {
  if (turns > MAX_LOOP_ITERATIONS) {
    throw new RuntimeFault(`expected at most ${MAX_LOOP_ITERATIONS} turns of a loop, got more`)
  }
  if (performance.now() > current().deadline) {
    throw new RuntimeFault(`expected the handler to end within ${MAX_EVALUATION_MS} ms, got no end`)
  }
}

function importModule(specifier: string): object {
  const module = Object.hasOwn(modules, specifier) ? modules[specifier] : undefined
  if (!module) throw new Error(`expected one of ${Object.keys(modules).join(', ')}, got ${specifier}`)
  return module
}

/**
 * Fits the standard objects to APPSYNC_JS, and gives a function that reads a context.
 * `JSON.parse` answers "" for what is no JSON, and `replace` and `replaceAll` take Java regular expressions.
 * Source: developer guide, "Supported runtime features".
 */
const PREPARE = `(function (javaPattern, keep) {
  'use strict';
  const { parse } = JSON;
  const { freeze, hasOwn } = Object;
  const { replace, replaceAll } = String.prototype;
  JSON.parse = function (text) { try { return parse(text); } catch { return ''; } };
  String.prototype.replace = function (pattern, value) {
    return replace.call(this, javaPattern('' + pattern, ''), value);
  };
  String.prototype.replaceAll = function (pattern, value) {
    return replaceAll.call(this, javaPattern('' + pattern, 'g'), value);
  };
  const all = globalThis;
  for (const name of Object.getOwnPropertyNames(all)) { if (!keep.includes(name)) delete all[name]; }
  const absent = { arguments: {}, stash: {}, env: {} };
  for (const name of ['identity', 'source', 'prev', 'result', 'error']) absent[name] = null;
  return function (text) {
    const ctx = parse(text);
    for (const name in absent) { if (ctx[name] === undefined || ctx[name] === null) ctx[name] = absent[name] && {}; }
    ctx.args = ctx.arguments;
    return freeze(ctx);
  };
})`

const context = createContext({}, { name: 'APPSYNC_JS', codeGeneration: { strings: false, wasm: false } })

/** Reads the JSON of a context, inside; the object itself is frozen, what is in it is not. */
export const readContext = runInContext(PREPARE, context)(
  (pattern: string, flags: string) => javaPattern(pattern, flags),
  [...VALUE_GLOBALS, ...Object.keys(OBJECT_GLOBALS)]
) as (text: string) => Record<string, unknown>

const PARAMETERS = [IMPORT_NAME, TURN_NAME, 'util', 'extensions', 'runtime', 'console'].join(', ')

/**
 * Runs the top level of a module once and gives its exports.
 * All code shares one context: it is this project's own, and `node:vm` is no boundary for anybody else's.
 */
export function load(body: string, fileName: string): Handlers {
  // A function of its own around the body lets the module declare, e.g. import, the names that it is given.
  const wrapped = `(function (${PARAMETERS}) {'use strict'; return (function () {${body}\n})(); })`
  const script = new Script(wrapped, { filename: fileName })
  return script.runInContext(context)(importModule, turn, util, extensions, runtime, console) as Handlers
}
