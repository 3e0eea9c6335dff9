import type { RequestListener } from 'node:http'
import sirv from 'sirv'

/** The file from which pages learn the addresses of everything else. */
export const OUTPUTS_PATH = '/amplify_outputs.json'

/**
 * Serves a folder of built pages, and beside them the outputs of this run.
 * @param folder absolute path; a request for anything outside of it is answered 404
 * @param outputs called for every request, so that pages never read stale addresses
 */
export function createPages(folder: string, outputs: () => unknown): RequestListener {
  const files = sirv(folder, { dev: true, etag: true })
  return (request, response) => {
    if (request.url?.split('?')[0] === OUTPUTS_PATH) {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(outputs()))
      return
    }
    files(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' })
      response.end('There is no such page.\n')
    })
  }
}
