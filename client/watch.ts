import { parseArgs } from 'node:util'
import { graphqlSentence, signInTo } from './darkroom.ts'
import { ClientError, runCommand } from './errors.ts'
import { syncImages } from './image-sync.ts'
import { imageTable } from './image-table.ts'
import { isUnfinished } from './is-unfinished.ts'
import { readOutputs, readUser } from './outputs.ts'
import { sinceJustNow } from './since-just-now.ts'

const HELP = `npm run watch [-- options]

Signs in, and shows every image of yours that ends, is changed or deleted, until Ctrl-C. Begins with those of the last
minute; misses none while the connection is lost.

  --json              one JSON line an image instead of a table
  --username NAME     who signs in (default: DARKROOM_USERNAME, else the local run's demo user)
  --password WORD     their password (default: DARKROOM_PASSWORD, else the demo user's)
  --outputs FILE      where to find Darkroom (default amplify_outputs.json)
  --help              this text`

async function main(): Promise<number> {
  const { values } = readArguments()
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const outputs = await readOutputs(values.outputs)
  const { username, password } = readUser(outputs, values)
  const darkroom = await signInTo(outputs, username, password)
  const sync = syncImages(darkroom.images, {
    from: sinceJustNow(),
    onChange(image) {
      if (isUnfinished(image)) return
      console.log(values.json ? JSON.stringify(image) : imageTable(image.fileName ?? image.id, image))
    },
    onError: (error) => console.error(`${graphqlSentence(error)} Trying again.`),
  })
  await sync.catchUp()
  console.error(`Watching the images of ${username}. Ctrl-C ends.`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  sync.stop()
  await darkroom.close()
  return 0
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        username: { type: 'string' },
        password: { type: 'string' },
        outputs: { type: 'string', default: 'amplify_outputs.json' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new ClientError(`${(error as Error).message.split('. ')[0]}. See --help.`)
  }
}

await runCommand(main)
