import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startCloud, type Cloud } from '../../local/cloud.ts'
import { silentLog } from '../../local/log.ts'
import type { Fixture } from '../fixtures/index.ts'
import { makeAccounts } from './accounts.ts'
import { burst, usersFor, type BurstReport, type Progress } from './burst.ts'

const IMAGES = 16
const USERS = 2

const progress: Progress[] = []
let dataDir: string
let cloud: Cloud
let report: BurstReport
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'burst-'))
  cloud = await startCloud({ assemblyDir: inject('assemblyDir'), dataDir, basePort: 0, log: silentLog })
  const { endpoints, assembly } = cloud
  const operator = new CognitoIdentityProviderClient({
    endpoint: endpoints.aws, region: assembly.region, credentials: cloud.credentialsFor('operator'),
  })
  const accounts = await makeAccounts(USERS, assembly.outputs.UserPoolId ?? '', operator)
  operator.destroy()
  report = await burst({
    images: IMAGES,
    pictures: await givenPictures(),
    accounts,
    graphqlUrl: `${endpoints.appsync}/graphql`,
    userPoolEndpoint: endpoints.aws,
    clientId: assembly.outputs.UserPoolClientId ?? '',
    onProgress: (now) => progress.push(now),
  })
})
afterAll(async () => {
  await cloud.stop()
  rmSync(dataDir, { recursive: true })
})

/** Two that can be developed, one that is cut short, and one of a type that is not taken. */
async function givenPictures(): Promise<Fixture[]> {
  const blank = sharp({ create: { width: 96, height: 64, channels: 3, background: 'teal' } })
  const jpeg = await blank.jpeg().toBuffer()
  return [
    { bytes: jpeg, contentType: 'image/jpeg' },
    { bytes: await blank.png().toBuffer(), contentType: 'image/png' },
    { bytes: jpeg.subarray(0, jpeg.length / 2), contentType: 'image/jpeg' },
    { bytes: Buffer.from('<svg/>'), contentType: 'image/svg+xml' },
  ]
}

it('brings every accepted upload of several users to the end that its owner hears of and finds stored', () => {
  expect(report.ended).toEqual({ READY: IMAGES / 2, REJECTED: IMAGES / 4 })
  expect(report.uploaded).toHaveLength((IMAGES * 3) / 4)
  expect(report).toMatchObject({ unheard: [], contradicted: [] })
  expect(progress.at(-1)).toEqual({ uploaded: report.uploaded.length, ended: report.uploaded.length })
})

it('says what was refused before there was anything to develop', () => {
  expect(report.refused).toHaveLength(IMAGES / 4)
  for (const sentence of report.refused) expect(sentence).toMatch(/^picture-\d+: .*svg/)
})

it('takes a user for every hundred images', () => {
  expect([usersFor(1), usersFor(100), usersFor(101), usersFor(1_000)]).toEqual([1, 1, 2, 10])
})
