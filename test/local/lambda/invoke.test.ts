import { afterEach, describe, expect, it } from 'vitest'
import { OPERATOR } from '../sqs/given.ts'
import { functionArnOf, functionResource, givenLambda, type GivenLambda } from './given.ts'

const TRACE_ID = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/

let given: GivenLambda
afterEach(() => given.stop())

/** A function called `worker` whose `index.js` is `handler` after `exports.handler =`. */
function givenHandler(handler: string, properties: Record<string, unknown> = {}): GivenLambda {
  const code = { worker: { 'index.js': `exports.handler = ${handler}` } }
  given = givenLambda([functionResource('worker', properties)], code)
  return given
}

describe('a handler', () => {
  it('answers with what it returns, by name, ARN or $LATEST', async () => {
    givenHandler('async (event) => ({ twice: event.n * 2 })')
    for (const name of ['worker', functionArnOf('worker'), 'worker:$LATEST']) {
      expect(await given.invoke(name, { n: 21 })).toMatchObject({ payload: { twice: 42 } })
    }
  })

  it('answers null when it returns nothing', async () => {
    givenHandler('async () => undefined')
    expect((await given.invoke('worker')).payload).toBeNull()
  })

  it('fails at once when it waits for what can never happen, and its environment lives on', async () => {
    givenHandler('async (event) => { if (event.hang) await new Promise(() => {}); return process.pid }')
    const { payload: pid } = await given.invoke('worker')
    expect(await given.invoke('worker', { hang: true })).toMatchObject({
      functionError: 'Unhandled', payload: { errorType: 'Runtime.NodeJsExit' },
    })
    expect((await given.invoke('worker')).payload).toBe(pid)
  })

  it('is given a context that knows function, request and the time left', async () => {
    givenHandler(`async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })`)
    const { payload } = await given.invoke('worker')
    expect(payload).toMatchObject({
      functionName: 'worker',
      functionVersion: '$LATEST',
      invokedFunctionArn: functionArnOf('worker'),
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/worker',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    })
    const { left } = payload as { left: number }
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(20_000)
  })

  it('may be an ES module, or CommonJS inside of a project of ES modules', async () => {
    given = givenLambda([functionResource('module'), functionResource('common')], {
      module: { 'index.mjs': "import path from 'node:path'\nexport const handler = async () => path.sep.length" },
      common: { 'index.js': "exports.handler = async () => require('./other.js')", 'other.js': 'module.exports = 2' },
      '..': { 'package.json': '{"type":"module"}' },
    })
    expect((await given.invoke('module')).payload).toBe(1)
    expect((await given.invoke('common')).payload).toBe(2)
  })

  it('keeps its module state from one invocation to the next', async () => {
    given = givenLambda([functionResource('worker')], {
      worker: { 'index.js': 'let count = 0\nexports.handler = async () => ++count' },
    })
    expect((await given.invoke('worker')).payload).toBe(1)
    expect((await given.invoke('worker')).payload).toBe(2)
  })
})

describe('the environment', () => {
  it("is Lambda's, the template's, and nothing of the user's own", async () => {
    process.env['NODE_OPTIONS_OF_THE_USER'] = 'leak'
    givenHandler('async () => process.env', { Environment: { Variables: { TABLE_NAME: 'images' } } })
    const variables = (await given.invoke('worker')).payload as Record<string, string>
    delete process.env['NODE_OPTIONS_OF_THE_USER']
    expect(variables).toMatchObject({
      TABLE_NAME: 'images',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'ASIAROLE',
      AWS_SESSION_TOKEN: 'role-token',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4101',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/) as string,
      _X_AMZN_TRACE_ID: expect.stringMatching(TRACE_ID) as string,
    })
    expect(Object.keys(variables).sort()).toEqual([
      'AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL_S3', 'AWS_EXECUTION_ENV',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_FORMAT', 'AWS_LAMBDA_LOG_GROUP_NAME',
      'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN',
      'AWS_XRAY_CONTEXT_MISSING', 'LAMBDA_TASK_ROOT', 'LANG', 'PATH', 'TABLE_NAME', 'TMPDIR', 'TZ', '_HANDLER',
      '_X_AMZN_TRACE_ID',
    ])
  })

  it('is used again, and ended when it was idle for a while', async () => {
    givenHandler('async () => process.pid')
    const { payload: pid } = await given.invoke('worker')
    expect((await given.invoke('worker')).payload).toBe(pid)
    given.clock.advance(300_000)
    expect((await given.invoke('worker')).payload).not.toBe(pid)
  })

  it('works on one invocation at a time; others wait beyond the most environments', async () => {
    givenHandler("async () => { await new Promise((done) => setTimeout(done, 50)); return process.pid }")
    const results = await Promise.all(Array.from({ length: 5 }, () => given.invoke('worker')))
    expect(new Set(results.map(({ payload }) => payload)).size).toBe(2)
  })
})

describe('an error', () => {
  it('that is thrown comes back with its type, message and trace, and the environment lives on', async () => {
    givenHandler("async (event) => { if (event.fail) throw new RangeError('too small'); return process.pid }")
    const { payload: pid } = await given.invoke('worker')
    const failed = await given.invoke('worker', { fail: true })
    expect(failed).toMatchObject({
      functionError: 'Unhandled', payload: { errorType: 'RangeError', errorMessage: 'too small' },
    })
    expect((failed.payload as { trace: string[] }).trace[0]).toBe('RangeError: too small')
    expect(failed.logTail).toMatch(/\tERROR\tInvoke Error \t\{"errorType":"RangeError"/)
    expect((await given.invoke('worker')).payload).toBe(pid)
  })

  it.each([
    ['process.exit', "async () => process.exit(7)", 'Runtime.ExitError', /exited with error: exit status 7$/],
    ['exit without a code', "async () => process.exit()", 'Runtime.ExitError', /exited without providing a reason$/],
    ['a signal', "async () => process.kill(process.pid, 'SIGKILL')", 'Runtime.ExitError', /signal: killed$/],
    [
      'an uncaught exception',
      "() => new Promise(() => setTimeout(() => { throw new TypeError('late') }))",
      'TypeError',
      /^late$/,
    ],
    [
      'an unhandled rejection',
      "() => { Promise.reject(new Error('lost')); return new Promise((done) => setTimeout(done, 1e4)) }",
      'Runtime.UnhandledPromiseRejection',
      /lost$/,
    ],
  ])('that ends the process is answered, and the environment replaced: %s', async (_, handler, errorType, message) => {
    givenHandler(`(event) => event.pid ? process.pid : (${handler})()`)
    const { payload: pid } = await given.invoke('worker', { pid: true })
    expect(await given.invoke('worker')).toMatchObject({
      functionError: 'Unhandled', payload: { errorType, errorMessage: expect.stringMatching(message) as string },
    })
    expect((await given.invoke('worker', { pid: true })).payload).not.toBe(pid)
  })

  it.each([
    ['a missing file', {}, 'Runtime.ImportModuleError'],
    ['a missing module', { 'index.js': "require('nowhere')" }, 'Runtime.ImportModuleError'],
    ['a missing export', { 'index.js': 'exports.other = 1' }, 'Runtime.HandlerNotFound'],
    ['a syntax error', { 'index.js': 'exports.handler = (' }, 'Runtime.UserCodeSyntaxError'],
    ['an error at import', { 'index.js': "throw new TypeError('no')" }, 'TypeError'],
    ['an exit at import', { 'index.js': 'process.exit(3)' }, 'Runtime.ExitError'],
    ['a callback handler', { 'index.js': 'exports.handler = (event, context, callback) => {}' }, 'NotImplemented'],
  ])('before the handler is answered by its own name: %s', async (_, files, errorType) => {
    given = givenLambda([functionResource('worker')], { worker: { 'package.json': '{}', ...files } })
    expect(await given.invoke('worker')).toMatchObject({ functionError: 'Unhandled', payload: { errorType } })
    const warm = await given.invoke('worker')
    expect(warm).toMatchObject({ functionError: 'Unhandled', payload: { errorType } })
  })
})

describe('a timeout', () => {
  it.each([
    ['waits', 'new Promise((done) => setTimeout(done, 1e6))'],
    ['never yields', '(() => { for (;;); })()'],
  ])('kills and replaces the environment of a handler that %s', async (_, forever) => {
    const handler = `async (event) => { console.log('at work'); if (!event.pid) await ${forever}; return process.pid }`
    givenHandler(handler, { Timeout: 3 })
    const { payload: pid } = await given.invoke('worker', { pid: true })
    const invocation = given.invoke('worker')
    await given.logged('at work', 2)
    given.clock.advance(3_000)
    expect(await invocation).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/Task timed out after 3.00 seconds$/) as string,
      },
      logTail: expect.stringMatching(/at work[^]*Task timed out after 3.00 seconds\n/) as string,
    })
    expect((await given.invoke('worker', { pid: true })).payload).not.toBe(pid)
  })

  it('of the code before the handler starts it over, on the time of the invocation', async () => {
    given = givenLambda([functionResource('worker', { Timeout: 3 })], {
      worker: { 'index.js': "console.log('loading')\nfor (;;);" },
    })
    const invocation = given.invoke('worker')
    await given.logged('loading')
    given.clock.advance(10_000)
    await given.logged('loading', 2)
    given.clock.advance(3_000)
    expect(await invocation).toMatchObject({ payload: { errorType: 'Sandbox.Timedout' } })
  })
})

describe('a payload', () => {
  it('is refused above 6 MB on the way in, and fails the invocation on the way out', async () => {
    givenHandler("async (event) => 'x'.repeat(event.size ?? 0)")
    const size = JSON.stringify('').length
    await expect(given.invoke('worker', 'x'.repeat(6_291_456 - size))).resolves.toMatchObject({ payload: '' })
    await expect(given.invoke('worker', 'x'.repeat(6_291_457 - size))).rejects.toMatchObject({
      name: 'RequestTooLargeException', statusCode: 413,
    })
    expect((await given.invoke('worker', { size: 6_291_556 - size })).functionError).toBeUndefined()
    expect(await given.invoke('worker', { size: 6_291_557 - size })).toMatchObject({
      functionError: 'Unhandled', payload: { errorType: 'Function.ResponseSizeTooLarge' },
    })
  })
})

describe('the log', () => {
  it('holds what the code prints: stdout as it is, the console with time, id and level', async () => {
    givenHandler(`async (event, context) => {
      process.stdout.write('{"raw":true}\\n')
      console.warn('careful', { n: 1 })
      return context.awsRequestId
    }`)
    const { payload: id, logTail } = await given.invoke('worker')
    const [start, raw, warning, end, report] = given.logFile('worker').split('\n')
    expect(start).toBe(`START RequestId: ${String(id)} Version: $LATEST`)
    expect(raw).toBe('{"raw":true}')
    expect(warning).toMatch(new RegExp(`^\\S+Z\\t${String(id)}\\tWARN\\tcareful \\{ n: 1 \\}$`))
    expect(end).toBe(`END RequestId: ${String(id)}`)
    expect(report).toMatch(/Duration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB\tMax Memory Used: \d+ MB/)
    expect(report).toContain('Init Duration')
    expect(logTail).toBe(given.logFile('worker'))
    expect(given.lines).toContain('{"raw":true}')
    await given.invoke('worker')
    expect(given.logFile('worker').trimEnd().split('\n').at(-1)).not.toContain('Init Duration')
  })

  it('is JSON throughout when the template asks for it, from its level up', async () => {
    const handler = "async () => { console.info('quiet'); console.error('loud', new TypeError('x')) }"
    givenHandler(handler, { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' } })
    await given.invoke('worker')
    const records = given.logFile('worker').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)
    expect(records).toMatchObject([
      { type: 'platform.start' }, { level: 'ERROR', errorType: 'TypeError' }, { type: 'platform.report' },
    ])
  })
})

describe('invoking', () => {
  it('asks IAM for lambda:InvokeFunction on the function', async () => {
    givenHandler('async () => 1')
    await given.invoke('worker')
    expect(given.asked.at(-1)).toMatchObject({
      caller: OPERATOR, action: 'lambda:InvokeFunction', resource: functionArnOf('worker'),
    })
    given.denied.add('lambda:InvokeFunction')
    await expect(given.invoke('worker')).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  it('refuses an unknown function, and more than the reserved concurrency', async () => {
    givenHandler('async () => 1', { ReservedConcurrentExecutions: 1 })
    await expect(given.invoke('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException', statusCode: 404 })
    const first = given.invoke('worker')
    await expect(given.invoke('worker')).rejects.toMatchObject({ name: 'TooManyRequestsException', statusCode: 429 })
    await first
  })

  it('answers NotImplemented by name for a function in another language', async () => {
    givenHandler('async () => 1', { Runtime: 'python3.13', Code: { ZipFile: 'pass' } })
    await expect(given.invoke('worker')).rejects.toMatchObject({
      name: 'NotImplemented', message: expect.stringContaining('python3.13') as string,
    })
  })
})
