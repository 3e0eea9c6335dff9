import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readAssembly } from '../../local/assembly/read-assembly.ts'
import type { Assembly } from '../../local/aws/resource.ts'
import { grantsOf, readTemplate, type Grant } from './grants.ts'
import { isDenied, policiesOf } from './needed-by.ts'
import { assemblyWith, prepare, temporaryFolder, withCloud, type Prepared } from './prepared-cloud.ts'
import { PROBES, type Probe, type ProbeName } from './probes.ts'
import { createRecordingAuthorizer, type Asked } from './recording-authorizer.ts'
import { nameCaller } from './template-names.ts'

/** Grants that nothing here can prove, because AWS alone makes use of them. */
const ONLY_ON_AWS: [grant: RegExp, reason: string][] = [
  [/: logs:/, 'CloudWatch Logs: the local run keeps logs as files'],
  [/: xray:/, 'X-Ray: local traces are not sampled, so none is sent'],
  [/^BucketNotificationsHandlerRole: /, 'the function by which the CDK sets notifications runs while AWS deploys'],
]

/** A busy machine starts processes slowly. */
const TIMEOUT_MS = 60_000

const assemblyDir = inject('assemblyDir')
const template = readTemplate(assemblyDir)
const grants = grantsOf(template)
const isListed = (list: [RegExp, string][], { title }: Grant) => list.some(([pattern]) => pattern.test(title))
const provable = grants.filter((grant) => !isListed(ONLY_ON_AWS, grant))
const probes = Object.entries(PROBES) as [ProbeName, Probe][]

const folder = temporaryFolder()
afterAll(() => folder.remove())
let prepared: Prepared
let complete: Assembly
/** What each probe asks of IAM, with every grant in place. */
const askedBy = new Map<ProbeName, Asked[]>()

beforeAll(async () => {
  prepared = await prepare(folder.path, assemblyDir)
})

describe('with every grant in place', () => {
  it.concurrent.each(probes)('%s works, and nothing is denied', async (name, probe) => {
    const recording = createRecordingAuthorizer(probe.outage)
    const answer = await withCloud({ template, assemblyDir, prepared }, recording, (run) => {
      complete = run.cloud.assembly
      return probe.run(run)
    })
    expect(answer).toBe(probe.healthy)
    expect(recording.asked.filter(({ allowed }) => !allowed)).toEqual([])
    askedBy.set(name, recording.asked)
  }, TIMEOUT_MS)
})

describe('without one grant something fails:', () => {
  it.concurrent.each(provable.map((grant) => [grant.title, grant] as const))('%s', async (title, grant) => {
    const names = probesFor(grant)
    expect(names, `Nothing that the product does needs the grant ${title}. Remove it, or add a probe.`).not.toEqual([])
    const { denied, failures } = await firstFailure(grant, names)
    expect(failures).not.toEqual([])
    if (grant.kind === 'trust policy') expect(failures[0]).toContain('its trust policy does not name')
    else expect(denied).not.toEqual([])
    for (const { caller, request } of denied) {
      expect(title).toContain(`: ${request.action} on `)
      expect(title).toContain(nameCaller(caller, complete))
    }
  }, TIMEOUT_MS)
})

describe('a grant that only AWS uses', () => {
  it.each(ONLY_ON_AWS)('%s: %s', (pattern) => {
    expect(grants.filter(({ title }) => pattern.test(title))).not.toEqual([])
  })
})

/** Runs the probes one after the other until one of them does not answer as it should. */
async function firstFailure(grant: Grant, names: ProbeName[]): Promise<{ denied: Asked[]; failures: string[] }> {
  for (const name of names) {
    const probe: Probe = PROBES[name]
    const recording = createRecordingAuthorizer(probe.outage)
    const answer = await withCloud({ template: grant.without, assemblyDir, prepared }, recording, probe.run).catch(
      (error: unknown) => `refused to start: ${error instanceof Error ? error.message : String(error)}`,
    )
    const denied = recording.asked.filter(({ allowed }) => !allowed)
    if (answer !== probe.healthy) return { denied, failures: [`${name}: ${answer}`] }
  }
  return { denied: [], failures: [] }
}

/** The probes that ask for something which the grant alone allows, cheapest first. */
function probesFor(grant: Grant): ProbeName[] {
  if (grant.kind === 'trust policy') return ['start']
  const { path, remove } = temporaryFolder()
  try {
    const place = { region: complete.region, accountId: complete.accountId, endpoints: ENDPOINTS_DO_NOT_MATTER }
    const without = readAssembly(assemblyWith(grant.without, assemblyDir, path), place)
    const policies = policiesOf(without, complete)
    const needs = ([name]: [ProbeName, Probe]) => askedBy.get(name)?.some((asked) => isDenied(asked, policies))
    return probes.filter(needs).map(([name]) => name)
  } finally {
    remove()
  }
}

/** ARNs, which is all that policies are about, hold no address. */
const NOWHERE = 'http://127.0.0.1:1'
const ENDPOINTS_DO_NOT_MATTER = {
  appsync: NOWHERE, s3: NOWHERE, cloudfront: NOWHERE, aws: NOWHERE, explorer: NOWHERE,
}
