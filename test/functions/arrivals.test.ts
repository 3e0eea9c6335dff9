import { describe, expect, it } from 'vitest'
import { readArrivals } from '../../functions/lib/arrivals.ts'
import { arrivalOf, ID, OWNER, s3Record } from './given.ts'

const readText = (body: string) => readArrivals({ body, messageId: 'message-1' })
const read = (body: unknown) => readText(JSON.stringify(body))

describe('arrivals', () => {
  it('reads every record of a message', () => {
    const second = `originals/${OWNER}/01J9YYYYYYYYYYYYYYYYYYYYYY`
    const { arrivals } = read({ Records: [s3Record({ size: 7 }), s3Record({ key: second })] })
    expect(arrivals.map(({ id }) => id)).toEqual([ID, '01J9YYYYYYYYYYYYYYYYYYYYYY'])
    expect(arrivals[0]).toEqual(arrivalOf(7))
  })

  it('ignores the test event that S3 sends when a notification is set up', () => {
    expect(read({ Service: 'Amazon S3', Event: 's3:TestEvent' })).toEqual({ arrivals: [], strangers: [] })
  })

  it.each(['ObjectCreated:Post', 'ObjectCreated:Copy', 'ObjectCreated:CompleteMultipartUpload'])(
    'takes %s',
    (eventName) => {
      expect(read({ Records: [s3Record({ eventName })] }).arrivals).toHaveLength(1)
    },
  )

  it('decodes the key once, with + for a space', () => {
    const { arrivals } = read({ Records: [s3Record({ key: `originals/${OWNER.replaceAll('-', '%2D')}/${ID}` })] })
    expect(arrivals[0]?.owner).toBe(OWNER)
    expect(read({ Records: [s3Record({ key: 'originals/a+b/c' })] }).strangers).toEqual(['originals/a+b/c'])
    expect(read({ Records: [s3Record({ key: 'originals/a%252Db/c' })] }).strangers).toEqual(['originals/a%252Db/c'])
  })

  it.each(['processed/a/1.webp', 'originals/a', '%E0%A4%A', 'originals/a/b/c'])(
    'sets %s aside as no original',
    (key) => {
      expect(read({ Records: [s3Record({ key })] })).toEqual({ arrivals: [], strangers: [key] })
    },
  )

  it('sets the removal of an object aside', () => {
    expect(read({ Records: [s3Record({ eventName: 'ObjectRemoved:Delete' })] }).arrivals).toEqual([])
  })

  it('refuses what is no S3 event', () => {
    expect(() => readText('hello')).toThrow(SyntaxError)
    expect(() => readText('{"detail":1}')).toThrow('expected an S3 event with Records, got {"detail":1}')
    expect(() => readText('null')).toThrow(TypeError)
  })
})
