import { describe, expect, it } from 'vitest'
import { lambdaCredentials, readEnvironment, s3EndpointOverride } from '../../functions/lib/environment.ts'

describe('environment', () => {
  it('answers the named variables', () => {
    expect(readEnvironment(['A', 'B'], { A: '1', B: '2', C: '3' })).toEqual({ A: '1', B: '2' })
  })

  it('names every missing variable in one error, an empty one too', () => {
    expect(() => readEnvironment(['A', 'B', 'C'], { A: '1', B: '' })).toThrow('missing: B, C.')
  })

  it('prefers the S3 endpoint to the one of all services, and knows none by default', () => {
    const both = { AWS_ENDPOINT_URL_S3: 'http://s3', AWS_ENDPOINT_URL: 'http://all' }
    expect(s3EndpointOverride(both)).toBe('http://s3')
    expect(s3EndpointOverride({ AWS_ENDPOINT_URL: 'http://all' })).toBe('http://all')
    expect(s3EndpointOverride({})).toBeUndefined()
  })

  it("reads the role's credentials as Lambda names them", () => {
    const variables = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' }
    expect(lambdaCredentials(variables)).toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    })
    expect(() => lambdaCredentials({})).toThrow('AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN')
  })
})
