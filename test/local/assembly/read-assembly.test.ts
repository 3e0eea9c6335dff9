import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readAssembly } from '../../../local/assembly/read-assembly.ts'
import type { Assembly } from '../../../local/aws/resource.ts'
import { ENDPOINTS, givenAssembly, PLACE, type GivenAssembly } from './given-assembly.ts'

const given: GivenAssembly[] = []
afterEach(() => given.splice(0).forEach((assembly) => assembly.remove()))

function read(template: Record<string, unknown>, environment?: string): Assembly {
  const assembly = givenAssembly(template, environment)
  given.push(assembly)
  return readAssembly(assembly.directory, PLACE)
}

/** What a template value becomes as a property; the resource `Other` stands beside it. */
function resolved(value: unknown, template: Record<string, unknown> = {}): unknown {
  const queue = { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Value: value }] } }
  const Other = { Type: 'AWS::SQS::Queue' }
  const { resources } = read({ ...template, Resources: { Other, Probe: queue } })
  const probe = resources.find((resource) => resource.logicalId === 'Probe')
  return (probe?.properties.Tags as { Value: unknown }[])[0]?.Value
}

describe('intrinsic functions', () => {
  it.each([
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['Ref of the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }, 3]] }, 'a-123456789012-3'],
    ['Fn::Select', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['Fn::Split', { 'Fn::Split': ['/', 'a/b'] }, ['a', 'b']],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [0, { 'Fn::Split': ['/', 'a/b'] }] }, 'a'],
    ['Fn::Sub', { 'Fn::Sub': 'x-${AWS::Region}-${!kept}' }, 'x-eu-west-1-${kept}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${A}/${B}', { A: 1, B: { Ref: 'AWS::Region' } }] }, '1/eu-west-1'],
    ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['AWS::NoValue in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['AWS::NoValue in an object', { A: { Ref: 'AWS::NoValue' }, B: 1 }, { B: 1 }],
  ])('resolves %s', (_, value, expected) => {
    expect(resolved(value)).toEqual(expected)
  })

  it('resolves Fn::If by its condition', () => {
    const Conditions = {
      Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
      There: { 'Fn::Not': [{ Condition: 'Here' }] },
      Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'There' }] },
      Either: { 'Fn::Or': [{ Condition: 'Here' }, { Condition: 'There' }] },
    }
    const branch = (name: string) => resolved({ 'Fn::If': [name, 'yes', 'no'] }, { Conditions })
    expect(['Here', 'There', 'Both', 'Either'].map(branch)).toEqual(['yes', 'no', 'no', 'yes'])
  })

  it('resolves Fn::FindInMap', () => {
    const Mappings = { Sizes: { 'eu-west-1': { small: 's' } } }
    expect(resolved({ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, { Mappings })).toBe('s')
  })

  it('gives a parameter its default, and the bootstrap version what the assembly asks for', () => {
    const Parameters = {
      Size: { Type: 'Number', Default: 3 },
      Names: { Type: 'CommaDelimitedList', Default: 'a,b' },
      BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
    }
    expect(resolved({ Ref: 'Size' }, { Parameters })).toBe(3)
    expect(resolved({ Ref: 'Names' }, { Parameters })).toEqual(['a', 'b'])
    expect(resolved({ Ref: 'BootstrapVersion' }, { Parameters })).toBe('6')
  })

  it.each([
    [{ 'Fn::ImportValue': 'other-stack' }, /Fn::ImportValue/],
    [{ 'Fn::Transform': {} }, /Fn::Transform/],
    [{ 'Fn::GetAtt': ['Other', 'Colour'] }, /Other\.Colour/],
    [{ Ref: 'Nowhere' }, /Nowhere/],
    [{ 'Fn::Select': ['5', ['a']] }, /Fn::Select/],
  ])('refuses %j by name', (value, message) => {
    expect(() => resolved(value)).toThrow(message)
  })

  it('refuses an SSM parameter that it cannot know', () => {
    const Parameters = { Ami: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/aws/service/ami' } }
    expect(() => resolved({ Ref: 'Ami' }, { Parameters })).toThrow(/\/aws\/service\/ami/)
  })
})

describe('physical ids', () => {
  const Resources = {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Queue: { Type: 'AWS::SQS::Queue' },
    Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/app/' } },
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } },
    Api: { Type: 'AWS::AppSync::GraphQLApi' },
    Source: {
      Type: 'AWS::AppSync::DataSource',
      Properties: { ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] }, Name: 'images' },
    },
    Cdn: { Type: 'AWS::CloudFront::Distribution' },
    Named: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: { 'Fn::Sub': '${AWS::StackName}-images' } } },
  }
  const byId = ({ resources }: Assembly) =>
    Object.fromEntries(resources.map((resource) => [resource.logicalId, resource]))

  it('look like those of AWS', () => {
    const { Bucket, Queue, Role, Pool, Client, Api, Source, Cdn, Named } = byId(read({ Resources }))
    expect(Bucket?.physicalId).toMatch(/^test-bucket-[a-z0-9]{12}$/)
    expect(Bucket?.attributes.Arn).toBe(`arn:aws:s3:::${Bucket?.physicalId}`)
    expect(Queue?.physicalId).toMatch(/^http:\/\/127\.0\.0\.1:4103\/123456789012\/Test-Queue-\w{12}$/)
    expect(Queue?.attributes.Arn).toBe(`arn:aws:sqs:eu-west-1:123456789012:${Queue?.attributes.QueueName}`)
    expect(Role?.attributes.Arn).toBe(`arn:aws:iam::123456789012:role/app/${Role?.physicalId}`)
    expect(Pool?.physicalId).toMatch(/^eu-west-1_[A-Z0-9]{9}$/)
    expect(Client?.physicalId).toMatch(/^[a-z0-9]{26}$/)
    expect(Api?.attributes.ApiId).toMatch(/^[a-z0-9]{26}$/)
    expect(Api?.attributes.GraphQLUrl).toBe(`${ENDPOINTS.appsync}/graphql`)
    expect(Source?.physicalId).toBe(`${Api?.physicalId}/datasources/images`)
    expect(Cdn?.attributes.DomainName).toMatch(/^d[a-z0-9]{13}\.cloudfront\.net$/)
    expect(Named?.physicalId).toBe('Test-images')
  })

  it('are the same at every synth', () => {
    expect(read({ Resources }).resources).toEqual(read({ Resources }).resources)
  })

  it('follow the environment that the stack was synthesized for', () => {
    const { region, accountId } = read({ Resources }, 'aws://111122223333/us-west-2')
    expect({ region, accountId }).toEqual({ region: 'us-west-2', accountId: '111122223333' })
  })
})

describe('a stack', () => {
  it("gets the local distribution's address wherever the template composes its public one", () => {
    const { resources, outputs } = read({
      Resources: {
        Cdn: { Type: 'AWS::CloudFront::Distribution' },
        Api: {
          Type: 'AWS::AppSync::GraphQLApi',
          Properties: {
            EnvironmentVariables: { BASE: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Cdn', 'DomainName'] }]] } },
          },
        },
      },
      Outputs: { Base: { Value: { 'Fn::Sub': 'https://${Cdn.DomainName}/processed/' } } },
    })
    expect(outputs.Base).toBe(`${ENDPOINTS.cloudfront}/processed/`)
    expect(resources.find(({ logicalId }) => logicalId === 'Api')?.properties.EnvironmentVariables).toEqual({
      BASE: ENDPOINTS.cloudfront,
    })
  })

  it('is put in the order in which CloudFormation would create it', () => {
    const { resources } = read({
      Resources: {
        First: { Type: 'AWS::SQS::Queue', Properties: { A: { 'Fn::Sub': '${Second.Arn}' } } },
        Second: { Type: 'AWS::SQS::Queue', DependsOn: ['Third'] },
        Third: { Type: 'AWS::SQS::Queue' },
      },
    })
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Third', 'Second', 'First'])
  })

  it('is refused when its resources depend on each other in a circle', () => {
    const Resources = {
      A: { Type: 'AWS::SQS::Queue', DependsOn: 'B' },
      B: { Type: 'AWS::SQS::Queue', DependsOn: 'A' },
    }
    expect(() => read({ Resources })).toThrow('A -> B -> A')
  })

  it('leaves out what has no local effect, what a condition excludes, and providers of custom resources', () => {
    const { resources } = read({
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        Logs: { Type: 'AWS::Logs::LogGroup' },
        Meta: { Type: 'AWS::CDK::Metadata' },
        Excluded: { Type: 'AWS::Whatever::Thing', Condition: 'Never' },
        Provider: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.13' } },
        Own: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'Logs' } } } },
        Notify: {
          Type: 'Custom::S3BucketNotifications',
          Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, BucketName: 'b' },
        },
      },
    })
    expect(resources.map(({ logicalId }) => logicalId).sort()).toEqual(['Notify', 'Own'])
  })

  it('is refused with every unknown resource type named at once', () => {
    const Resources = { A: { Type: 'AWS::Neptune::DBCluster' }, B: { Type: 'AWS::EC2::VPC' } }
    expect(() => read({ Resources })).toThrow(/AWS::EC2::VPC, AWS::Neptune::DBCluster/)
  })
})

describe('an assembly', () => {
  it('knows its assets by the object key that the template names', () => {
    const assembly = givenAssembly({})
    given.push(assembly)
    const { assetPath } = readAssembly(assembly.directory, PLACE)
    expect(assetPath('abc.zip')).toBe(path.join(assembly.directory, 'asset.abc'))
    expect(() => assetPath('other.zip')).toThrow('other.zip')
  })

  it('says which file is missing or broken', () => {
    const assembly = givenAssembly({})
    given.push(assembly)
    writeFileSync(path.join(assembly.directory, 'Test.template.json'), '{')
    expect(() => readAssembly(assembly.directory, PLACE)).toThrow(/Test\.template\.json is not JSON/)
    rmSync(path.join(assembly.directory, 'manifest.json'))
    expect(() => readAssembly(assembly.directory, PLACE)).toThrow(/manifest\.json does not exist; was `cdk synth` run/)
  })
})
