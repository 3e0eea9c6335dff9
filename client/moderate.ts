import { parseArgs } from 'node:util'
import { RECORD_IMAGE_LABELS } from '../generated/back-end-mutations.ts'
import type { Image, ModerationStatus, RecordImageLabelsInput } from '../generated/graphql.ts'
import { ClientError, runCommand } from './errors.ts'
import { executeAsOperator } from './operator-graphql.ts'
import { operatorClients } from './operator.ts'
import { readOutputs } from './outputs.ts'

const HELP = `npm run moderate -- ID OWNER clear|hold [options]

Decides whether an image that is READY may be shown: one that was held back is, or one that is shown no longer is.
Nothing that Rekognition says later changes that.

  ID               the image
  OWNER            whose it is, as Image.owner says
  clear            its owner is given the variants, and may make it PUBLIC
  hold             nobody is given the variants; whoever has the URL of one keeps it
  --outputs FILE   where to find Darkroom (default amplify_outputs.json)
  --operator FILE  key pair and addresses of the local run (default .local/operator.env); on AWS the usual credentials
                   are taken, of somebody who may call Mutation.recordImageLabels
  --help           this text

Exit code 0 when the image stands as decided.`

const DECISIONS: Record<string, Extract<ModerationStatus, 'CLEARED' | 'HELD'>> = { clear: 'CLEARED', hold: 'HELD' }

async function main(): Promise<number> {
  const { values, positionals } = readArguments()
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const [id, owner, decision = '', ...rest] = positionals
  const moderationStatus = DECISIONS[decision]
  if (!id || !owner || !moderationStatus || rest.length > 0) {
    throw new ClientError(`Expected ID OWNER clear|hold, got "${positionals.join(' ')}". See --help.`)
  }
  const outputs = await readOutputs(values.outputs)
  const url = outputs.data?.url ?? ''
  const { s3 } = await operatorClients(outputs, values.operator)
  const input: RecordImageLabelsInput = { id, owner, moderationStatus, decidedByOperator: true }
  const { recordImageLabels } = await executeAsOperator(url, s3, RECORD_IMAGE_LABELS, { input })
  const image = recordImageLabels as Image
  console.log(`Image ${image.id} is ${image.moderationStatus}, version ${image.version}.`)
  return image.moderationStatus === moderationStatus ? 0 : 1
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        outputs: { type: 'string', default: 'amplify_outputs.json' },
        operator: { type: 'string', default: '.local/operator.env' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new ClientError(`${(error as Error).message.split('. ')[0]}. See --help.`)
  }
}

await runCommand(main)
