import { useState } from 'react'
import { CHOOSABLE, NAMED } from './content-types.ts'

interface Props {
  /** Uploads as whoever is chosen; resolves with the image's id. */
  upload(file: File): Promise<string>
}

/** A way to upload photos by hand, one after the other. */
export function UploadPhoto({ upload }: Props) {
  const [says, setSays] = useState(`${NAMED}, up to 50 MiB.`)

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
        <input type="file" accept={CHOOSABLE} multiple
          onChange={(event) => void send(event.currentTarget)} />
      </label>
      <span role="status">{says}</span>
    </div>
  )
}
