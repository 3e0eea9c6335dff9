import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { conditions } from '../../bench/conditions.ts'
import type { Fixture } from '../fixtures/index.ts'
import { ROOT, synthesize } from '../../infra/synth.ts'
import { progressPrinter, runCommand, UsageError } from '../command-line.ts'
import { makeAccounts } from './accounts.ts'
import { burst, usersFor } from './burst.ts'
import { startCloudProcess, type CloudProcess } from './cloud-process.ts'
import { describe, describeKept, figuresOf } from './figures.ts'
import { KeptLooks } from './kept-looks.ts'
import { drawPictures, readPictures } from './pictures.ts'
import { UsageWatch, type Usage } from './usage.ts'

const USAGE = `npm run burst [-- options]

Uploads images as fast as they are taken, through the local run in a process of its own, and waits until every one of
them was heard of. Linux only: what processes take is read from /proc.

  --images N      how many, 1 to 100000; default 1000
  --photos DIR    pictures to upload in turn; default 12 of 2 to 4 megapixels, drawn by code
  --help          this text

Exit code 1 when an image was refused, never heard of, or is stored otherwise than was heard.`

const DEFAULT_IMAGES = 1_000
const MOST_IMAGES = 100_000

/** Sentences that are printed of what went wrong; more of them say the same. */
const SENTENCES = 10

const BYTES_PER_MB = 1_000_000

process.exitCode = await runCommand(USAGE, { images: 'number', photos: 'text' }, async ({ images = DEFAULT_IMAGES, photos }) => {
  if (images < 1 || images > MOST_IMAGES)
    throw new UsageError(`--images must be a whole number from 1 to ${MOST_IMAGES}, got "${images}".`)
  if (process.platform !== 'linux') throw new Error(`expected Linux, whose /proc is read, got ${process.platform}`)
  for (const line of conditions(['sharp', 'dynalite'])) console.log(line)
  const pictures = photos === undefined ? await drawPictures() : await readPictures(photos)
  const bytes = pictures.reduce((sum, picture) => sum + picture.bytes.length, 0)
  console.log(`pictures  ${pictures.length}, ${(bytes / pictures.length / BYTES_PER_MB).toFixed(2)} MB each on average`)
  const assemblyDir = join(ROOT, '.test', 'burst.cdk.out')
  await synthesize({ out: assemblyDir })
  const cloud = await startCloudProcess(assemblyDir)
  try {
    return await run(cloud, images, pictures)
  } finally {
    await cloud.stop()
    await rm(assemblyDir, { recursive: true, force: true })
  }
})

async function run(cloud: CloudProcess, images: number, pictures: Fixture[]): Promise<boolean> {
  const { auth = {}, data, custom } = cloud.outputs
  const userPoolEndpoint = custom?.local?.userPoolEndpoint ?? ''
  const operator = new CognitoIdentityProviderClient({
    region: cloud.operator.AWS_REGION ?? '',
    endpoint: userPoolEndpoint,
    credentials: {
      accessKeyId: cloud.operator.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: cloud.operator.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: cloud.operator.AWS_SESSION_TOKEN ?? '',
    },
  })
  const accounts = await makeAccounts(usersFor(images), String(auth.user_pool_id), operator)
  operator.destroy()
  console.log(`${images} images of ${accounts.length} users\n`)
  let watch: UsageWatch | undefined
  let usage: Usage | undefined
  const print = progressPrinter(images)
  const kept = new KeptLooks(cloud.kept, images)
  const report = await burst({
    images,
    pictures,
    accounts,
    graphqlUrl: data?.url ?? '',
    userPoolEndpoint,
    clientId: String(auth.user_pool_client_id),
    onStart: () => (watch = new UsageWatch(cloud.pid)),
    onProgress: ({ uploaded, ended }) => {
      print(ended, `${uploaded} uploaded, ${ended} ended`)
      kept.look(ended)
    },
    onEnd: () => (usage = watch?.stop()),
  })
  for (const sentence of [...report.refused, ...report.contradicted].slice(0, SENTENCES)) console.error(sentence)
  const cores = availableParallelism()
  if (usage) {
    for (const line of describe(report, usage, figuresOf(report, usage, cores), cores)) console.log(line)
    console.log(describeKept(await kept.all(), images))
  }
  const { refused, unheard, contradicted } = report
  return refused.length + unheard.length + contradicted.length === 0
}
