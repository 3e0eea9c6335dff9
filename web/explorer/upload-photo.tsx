import { useState } from 'react'

/** What `requestUpload` takes, as its input's description says. */
const CONTENT_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/tiff']

interface Props {
  /** Uploads as whoever is chosen; resolves with the image's id. */
  upload(file: File): Promise<string>
}

/** A way to upload photos by hand, one after the other. */
export function UploadPhoto({ upload }: Props) {
  const [says, setSays] = useState('JPEG, PNG, WebP, GIF, AVIF or TIFF, up to 50 MiB.')

  async function send(input: HTMLInputElement) {
    const files = [...(input.files ?? [])]
    // The same file can be chosen again.
    input.value = ''
    for (const file of files) {
      setSays(`Uploading ${file.name} ...`)
      try {
        setSays(`${file.name} is uploaded as image ${await upload(file)}.`)
      } catch (error) {
        setSays(`${file.name}: ${(error as Error).message}`)
      }
    }
  }

  return (
    <div className="upload">
      <label>
        <strong>Upload a photo</strong>
        <input type="file" accept={CONTENT_TYPES.join()} multiple
          onChange={(event) => void send(event.currentTarget)} />
      </label>
      <span role="status">{says}</span>
    </div>
  )
}
