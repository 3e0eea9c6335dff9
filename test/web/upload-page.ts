import { getCurrentUser, signIn } from 'aws-amplify/auth'
import { ConsoleLogger } from 'aws-amplify/utils'
import { configureAmplify, type Outputs } from '../../web/configure-amplify.ts'
import { gallery } from '../../web/gallery.ts'
import { upload } from '../../web/upload.ts'

/** A page around the README's snippets: choose a file, and what became of it is shown; below, all that are READY. */
async function begin(): Promise<void> {
  // Amplify warns of a user pool that is not AWS's own, which the local one is not.
  ConsoleLogger.LOG_LEVEL = 'ERROR'
  const outputs = (await (await fetch('amplify_outputs.json')).json()) as Outputs
  configureAmplify(outputs)
  // Who opens another page is signed in already.
  await getCurrentUser().catch(() => signIn(outputs.custom!.local!.user!))

  const shown = document.querySelector('output')!
  gallery((images) => {
    const ready = [...images.values()].filter(({ status }) => status === 'READY')
    shown.textContent = ready.map(({ fileName }) => fileName).join(', ')
  })
  const chooser = document.querySelector('input')!
  chooser.addEventListener('change', () => {
    for (const file of chooser.files ?? []) void show(file)
  })
  chooser.disabled = false
}

async function show(file: File): Promise<void> {
  const figure = document.createElement('figure')
  try {
    const image = await upload(file)
    const caption = document.createElement('figcaption')
    caption.textContent = `${image.fileName} ${image.failure?.code ?? image.status}`
    figure.append(caption)
    for (const { url } of image.variants.filter(({ format }) => format === 'webp').slice(-1)) {
      const picture = document.createElement('img')
      picture.src = url
      await picture.decode()
      figure.append(picture)
    }
  } catch (refusal) {
    const [first] = (refusal as { errors?: Error[] }).errors ?? [refusal as Error]
    figure.textContent = `${file.name} ${first!.message}`
  }
  document.body.append(figure)
}

void begin()
