import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { startCloud, type Cloud } from '../../local/cloud.ts'
import { clientConfig, finished, queryAs, signIn, upload, type Ticket } from '../local/start/given-client.ts'
import { TEMPLATE_FILE, type Template } from './grants.ts'
import { createRecordingAuthorizer, type Asked } from './recording-authorizer.ts'

/** What every run finds in its data folder: made once, with every grant in place, and copied for each run. */
export interface Prepared {
  dataDir: string
  /** The demo user's, good for every copy: the pool's keys are in the data folder. */
  idToken: string
  owner: string
  /** A READY image that is PUBLIC, and the path of one of its variants. */
  readyId: string
  variantPath: string
  /** An image that was asked for and never uploaded. */
  pendingId: string
  /** A picture large enough to be labelled. */
  picture: Buffer
}

/** A cloud that is up, with what it was asked and what it said. */
export interface Run {
  cloud: Cloud
  prepared: Prepared
  asked: Asked[]
  /** Waits for the first line of the log that fits, also for one that was written before. */
  line(fits: (line: string) => boolean): Promise<string>
}

const TOKEN_PAYLOAD = 1

export async function prepare(folder: string, assemblyDir: string): Promise<Prepared> {
  const dataDir = path.join(folder, 'prepared')
  const cloud = await startCloud({ assemblyDir, dataDir, basePort: 0, log: () => undefined })
  try {
    const config = clientConfig(cloud.endpoints, cloud.assembly.outputs.UserPoolClientId ?? '', cloud.demoUser)
    const idToken = await signIn(config)
    const query = queryAs(config, idToken)
    const picture = await sharp({ create: { width: 160, height: 120, channels: 3, background: '#3377aa' } })
      .jpeg()
      .toBuffer()
    const readyId = await upload(query, picture)
    const { status, variants } = await finished(config, idToken, readyId)
    if (status !== 'READY') throw new Error(`The image that every run needs ended ${status}`)
    await query('mutation ($id: ID!) { updateImage(input: { id: $id, visibility: PUBLIC }) { id } }', { id: readyId })
    const { requestUpload } = await query<{ requestUpload: Ticket }>(REQUEST_UPLOAD, {
      byteSize: picture.length,
    })
    const claims = Buffer.from(idToken.split('.')[TOKEN_PAYLOAD] ?? '', 'base64url').toString()
    return {
      dataDir,
      idToken,
      owner: (JSON.parse(claims) as { sub: string }).sub,
      readyId,
      variantPath: new URL(variants[0]?.url ?? '').pathname,
      pendingId: requestUpload.image.id,
      picture,
    }
  } finally {
    await cloud.stop()
  }
}

/** Asks for an upload of `$byteSize` bytes. */
export const REQUEST_UPLOAD = `mutation ($byteSize: Int!) {
  requestUpload(input: { fileName: "photo.jpg", contentType: "image/jpeg", byteSize: $byteSize }) {
    image { id status } upload { url method headers { name value } } } }`

/** A folder under the system's temporary one, and what removes it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'least-privilege-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The assembly with another template: everything else is linked, so that functions find their modules. */
export function assemblyWith(template: Template, assemblyDir: string, folder: string): string {
  const copy = path.join(folder, 'assembly')
  mkdirSync(copy)
  for (const name of readdirSync(assemblyDir)) {
    if (name !== TEMPLATE_FILE) symlinkSync(path.join(assemblyDir, name), path.join(copy, name))
  }
  writeFileSync(path.join(copy, TEMPLATE_FILE), JSON.stringify(template))
  return copy
}

/**
 * Starts a cloud on a copy of what was prepared, does something with it, and removes both.
 * @throws whatever the start or `work` throws
 */
export async function withCloud<T>(
  { template, assemblyDir, prepared }: { template: Template; assemblyDir: string; prepared: Prepared },
  { asked, authorizer }: ReturnType<typeof createRecordingAuthorizer>,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const folder = temporaryFolder()
  const dataDir = path.join(folder.path, 'data')
  const lines: string[] = []
  const waiting = new Set<(line: string) => void>()
  const write = (line: string): void => {
    lines.push(line)
    for (const hear of waiting) hear(line)
  }
  try {
    cpSync(prepared.dataDir, dataDir, { recursive: true })
    const cloud = await startCloud({
      assemblyDir: assemblyWith(template, assemblyDir, folder.path),
      dataDir,
      basePort: 0,
      authorizer,
      log: (_level, service, message, details) => write(`${service}: ${message} ${JSON.stringify(details ?? {})}`),
    })
    const line: Run['line'] = (fits) =>
      new Promise((resolve) => {
        const said = lines.find(fits)
        if (said !== undefined) return resolve(said)
        const hear = (text: string): void => {
          if (!fits(text)) return
          waiting.delete(hear)
          resolve(text)
        }
        waiting.add(hear)
      })
    try {
      return await work({ cloud, prepared, asked, line })
    } finally {
      await cloud.stop()
    }
  } finally {
    folder.remove()
  }
}
