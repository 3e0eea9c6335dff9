import { afterAll, beforeAll, expect, it } from 'vitest'
import { BUCKET, bucket, codeOf, rawRequest, type Running, startS3 } from './given.ts'

const RULES = [
  {
    AllowedMethods: ['PUT'],
    AllowedOrigins: ['https://*.darkroom.example'],
    AllowedHeaders: ['content-type', 'x-amz-*'],
    ExposedHeaders: ['ETag', 'x-amz-version-id'],
    MaxAge: 3600,
  },
  { AllowedMethods: ['GET'], AllowedOrigins: ['*'] },
]
const ORIGIN = 'https://app.darkroom.example'

let running: Running
beforeAll(async () => {
  running = await startS3({ resources: [bucket({ CorsConfiguration: { CorsRules: RULES } }), bucket({}, 'closed')] })
})
afterAll(() => running.stop())

const preflight = (headers: Record<string, string>, name = BUCKET) =>
  rawRequest(`${running.endpoint}/${name}/key`, { method: 'OPTIONS', headers })

it('answers a preflight that a rule matches, unsigned', async () => {
  const answer = await preflight({
    origin: ORIGIN,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'Content-Type, x-amz-checksum-sha256',
  })
  expect(answer.status).toBe(200)
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-methods': 'PUT',
    'access-control-allow-headers': 'content-type, x-amz-checksum-sha256',
    'access-control-max-age': '3600',
    'access-control-expose-headers': 'ETag, x-amz-version-id',
    vary: expect.stringContaining('Origin'),
  })
})

it.each([
  ['another origin', { origin: 'https://darkroom.example.evil', 'access-control-request-method': 'PUT' }],
  ['another method', { origin: ORIGIN, 'access-control-request-method': 'DELETE' }],
  [
    'another header',
    { origin: ORIGIN, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' },
  ],
])('refuses a preflight from %s', async (_name, headers) => {
  const answer = await preflight(headers)
  expect([answer.status, codeOf(answer.text), answer.headers['access-control-allow-origin']]).toEqual([
    403,
    'AccessForbidden',
    undefined,
  ])
})

it('refuses a preflight that says too little, and one of a bucket without rules', async () => {
  expect((await preflight({ 'access-control-request-method': 'PUT' })).status).toBe(400)
  expect((await preflight({ origin: ORIGIN })).status).toBe(400)
  expect((await preflight({ origin: ORIGIN, 'access-control-request-method': 'PUT' }, 'closed')).status).toBe(403)
})

it('lets a page read the answer, also a refusal', async () => {
  const refused = await rawRequest(`${running.endpoint}/${BUCKET}/key`, {
    method: 'PUT',
    headers: { origin: ORIGIN, 'content-length': 0 },
  })
  expect(refused).toMatchObject({
    status: 403,
    headers: { 'access-control-allow-origin': ORIGIN, 'access-control-expose-headers': 'ETag, x-amz-version-id' },
  })
  const open = await rawRequest(`${running.endpoint}/${BUCKET}/key`, {
    headers: { origin: 'https://anywhere.example' },
  })
  expect(open.headers['access-control-allow-origin']).toBe('*')
})
