import { createHash } from 'node:crypto'

/** Every so many pictures have something that stands against showing them. */
const HARMFUL_EVERY = 5

const HARM = { Name: 'Violence', Confidence: 91.5, ParentName: '', TaxonomyLevel: 1 }

/**
 * Rekognition's DetectModerationLabels, which can't be done offline: it finds something on one picture of five, and
 * always on the same ones.
 * @param request as the function sends it
 */
export function moderateByHash(request: Buffer): { isHarmful: boolean; body: Buffer } {
  const { Image } = JSON.parse(request.toString()) as { Image: { Bytes: string } }
  const isHarmful = createHash('sha256').update(Image.Bytes).digest().readUInt32BE(0) % HARMFUL_EVERY === 0
  const answer = { ModerationLabels: isHarmful ? [HARM] : [], ModerationModelVersion: '7.0' }
  return { isHarmful, body: Buffer.from(JSON.stringify(answer)) }
}
