import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotImplemented } from '../../../local/aws/errors.ts'
import { answers, code, type GivenAppSync, resourcesOf, startAppSync } from './given.ts'

const SDL = 'type Query { text: String pipe: String }'

describe('a template', () => {
  let one: GivenAppSync
  beforeAll(async () => {
    one = await startAppSync({ sdl: SDL })
  })
  afterAll(() => one.stop())
  const deploy = (type: string, properties: Record<string, unknown>) => () =>
    one.appsync.deploy(
      [
        {
          logicalId: 'Api',
          type: 'AWS::AppSync::GraphQLApi',
          physicalId: 'x',
          attributes: { ApiId: 'x' },
          properties: { AuthenticationType: 'API_KEY' },
        },
        {
          logicalId: 'Schema',
          type: 'AWS::AppSync::GraphQLSchema',
          physicalId: 'y',
          attributes: {},
          properties: { Definition: SDL },
        },
        { logicalId: 'Extra', type: `AWS::AppSync::${type}`, physicalId: 'z', attributes: {}, properties },
      ],
      {
        region: 'eu-central-1',
        accountId: '123456789012',
        stackName: 's',
        resources: [],
        outputs: {},
        assetPath: (key) => key,
      },
    )

  it.each([
    ['DataSource', { Name: 'o', Type: 'AMAZON_OPENSEARCH_SERVICE' }, 'data source of type AMAZON_OPENSEARCH_SERVICE'],
    ['ApiCache', {}, 'ApiCache'],
    ['Resolver', { TypeName: 'Query', FieldName: 'text', RequestMappingTemplate: '{}' }, 'VTL'],
    [
      'DataSource',
      { Name: 'd', Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: 't', Versioned: true } },
      'Versioned',
    ],
  ])('with what is not emulated is refused by name: %s %j', (type, properties, name) => {
    expect(deploy(type, properties)).toThrow(NotImplemented)
    expect(deploy(type, properties)).toThrow(name)
  })

  it('with a pipeline of more than ten functions is refused', () => {
    const assembly = { region: 'r', accountId: 'a', stackName: 's', resources: [], outputs: {}, assetPath: String }
    const deployPipeline = (length: number) => () => {
      const functions = Array.from({ length }, () => ({ code: answers('1') }))
      const resolvers = { 'Query.pipe': { code: answers('1'), functions } }
      one.appsync.deploy(resourcesOf({ sdl: SDL, resolvers }), assembly)
    }
    expect(deployPipeline(10)).not.toThrow()
    expect(deployPipeline(11)).toThrow('expected at most 10 functions, received 11')
  })

  it('with code that AppSync refuses is refused as well', () => {
    const Runtime = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' }
    expect(() =>
      one.appsync.deploy(
        [
          {
            logicalId: 'Api',
            type: 'AWS::AppSync::GraphQLApi',
            physicalId: 'x',
            attributes: { ApiId: 'x' },
            properties: { AuthenticationType: 'API_KEY' },
          },
          {
            logicalId: 'Schema',
            type: 'AWS::AppSync::GraphQLSchema',
            physicalId: 'y',
            attributes: {},
            properties: { Definition: SDL },
          },
          {
            logicalId: 'None',
            type: 'AWS::AppSync::DataSource',
            physicalId: 'n',
            attributes: {},
            properties: { Name: 'none', Type: 'NONE' },
          },
          {
            logicalId: 'R',
            type: 'AWS::AppSync::Resolver',
            physicalId: 'z',
            attributes: {},
            properties: {
              TypeName: 'Query',
              FieldName: 'text',
              DataSourceName: 'none',
              Runtime,
              Code: code('throw 1', 'return 1'),
            },
          },
        ],
        {
          region: 'eu-central-1',
          accountId: '123456789012',
          stackName: 's',
          resources: [],
          outputs: {},
          assetPath: (key) => key,
        },
      ),
    ).toThrow(/code contains one or more errors/)
  })
})
