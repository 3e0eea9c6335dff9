import { describe, expect, it } from 'vitest'
import { MAX_BATCH_SIZE, MAX_PENDING_UPLOADS } from '../../resolvers/lib/limits.ts'
import { givenItem, ID, TABLE_NAME } from './given.ts'
import { givenUploads, leavingOut, SIGNED } from './given-uploads.ts'

const SOUND = { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 1_000 }
const [A, B] = ['ab'.repeat(32), 'cd'.repeat(32)]
const ask = givenUploads('Mutation.requestUploads')

describe('Mutation.requestUploads', () => {
  it('gives each input a result of its own, in their order', () => {
    const inputs = [SOUND, { ...SOUND, byteSize: 0 }, { ...SOUND, sha256: A }, { ...SOUND, tags: [''] }]
    const { asked, answer, stash } = ask({ inputs }, {
      '1.findFiles': { data: { [TABLE_NAME]: [{ imageIds: [ID] }] } },
      '2.getDuplicates': { data: { [TABLE_NAME]: [givenItem()] } },
    })
    expect(answer).toMatchObject([
      { ticket: { image: { id: stash.uploads[0]!.id, status: 'PENDING' }, upload: { url: SIGNED.url } }, error: null },
      { ticket: null, error: { type: 'InvalidByteSize', message: expect.stringContaining('got 0') } },
      { ticket: { image: { id: ID, status: 'READY' }, upload: null }, error: null },
      { ticket: null, error: { type: 'InvalidTags', message: expect.stringContaining('a blank one') } },
    ])
    const { payload } = asked['4.signUploads'] as { payload: { uploads: object[] } }
    expect(payload.uploads).toMatchObject([{ id: stash.uploads[0]!.id }])
  })

  it('asks for a file once that comes twice', () => {
    const inputs = [A, B, A].map((sha256) => ({ ...SOUND, sha256 }))
    const { asked, stash } = ask({ inputs }, { '1.findFiles': { data: { [TABLE_NAME]: [{ imageIds: [ID] }, null] } } })
    const { tables } = asked['1.findFiles'] as { tables: Record<string, { keys: object[] }> }
    expect(tables[TABLE_NAME]!.keys).toHaveLength(2)
    expect(stash.uploads.map(({ duplicateIds }) => duplicateIds)).toEqual([[ID], [], [ID]])
  })

  it('asks nobody when no input is sound', () => {
    const { asked, answer } = ask({ inputs: [{ ...SOUND, byteSize: 0 }] })
    expect(asked).toEqual({})
    expect(answer).toMatchObject([{ error: { type: 'InvalidByteSize' } }])
  })

  it.each([1, MAX_BATCH_SIZE])('takes %i inputs', (length) => {
    expect(ask({ inputs: Array.from({ length }, () => SOUND) }).answer).toHaveLength(length)
  })

  it.each([0, MAX_BATCH_SIZE + 1])('refuses %i inputs', (length) => {
    expect(ask({ inputs: Array.from({ length }, () => SOUND) }).error).toMatchObject({
      errorType: 'InvalidBatchSize', message: `inputs must hold 1 to 25, got ${length}.`,
    })
  })

  it.each([
    [MAX_PENDING_UPLOADS - 2, undefined],
    [MAX_PENDING_UPLOADS - 1, 'TooManyPendingUploads'],
  ])('has room for all or none: two more beside %i are %s', (pending, errorType) => {
    const counted = { '3.countPending': { items: Array.from({ length: pending }, () => ({})) } }
    expect(ask({ inputs: [SOUND, SOUND] }, counted).error?.errorType).toBe(errorType)
  })

  it('tells of an image that DynamoDB left out, and hands out the others', () => {
    const { answer } = ask({ inputs: [SOUND, SOUND] }, { '5.putImages': leavingOut(1) })
    expect(answer).toMatchObject([
      { ticket: { upload: { method: 'PUT' } }, error: null }, { ticket: null, error: { type: 'ServiceUnavailable' } },
    ])
  })
})
