import { parseArgs } from 'node:util'
import { ClientError, runCommand } from './errors.ts'
import { operatorClients } from './operator.ts'
import { readOutputs } from './outputs.ts'
import { redriveDeadLetters, redriveImages } from './redrive-messages.ts'
import { countMessages, findQueues } from './redrive-queues.ts'

const HELP = `npm run redrive [-- options]

Has the images that FAILED within the last 14 days developed once more, those whose originals are still there, the
uploads looked for that could not be, what is left of deleted images removed, and views counted that were not. Mend what
was broken first: what fails again is FAILED again.

  --dry-run        only say how many there are
  --stack NAME     name of the stack (default Darkroom)
  --outputs FILE   where to find Darkroom (default amplify_outputs.json)
  --operator FILE  key pair and addresses of the local run (default .local/operator.env); on AWS the usual credentials
                   are taken, of somebody who may use the stack's queues and read its originals
  --help           this text

Exit code 0 unless a message could not be read.`

async function main(): Promise<number> {
  const values = readArguments()
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const outputs = await readOutputs(values.outputs)
  const { sqs, s3 } = await operatorClients(outputs, values.operator)
  try {
    const queues = await findQueues(sqs, values.stack)
    if (values['dry-run']) {
      const counts = [`${await countMessages(sqs, queues.failed)} ${IMAGES}`]
      for (const { what, from } of queues.deadLetters) counts.push(`${await countMessages(sqs, from)} ${what}`)
      console.log(`${listed(counts)} would be sent back.`)
      return 0
    }
    const services = { sqs, s3, startedAt: Date.now() }
    const { sent, gone, unreadable } = await redriveImages(queues, services)
    const counts = [`${sent} ${IMAGES}`]
    for (const letters of queues.deadLetters) {
      counts.push(`${await redriveDeadLetters(letters, services)} ${letters.what}`)
    }
    console.log(`${listed(counts)} were sent back.`)
    if (gone > 0) console.log(`${gone} stay FAILED: their originals are gone.`)
    if (unreadable > 0) console.log(`${unreadable} messages are no S3 events; they stay in ${queues.failed}.`)
    return unreadable > 0 ? 1 : 0
  } catch (error) {
    throw error instanceof ClientError ? error : new ClientError(sentence(error))
  }
}

const IMAGES = 'failed images'

function listed(counts: string[]): string {
  return new Intl.ListFormat('en-GB').format(counts)
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        'dry-run': { type: 'boolean', default: false },
        stack: { type: 'string', default: 'Darkroom' },
        outputs: { type: 'string', default: 'amplify_outputs.json' },
        operator: { type: 'string', default: '.local/operator.env' },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new ClientError(`${(error as Error).message.split('. ')[0]}. See --help.`)
  }
}

/** What AWS, or the way there, says is wrong, in one line. */
function sentence(error: unknown): string {
  const { name, message, code } = error as Error & { code?: string }
  if (code === 'ECONNREFUSED') return 'Nobody answers there. Is Darkroom running? Start it with `npm start`.'
  return `Not all was sent back: ${name}: ${message}`
}

await runCommand(main)
