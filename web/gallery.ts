import { amplifyImageSource } from '../client/amplify-image-source.ts'
import { syncImages, type ImageSync } from '../client/image-sync.ts'
import type { ImagePartsFragment } from '../generated/client.ts'

/** All of the user's images by id, as they are now and from now on: `show` is called whenever one has changed. */
export function gallery(show: (images: Map<string, ImagePartsFragment>) => void): ImageSync {
  const images = new Map<string, ImagePartsFragment>()
  return syncImages(amplifyImageSource(), {
    onChange(image) {
      if (image.status === 'DELETED') images.delete(image.id)
      else images.set(image.id, image)
      show(images)
    },
  })
}
