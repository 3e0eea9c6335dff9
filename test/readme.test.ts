import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { buildSchema, parse, validate, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const SCHEMA = buildSchema(`
  scalar AWSDateTime
  scalar AWSURL
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  directive @aws_api_key on OBJECT | FIELD_DEFINITION
  directive @aws_cognito_user_pools on OBJECT | FIELD_DEFINITION
  ${readFileSync(join(ROOT, 'schema.graphql'), 'utf8')}`)

const blocks = (language: string) =>
  [...README.matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map((match) => match[1]!)

/** The names that a selection asks for must be the names that the answer has, all the way down. */
function expectShape(answer: unknown, selection: SelectionSetNode | undefined): void {
  if (!selection) return
  for (const element of Array.isArray(answer) ? answer : [answer]) {
    const asked = selection.selections.map((field) => (field.kind === 'Field' ? field.name.value : field.kind))
    expect(Object.keys(element as object).sort()).toEqual([...asked].sort())
    for (const field of selection.selections) {
      if (field.kind === 'Field') expectShape((element as Record<string, unknown>)[field.name.value], field.selectionSet)
    }
  }
}

describe('README.md', () => {
  const operations = blocks('graphql')
  const answers = blocks('json')

  it('begins with one mutation and one query', () => {
    const kinds = operations.map((text) => (parse(text).definitions[0] as OperationDefinitionNode).operation)
    expect(kinds.slice(0, 2)).toEqual(['mutation', 'query'])
    expect(answers.length).toBeGreaterThanOrEqual(2)
  })

  it.each(operations)('shows an operation that the schema takes: %s', (text) => {
    expect(validate(SCHEMA, parse(text))).toEqual([])
  })

  it.each([0, 1])('shows an answer in the shape of operation %i', (index) => {
    const operation = parse(operations[index]!).definitions[0] as OperationDefinitionNode
    const { data } = JSON.parse(answers[index]!) as { data: unknown }
    expectShape(data, operation.selectionSet)
  })

  it.each([
    'README.md', 'docs/lifecycle.md', 'docs/client.md', 'docs/decisions/README.md', 'infra/README.md', 'local/README.md',
  ])(
    '%s links to nothing that is not there',
    (file) => {
      const text = readFileSync(join(ROOT, file), 'utf8')
      const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1]!)
      const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(file), target)))
      expect(missing).toEqual([])
    },
  )

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }
    const named = [...README.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1]!)
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })
})
