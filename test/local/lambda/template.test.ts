import { afterEach, describe, expect, it } from 'vitest'
import { queueResource } from '../sqs/given.ts'
import { functionArnOf, functionResource, givenLambda, mappingResource, type GivenLambda } from './given.ts'

let given: GivenLambda | undefined
afterEach(async () => {
  await given?.stop()
  given = undefined
})

const worker = { worker: { 'index.js': 'exports.handler = async () => require("grown").leaves' } }

describe('a function of the template', () => {
  it.each([
    ['a property that is not emulated', { VpcConfig: {} }, 'AWS::Lambda::Function VpcConfig'],
    ['a reserved environment variable', { Environment: { Variables: { AWS_REGION: 'x' } } }, '"AWS_REGION"'],
    ['variables above 4 KB', { Environment: { Variables: { A: 'x'.repeat(4_096) } } }, 'at most 4096 bytes'],
    ['a timeout above 15 minutes', { Timeout: 901 }, 'Timeout of function worker must be an integer from 1 to 900'],
    ['too little memory', { MemorySize: 127 }, 'MemorySize'],
  ])('is refused for %s', (_, properties, message) => {
    given = givenLambda([], {})
    const resources = [functionResource('worker', properties)]
    expect(() => given?.lambda.deploy(resources)).toThrow(message)
  })

  it('finds modules of a layer that was unpacked, and of the folders above its code', async () => {
    const arn = 'arn:aws:lambda:eu-central-1:000000000000:layer:tree:1'
    const layers = new Map<string, string>()
    const module = 'exports.leaves = 3'
    given = givenLambda([functionResource('worker', { Layers: [arn] }), functionResource('above')], {
      ...worker,
      above: { 'index.js': 'exports.handler = async () => require("shrub").leaves' },
      '../node_modules/shrub': { 'index.js': module },
      '../layer/nodejs/node_modules/grown': { 'index.js': module },
    }, { layers })
    layers.set(arn, `${given.folder}/layer`)
    expect((await given.invoke('worker')).payload).toBe(3)
    expect((await given.invoke('above')).payload).toBe(3)
  })

  it('may be invoked by those whom its permissions name', async () => {
    const sourceArn = 'arn:aws:s3:::uploads'
    given = givenLambda([functionResource('worker')], worker)
    given.lambda.deploy([functionResource('worker'), {
      logicalId: 'AllowBucket',
      type: 'AWS::Lambda::Permission',
      physicalId: 'permission',
      attributes: {},
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArnOf('worker'),
        Principal: 's3.amazonaws.com',
        SourceArn: sourceArn,
      },
    }])
    given.lambda.authorize('worker', { kind: 'service', service: 's3.amazonaws.com', sourceArn })
    expect(given.asked.at(-1)).toMatchObject({
      action: 'lambda:InvokeFunction',
      context: { 'aws:sourcearn': sourceArn },
      resourcePolicy: {
        Statement: [{
          Principal: { Service: 's3.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': sourceArn } },
        }],
      },
    })
  })
})

describe('an event source mapping of the template', () => {
  it.each([
    ['filter criteria', { FilterCriteria: {} }, 'AWS::Lambda::EventSourceMapping FilterCriteria'],
    ['another source', { EventSourceArn: 'arn:aws:kinesis:eu-central-1:0:stream/s' }, 'An event source other than SQS'],
    ['a large batch without a window', { BatchSize: 11 }, 'BatchSize of event source mapping workerMapping must be'],
    ['a concurrency of one', { ScalingConfig: { MaximumConcurrency: 1 } }, 'ScalingConfig.MaximumConcurrency'],
    ['an unknown function', { FunctionName: 'other' }, 'Function not found: other'],
  ])('is refused for %s', (_, properties, message) => {
    given = givenLambda([queueResource('jobs')], worker)
    const resources = [functionResource('worker'), mappingResource('worker', 'jobs', properties)]
    expect(() => given?.lambda.deploy(resources)).toThrow(message)
  })

  it('does nothing while it is disabled', () => {
    given = givenLambda([queueResource('jobs')], worker)
    given.lambda.deploy([functionResource('worker'), mappingResource('worker', 'jobs', { Enabled: false })])
    given.lambda.start()
    expect(given.asked).toEqual([])
  })
})

it('refuses Lambda resources that are not emulated by name', () => {
  given = givenLambda([], {})
  const alias = { logicalId: 'Live', type: 'AWS::Lambda::Alias', physicalId: 'live', attributes: {}, properties: {} }
  expect(() => given?.lambda.deploy([alias])).toThrow('AWS::Lambda::Alias (Live) is not emulated')
})
