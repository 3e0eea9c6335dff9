import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseAmplifyConfig } from 'aws-amplify/utils'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { amplifyOutputs, pickClientOutputs } from '../../infra/amplify-outputs.ts'
import { readSkipped, requireAwsAccess, runCdk } from '../../infra/cdk-cli.ts'
import { ROOT } from '../../infra/synth.ts'
import { givenFolder } from './given.ts'

const OUTPUTS = {
  Region: 'eu-west-1',
  GraphqlUrl: 'https://abc.appsync-api.eu-west-1.amazonaws.com/graphql',
  GuestApiKey: 'da2-abcdefghijklmnopqrstuvwxyz',
  UserPoolId: 'eu-west-1_AbCdEf123',
  UserPoolClientId: '1example23456789',
  MediaBaseUrl: 'https://d111111abcdef8.cloudfront.net',
}

describe('amplify_outputs.json', () => {
  it('is what Amplify configures itself from', () => {
    const config = parseAmplifyConfig(amplifyOutputs(pickClientOutputs({ ...OUTPUTS, TableName: 'more' })))
    expect(config.Auth?.Cognito).toMatchObject({
      userPoolId: 'eu-west-1_AbCdEf123',
      userPoolClientId: '1example23456789',
      loginWith: { email: true },
      passwordFormat: { minLength: 12, requireSpecialCharacters: true },
    })
    expect(config.API?.GraphQL).toMatchObject({
      endpoint: OUTPUTS.GraphqlUrl, region: 'eu-west-1', defaultAuthMode: 'userPool', apiKey: OUTPUTS.GuestApiKey,
    })
  })

  it('is not written from half a stack', () => {
    expect(() => pickClientOutputs({ Region: 'eu-west-1', GraphqlUrl: '', UserPoolId: 'x' }))
      .toThrow('The stack has no output GuestApiKey, UserPoolClientId, MediaBaseUrl.')
  })
})

describe('a deploy', () => {
  const home = givenFolder()
  afterEach(() => { vi.unstubAllEnvs() })
  const stubEnv = (variables: Record<string, string>) => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined)
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', `${home.path}/credentials`)
    vi.stubEnv('AWS_CONFIG_FILE', `${home.path}/config`)
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  }

  it('says in one line that nobody is signed in', async () => {
    stubEnv({ AWS_REGION: 'eu-west-1' })
    await expect(requireAwsAccess()).rejects.toThrow(/^No AWS credentials: [^\n]+$/)
  })

  it('says in one line that no region is chosen', async () => {
    stubEnv({})
    await expect(requireAwsAccess()).rejects.toThrow(/^No AWS region: [^\n]+$/)
  })

  it('goes on with both', async () => {
    stubEnv({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' })
    await expect(requireAwsAccess()).resolves.toEqual({ region: 'eu-west-1' })
  })
})

describe('the pinned CDK', () => {
  it('reads the assembly as it was synthesized', async () => {
    const lines: string[] = []
    expect(await runCdk(['list', '--app', inject('assemblyDir')], (line) => lines.push(line))).toBe(0)
    expect(lines).toContain('Darkroom')
  })
})

describe('a command', () => {
  const run = (...args: string[]) => promisify(execFile)(process.execPath, ['--import', 'tsx', ...args], { cwd: ROOT })

  it.each([
    ['infra/app.ts', ['-c', 'retian=false'], /^-c must be NAME=VALUE with one of [^\n]+, got "retian=false"\.\n$/],
    ['infra/deploy.ts', ['--force'], /^Unknown option '--force'[^\n]*\n$/],
  ])('%s with %o is refused in one line', async (file, args, line) => {
    await expect(run(file, ...args)).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(line) })
  })
})

describe('a destroy', () => {
  it('tells what CloudFormation leaves alone', () => {
    const line = 'Darkroom |  4 | 10:12:13 AM | DELETE_SKIPPED       | AWS::S3::Bucket | OriginalsBucket0D7D99C8 '
    expect(readSkipped(line)).toEqual({ type: 'AWS::S3::Bucket', logicalId: 'OriginalsBucket0D7D99C8' })
    expect(readSkipped(line.replace('SKIPPED', 'COMPLETE'))).toBeUndefined()
  })
})
