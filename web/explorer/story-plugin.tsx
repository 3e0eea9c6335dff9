import { useEditorContext, type GraphiQLPlugin } from '@graphiql/react'
import { createContext, useContext, useState } from 'react'
import { SAVED_OPERATIONS, type SavedOperation } from './saved-operations.ts'

/** Sends a file as whoever is chosen; resolves with the image's id. */
export const UploadContext = createContext<(file: File) => Promise<string>>(async () => '')

/** The side pane with the saved operations and a way to upload a photo by hand. */
export const storyPlugin: GraphiQLPlugin = { title: 'Saved operations', icon: StoryIcon, content: Story }

function StoryIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <circle cx="9" cy="11" r="2" />
      <path d="m4 18 6-4 3 2 4-4 4 4" />
    </svg>
  )
}

function Story() {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true })

  function open(operation: SavedOperation) {
    queryEditor?.setValue(operation.query)
    variableEditor?.setValue(operation.variables ? JSON.stringify(operation.variables, null, 2) : '')
  }

  return (
    <section className="story" aria-label="Saved operations">
      <h2>Saved operations</h2>
      {SAVED_OPERATIONS.map((operation) => (
        <button key={operation.title} onClick={() => open(operation)}>
          <strong>{operation.title}</strong>
          <span>{operation.tells}</span>
        </button>
      ))}
      <UploadPhoto />
    </section>
  )
}

function UploadPhoto() {
  const upload = useContext(UploadContext)
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
