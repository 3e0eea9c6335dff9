import { GraphiQL } from 'graphiql'
import 'graphiql/style.css'
import './explorer.css'
import { StrictMode, useEffect, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createFetcher } from './fetcher.ts'
import { loadOutputs, type Outputs } from './outputs.ts'
import { configure, rememberedPrincipal, type Principal } from './principal.ts'
import { PrincipalBar } from './principal-bar.tsx'
import { SAVED_OPERATIONS } from './saved-operations.ts'
import { storyPlugin, UploadContext } from './story-plugin.tsx'
import { uploadFile } from './upload.ts'

function Explorer() {
  const [outputs, setOutputs] = useState<Outputs>()
  const [principal, setPrincipal] = useState<Principal>({ kind: 'guest' })
  const [fault, setFault] = useState<string>()

  useEffect(() => {
    async function begin() {
      const loaded = await loadOutputs()
      configure(loaded)
      setPrincipal(await rememberedPrincipal())
      setOutputs(loaded)
    }
    begin().catch((error: Error) => setFault(error.message))
  }, [])

  const fetcher = useMemo(() => outputs && createFetcher(outputs, principal), [outputs, principal])
  if (fault) return <p role="alert" className="fault">{fault}</p>
  if (!outputs || !fetcher) return null
  return (
    <>
      <PrincipalBar outputs={outputs} principal={principal} onChange={setPrincipal} />
      <UploadContext value={(file) => uploadFile(file, principal, outputs)}>
        <GraphiQL
          fetcher={fetcher}
          plugins={[storyPlugin]}
          visiblePlugin={storyPlugin.title}
          defaultQuery={SAVED_OPERATIONS[0]!.query}
          isHeadersEditorEnabled={false}
        >
          <GraphiQL.Logo>Explorer</GraphiQL.Logo>
        </GraphiQL>
      </UploadContext>
    </>
  )
}

createRoot(document.getElementById('explorer')!).render(<StrictMode><Explorer /></StrictMode>)
