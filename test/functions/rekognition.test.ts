import { RekognitionClient } from '@aws-sdk/client-rekognition'
import { describe, expect, it } from 'vitest'
import { readMinConfidence } from '../../functions/lib/moderation.ts'
import { createLabeler, createModerator } from '../../functions/lib/rekognition.ts'

/** The real client, with an answer in place of the network. */
function given(answer: unknown) {
  const sent: unknown[] = []
  const client = new RekognitionClient({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  client.middlewareStack.add(
    () => async (args) => {
      sent.push(args.input)
      return { output: { $metadata: {}, ...(answer as object) }, response: {} }
    },
    { step: 'initialize', priority: 'high' },
  )
  return { client, sent }
}

const signal = new AbortController().signal
const JPEG = Buffer.from('jpeg')

describe('DetectLabels', () => {
  it('is sent the bytes, once', async () => {
    const { client, sent } = given({ Labels: [] })
    await createLabeler(client).detect(JPEG, signal)
    expect(sent).toEqual([{ Image: { Bytes: JPEG }, MinConfidence: 55, MaxLabels: 50 }])
  })

  it('is understood: parents, places, confidence in percent', async () => {
    const BoundingBox = { Left: -0.01, Top: 0.2, Width: 0.5, Height: 0.25 }
    const { client } = given({
      Labels: [
        {
          Name: 'Dog',
          Confidence: 98.7,
          Parents: [{ Name: 'Animal' }, {}],
          Instances: [{ BoundingBox, Confidence: 97 }, {}],
        },
        { Name: 'Grass', Confidence: 60 },
        { Confidence: 60 },
      ],
    })
    expect(await createLabeler(client).detect(JPEG, signal)).toEqual([
      {
        name: 'Dog',
        confidence: 98.7,
        parents: ['Animal'],
        instances: [{ boundingBox: { left: -0.01, top: 0.2, width: 0.5, height: 0.25 }, confidence: 97 }],
      },
      { name: 'Grass', confidence: 60, parents: [], instances: [] },
    ])
  })
})

describe('DetectModerationLabels', () => {
  it('is sent the bytes and the confidence from which on a label counts', async () => {
    const { client, sent } = given({ ModerationLabels: [] })
    expect(await createModerator(client, 70).detect(JPEG, signal)).toEqual([])
    expect(sent).toEqual([{ Image: { Bytes: JPEG }, MinConfidence: 70 }])
  })

  it('is understood: the broadest labels have no parent, and what lacks something still counts', async () => {
    const { client } = given({
      ModerationLabels: [
        { Name: 'Violence', Confidence: 80.5, ParentName: '', TaxonomyLevel: 1 },
        { Name: 'Weapons', Confidence: 80.5, ParentName: 'Violence', TaxonomyLevel: 2 },
        {},
      ],
    })
    expect(await createModerator(client, 70).detect(JPEG, signal)).toEqual([
      { name: 'Violence', confidence: 80.5, parentName: null },
      { name: 'Weapons', confidence: 80.5, parentName: 'Violence' },
      { name: 'Unnamed', confidence: 70, parentName: null },
    ])
  })

  it('is asked from a confidence on, or not at all', () => {
    expect([readMinConfidence('off'), readMinConfidence('0'), readMinConfidence('62.5')]).toEqual([undefined, 0, 62.5])
    expect(() => readMinConfidence('101')).toThrow('a number from 0 to 100, got "101"')
    expect(() => readMinConfidence('on')).toThrow('got "on"')
  })
})
