import { useEditorContext } from '@graphiql/react'
import { useRef } from 'react'
import { EXAMPLE_IMAGE_ID, SAVED_OPERATIONS, type SavedOperation } from './saved-operations.ts'
import { UploadPhoto } from './upload-photo.tsx'

interface Props {
  /** Uploads as whoever is chosen; resolves with the image's id. */
  upload(file: File): Promise<string>
  /** The newest image of whoever is chosen; null when there is none. */
  latestImageId(): Promise<string | null>
}

/** Beside the editors: saved operations that open with a click, and a way to upload a photo by hand. */
export function Story({ upload, latestImageId }: Props) {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true })
  const wanted = useRef<SavedOperation>(undefined)

  async function open(operation: SavedOperation) {
    wanted.current = operation
    const variables = operation.variables?.((await latestImageId()) ?? EXAMPLE_IMAGE_ID)
    // Another one may have been clicked meanwhile.
    if (wanted.current !== operation) return
    variableEditor?.setValue(variables ? JSON.stringify(variables, null, 2) : '')
    queryEditor?.setValue(operation.query)
  }

  return (
    <aside className="story" aria-label="Saved operations">
      <h2>Saved operations</h2>
      <div className="operations">
        {SAVED_OPERATIONS.map((operation) => (
          <button key={operation.title} onClick={() => void open(operation)} title={operation.tells}>
            <strong>{operation.title}</strong>
            <span>{operation.tells}</span>
          </button>
        ))}
      </div>
      <UploadPhoto upload={upload} />
    </aside>
  )
}
