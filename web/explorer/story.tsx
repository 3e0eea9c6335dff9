import { useEditorContext } from '@graphiql/react'
import { useState } from 'react'
import { SAVED_OPERATIONS, type SavedOperation } from './saved-operations.ts'

interface Props {
  /** Uploads as whoever is chosen; resolves with the image's id. */
  upload(file: File): Promise<string>
}

/** Beside the editors: saved operations that open with a click, and a way to upload a photo by hand. */
export function Story({ upload }: Props) {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true })

  function open(operation: SavedOperation) {
    queryEditor?.setValue(operation.query)
    variableEditor?.setValue(operation.variables ? JSON.stringify(operation.variables, null, 2) : '')
  }

  return (
    <aside className="story" aria-label="Saved operations">
      <h2>Saved operations</h2>
      <div className="operations">
        {SAVED_OPERATIONS.map((operation) => (
          <button key={operation.title} onClick={() => open(operation)} title={operation.tells}>
            <strong>{operation.title}</strong>
            <span>{operation.tells}</span>
          </button>
        ))}
      </div>
      <UploadPhoto upload={upload} />
    </aside>
  )
}

function UploadPhoto({ upload }: Props) {
  const [says, setSays] = useState('JPEG, PNG, WebP, GIF, AVIF or TIFF, up to 50 MiB.')

  async function send(files: FileList | null) {
    for (const file of files ?? []) {
      setSays(`Uploading ${file.name} ...`)
      try {
        setSays(`${file.name} is uploaded as image ${await upload(file)}.`)
      } catch (error) {
        setSays((error as Error).message)
      }
    }
  }

  return (
    <label className="upload">
      <strong>Upload a photo</strong>
      <input type="file" accept="image/*" multiple onChange={(event) => void send(event.currentTarget.files)} />
      <span role="status">{says}</span>
    </label>
  )
}
