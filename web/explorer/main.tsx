import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer'
import { HISTORY_PLUGIN, HistoryContextProvider } from '@graphiql/plugin-history'
import { GraphiQL, GraphiQLInterface, GraphiQLProvider } from 'graphiql'
import 'graphiql/style.css'
import './explorer.css'
import { useEffect, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Outputs } from '../configure-amplify.ts'
import { createFetcher } from './fetcher.ts'
import { latestImageId } from './latest-image.ts'
import { loadOutputs } from './outputs.ts'
import { configure, firstPrincipal, type Principal } from './principal.ts'
import { PrincipalBar } from './principal-bar.tsx'
import { SAVED_OPERATIONS } from './saved-operations.ts'
import { Story } from './story.tsx'
import { uploadFile } from './upload.ts'

function Explorer() {
  const [outputs, setOutputs] = useState<Outputs>()
  const [principal, setPrincipal] = useState<Principal>({ kind: 'guest' })
  const [fault, setFault] = useState<string>()

  useEffect(() => {
    async function begin() {
      const loaded = await loadOutputs()
      configure(loaded)
      setPrincipal(await firstPrincipal(loaded))
      setOutputs(loaded)
    }
    begin().catch((error: Error) => setFault(error.message))
  }, [])

  const fetcher = useMemo(() => outputs && createFetcher(outputs, principal), [outputs, principal])
  if (fault) return <p role="alert" className="fault">{fault}</p>
  if (!outputs || !fetcher) return null
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      plugins={[DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN]}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultQuery={SAVED_OPERATIONS[0].query}
    >
      <HistoryContextProvider>
        <DocExplorerContextProvider>
          <PrincipalBar outputs={outputs} principal={principal} onChange={setPrincipal} />
          <main>
            <Story
              upload={(file) => uploadFile(file, principal, outputs)}
              latestImageId={() => latestImageId(principal, outputs)}
            />
            <GraphiQLInterface isHeadersEditorEnabled={false}>
              <GraphiQL.Logo>{' '}</GraphiQL.Logo>
            </GraphiQLInterface>
          </main>
        </DocExplorerContextProvider>
      </HistoryContextProvider>
    </GraphiQLProvider>
  )
}

createRoot(document.getElementById('explorer')!).render(<Explorer />)
