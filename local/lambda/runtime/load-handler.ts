import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { Module, createRequire } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runtimeError } from './error-document.ts'

export type Handler = (event: unknown, context: unknown) => unknown

/** What Node's CommonJS loader offers beyond its documented face. */
interface LoaderModule {
  _compile(code: string, file: string): void
}
interface Loader {
  _extensions: Record<string, (module: LoaderModule, file: string) => void>
}

/** In the order in which Lambda looks for them. */
const EXTENSIONS = ['.js', '.mjs', '.cjs']
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')
/** From this many parameters on a handler expects a callback. */
const CALLBACK_ARITY = 3

/** The nearest `package.json` inside of the function's folder decides what `.js` is; on Lambda there is none above. */
function isModuleScope(file: string, taskRoot: string): boolean {
  for (let folder = dirname(file); !relative(taskRoot, folder).startsWith('..'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest)) {
      return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }).type === 'module'
    }
  }
  return false
}

/** `.js` of the function is CommonJS unless its own folder says otherwise, whatever the project around it says. */
function treatAsCommonJs(taskRoot: string): void {
  const extensions = (Module as unknown as Loader)._extensions
  const standard = extensions['.js']
  extensions['.js'] = (module, file) => {
    const inside = file.startsWith(taskRoot + sep) && !file.includes(`${sep}node_modules${sep}`)
    if (inside && !isModuleScope(file, taskRoot)) module._compile(readFileSync(file, 'utf8'), file)
    else standard?.(module, file)
  }
}

async function loadModule(file: string, taskRoot: string): Promise<unknown> {
  const isModule = file.endsWith('.mjs') || (file.endsWith('.js') && isModuleScope(file, taskRoot))
  if (isModule) return import(pathToFileURL(file).href)
  treatAsCommonJs(taskRoot)
  return createRequire(file)(file) as unknown
}

function asImportError(thrown: unknown): unknown {
  if (thrown instanceof SyntaxError) return runtimeError('Runtime.UserCodeSyntaxError', String(thrown), thrown)
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  const missing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND'
  return missing ? runtimeError('Runtime.ImportModuleError', String(thrown), thrown) : thrown
}

/**
 * @param taskRoot absolute path of the unpacked code
 * @param name as the template has it: `index.handler`, `folder/file.handler`
 * @throws Error named `Runtime.` MalformedHandlerName, ImportModuleError, UserCodeSyntaxError or HandlerNotFound
 */
export async function loadHandler(taskRoot: string, name: string): Promise<Handler> {
  // Node's loaders see files without symbolic links.
  const root = realpathSync(taskRoot)
  const match = /^(?!.*\.\.)(.*?)([^/]*?)\.(.+)$/.exec(name)
  if (!match) throw runtimeError('Runtime.MalformedHandlerName', `Bad handler "${name}": expected <file>.<export>`)
  const stem = resolve(root, `${match[1] ?? ''}${match[2] ?? ''}`)
  const exportPath = match[3] ?? ''
  const file = EXTENSIONS.map((extension) => stem + extension).find((candidate) => existsSync(candidate))
  if (!file) {
    const message = `Error: Cannot find module '${relative(root, stem)}' in ${root}`
    throw runtimeError('Runtime.ImportModuleError', message)
  }
  let loaded: unknown
  try {
    loaded = await loadModule(file, root)
  } catch (thrown) {
    throw asImportError(thrown)
  }
  let handler = loaded
  for (const key of exportPath.split('.')) handler = (handler as Record<string, unknown> | undefined)?.[key]
  if (typeof handler !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`)
  }
  if ((handler as unknown as Record<symbol, unknown>)[STREAMING] !== undefined) {
    throw runtimeError('NotImplemented', 'Response streaming is not emulated by the local run; use AWS for it.')
  }
  if (handler.length >= CALLBACK_ARITY) {
    const message = 'A handler with a callback is not emulated by the local run; make it async, or use AWS for it.'
    throw runtimeError('NotImplemented', message)
  }
  return handler as Handler
}
