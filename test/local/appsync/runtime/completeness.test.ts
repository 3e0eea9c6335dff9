import { createRequire } from 'node:module'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { modules } from '../../../../local/appsync/runtime/modules.ts'
import {
  EXTENSIONS_MEMBERS,
  MODULES,
  RUNTIME_MEMBERS,
  UTIL_MEMBERS,
  type Members,
} from '../../../../tools/appsync-js-check/allowed-names.ts'

const typingsOf = (specifier: string) =>
  createRequire(import.meta.url)
    .resolve(specifier)
    .replace(/\.js$/, '.d.ts')

/** Every callable name below a type, as `a.b.c`. */
function namesIn(type: ts.Type, checker: ts.TypeChecker, path: string): string[] {
  if (type.getCallSignatures().length > 0) return [path]
  return type
    .getProperties()
    .flatMap((property) => namesIn(checker.getTypeOfSymbol(property), checker, `${path}.${property.name}`))
}

/** Every callable name that a module's typings export. */
function typedNames(specifier: string): string[] {
  const file = typingsOf(specifier)
  const program = ts.createProgram([file], { noLib: true, types: [] })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const symbol = source && checker.getSymbolAtLocation(source)
  if (!symbol) throw new Error(`no module in ${file}`)
  return checker
    .getExportsOfModule(symbol)
    .flatMap((exported) => {
      const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      if (!(target.flags & ts.SymbolFlags.Value)) return []
      return namesIn(checker.getTypeOfSymbol(target), checker, exported.name)
    })
    .sort()
}

const listed = (members: Members, path = ''): string[] =>
  Object.entries(members).flatMap(([name, below]) =>
    below === true ? [path + name] : listed(below, `${path}${name}.`)
  )

const implemented = (value: object, path = ''): string[] =>
  Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'function' ? [path + name] : implemented(member as object, `${path}${name}.`)
  )

describe("AWS's own typings", () => {
  it.each(Object.keys(MODULES))(
    'name what the check lists and the runtime has of %s: no more, no less',
    (specifier) => {
      const names = typedNames(specifier === '@aws-appsync/utils' ? '@aws-appsync/utils/lib/index.js' : specifier)
      expect(names.length).toBeGreaterThan(1)
      expect(listed(MODULES[specifier] as Members).sort()).toEqual(names)
      expect(implemented(modules[specifier] ?? {}).sort()).toEqual(names)
    }
  )

  it('name what the globals util, extensions and runtime have', () => {
    const globals = { util: UTIL_MEMBERS, extensions: EXTENSIONS_MEMBERS, runtime: RUNTIME_MEMBERS }
    expect(listed(globals).sort()).toEqual(typedNames('@aws-appsync/utils/lib/index.js'))
  })
})
