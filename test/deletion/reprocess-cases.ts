import { describe, expect, it } from 'vitest'
import type { Arrival } from '../../functions/lib/arrivals.ts'
import { developImage } from '../../functions/lib/develop-image.ts'
import { removeImages } from '../../functions/lib/remove-image.ts'
import type { Darkroom } from './given-darkroom.ts'
import { givenReadyFile, storedImage, type GivenImage } from './given-images.ts'
import { expectKilled, killsOf, watched, type Kill } from './killed.ts'
import { whatIsLeft } from './what-is-left.ts'

const REPROCESS = 'mutation ($id: ID!) { reprocessImage(id: $id) { id status } }'
const PUBLISH = 'mutation ($id: ID!) { updateImage(input: { id: $id, visibility: PUBLIC }) { id } }'

/** What developing an image once more asks of others, in this order. */
const CALLS = ['removals.send', 'outcomes.record', 'originals.read', 'media.write', 'outcomes.record']

/** What an image is in that is READY and PUBLIC. */
const LISTS = ['ready', 'tagged', 'public'] as const

/**
 * An image that is developed once more, in the cloud of the caller.
 * @param later takes the image whose old renditions are to go by the message that was sent
 */
export function reprocessCases(given: () => Darkroom, later: (image: GivenImage) => void): void {
  /** The image that all of this happens to: it is PUBLIC. */
  let image: GivenImage
  let turns = 0

  const develop = (arrival: Arrival, kill?: Kill) => {
    const { services, calls } = watched(given().developing, ['removals', 'outcomes', 'originals', 'media'], kill)
    return { ended: developImage(arrival, services), calls }
  }

  /** As `reprocessImage` has it. */
  const arrivalOf = ({ id, owner, mediaKey }: GivenImage): Arrival => {
    turns += 1
    const { picture, cloud } = given()
    return {
      id, owner, bucket: cloud.assembly.outputs.OriginalsBucketName!, key: `originals/${owner}/${id}`,
      versionId: undefined, byteSize: picture.length, messageId: `turn-${turns}`,
      reprocessed: { mediaKey: `turn-${turns}-${id}`, replacesMediaKey: mediaKey },
    }
  }

  /** READY with new variants, found as before, and nothing left under the old media key. */
  async function expectAnew({ reprocessed }: Arrival): Promise<void> {
    const { mediaKey, replacesMediaKey } = reprocessed!
    const message = { id: image.id, owner: image.owner, mediaKey: replacesMediaKey, wasShown: true }
    await removeImages({ kind: 'replaced', images: [message] }, given().removing)
    expect(await whatIsLeft(given(), image, []))
      .toMatchObject({ image: { status: 'READY' }, media: [], variantStatus: 403, originals: 1 })
    const { sha256 } = await storedImage(given(), image.id)
    image = { ...image, mediaKey, sha256: sha256! }
    expect(await whatIsLeft(given(), image, LISTS)).toMatchObject({
      lists: LISTS, media: [`processed/${mediaKey}/160.webp`],
      variantStatus: 200, isInFileSet: true, items: expect.arrayContaining(['IMAGE', 'TAG#summer']),
    })
  }

  describe('an image that is developed once more', () => {
    it('is READY with new variants under new URLs, listed as before, and the old ones go', async () => {
      image = await givenReadyFile(given())
      await given().query(PUBLISH, { id: image.id })
      const arrival = arrivalOf(image)
      const { ended, calls } = develop(arrival)
      await ended
      expect(calls).toEqual(CALLS)
      await expectAnew(arrival)
    })

    it.each(killsOf(CALLS).map((kill) => [kill.side, CALLS[kill.call - 1], kill] as const))(
      'is killed %s %s, and is READY when the message comes again',
      async (_side, _name, kill) => {
        const arrival = arrivalOf(image)
        await expectKilled(develop(arrival, kill).ended)
        const { status } = await storedImage(given(), image.id)
        expect(await whatIsLeft(given(), image, LISTS)).toMatchObject({
          image: { status }, lists: status === 'READY' ? LISTS : [],
        })
        await develop(arrival).ended
        await expectAnew(arrival)
      },
    )

    it('is not started again by a message that comes twice, nor by one that replaces what is gone', async () => {
      const arrival = arrivalOf(image)
      await develop(arrival).ended
      await expectAnew(arrival)
      const { version } = await storedImage(given(), image.id)
      const late = { ...arrivalOf(image), reprocessed: arrival.reprocessed! }
      for (const message of [arrival, late]) await develop(message).ended
      expect(await storedImage(given(), image.id)).toMatchObject({ status: 'READY', version })
    })

    it('keeps what it has as long as nobody has claimed it', async () => {
      const arrival = arrivalOf(image)
      await expectKilled(develop(arrival, { call: 2, side: 'before' }).ended)
      const { replacesMediaKey: mediaKey } = arrival.reprocessed!
      await removeImages({ kind: 'replaced', images: [{ ...image, mediaKey, wasShown: true }] }, given().removing)
      expect(await whatIsLeft(given(), image)).toMatchObject({ image: { status: 'READY' }, variantStatus: 200 })
    })

    it('is developed by the functions when its owner asks', async () => {
      const { query, line } = given()
      expect(await query(REPROCESS, { id: image.id })).toEqual({ reprocessImage: { id: image.id, status: 'READY' } })
      expect(await line('"message":"image finished"')).toContain('READY')
      const { mediaKey, status } = await storedImage(given(), image.id)
      expect([status, mediaKey === image.mediaKey]).toEqual(['READY', false])
      expect(await whatIsLeft(given(), image)).toMatchObject({ variantStatus: 200 })
      later(image)
    })
  })
}
