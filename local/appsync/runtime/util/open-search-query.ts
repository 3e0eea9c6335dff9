import { NotImplemented } from '../../../aws/errors.ts'
import { isPlainObject } from '../to-json.ts'

/** One clause of OpenSearch's Query DSL, e.g. `{term: {title: 'a'}}`. */
type Clause = Record<string, unknown>
type Operator = (field: string, value: unknown) => Clause

const not = (clause: Clause): Clause => ({ bool: { must_not: clause } })
const named = (name: string): Operator => (field, value) => ({ [name]: { [field]: value } })
const range = (bound: string): Operator => (field, value) => ({ range: { [field]: { [bound]: value } } })
const term = named('term')

/** Source: the type OpenSearchQueryOperation; eq, ne, range and wildcard as the developer guide's example has them. */
const OPERATORS: Record<string, Operator> = {
  eq: term,
  ne: (field, value) => not(term(field, value)),
  gt: range('gt'),
  gte: range('gte'),
  lt: range('lt'),
  lte: range('lte'),
  range: (field, value) => {
    const [gte, lte] = Array.isArray(value) ? (value as unknown[]) : []
    return { range: { [field]: { gte, lte } } }
  },
  match: named('match'),
  matchPhrase: named('match_phrase'),
  matchPhrasePrefix: named('match_phrase_prefix'),
  multiMatch: named('multi_match'),
  wildcard: named('wildcard'),
  regexp: named('regexp'),
  exists: (field, value) => (value === true ? { exists: { field } } : not({ exists: { field } })),
}

/** One clause stands for itself; several have to hold together. */
function all(clauses: Clause[]): Clause {
  const [only] = clauses
  return clauses.length === 1 && only ? only : { bool: { must: clauses } }
}

function clausesOf(query: unknown): Clause[] {
  if (!isPlainObject(query)) return []
  return Object.entries(query).map(([name, member]) => {
    if (name === 'and' && Array.isArray(member)) return all(member.map((part) => all(clausesOf(part))))
    if (name === 'or' && Array.isArray(member)) {
      return { bool: { should: member.map((part) => all(clausesOf(part))), minimum_should_match: 1 } }
    }
    if (name === 'not') return not(all(clausesOf(member)))
    return all(fieldClauses(name, member))
  })
}

function fieldClauses(field: string, operators: unknown): Clause[] {
  if (!isPlainObject(operators)) return []
  return Object.entries(operators).map(([name, value]) => {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
    if (!operator) throw new NotImplemented(`the OpenSearch operator ${name}`)
    return operator(field, value)
  })
}

/** `util.transform.toElasticsearchQueryDSL`: the query as a JSON string; fields and operators hold together. */
export function toElasticsearchQueryDSL(query: unknown): string {
  return JSON.stringify(all(clausesOf(query)))
}
