import { RECORD_IMAGE_LABELS } from '../generated/back-end-mutations.ts'
import type { Image, RecordImageLabelsInput } from '../generated/graphql.ts'
import { runCommand } from './errors.ts'
import { heldImagesText } from './held-images-text.ts'
import { listHeldImages } from './held-images.ts'
import { readModerateArguments } from './moderate-arguments.ts'
import { executeAsOperator } from './operator-graphql.ts'
import { operatorClients } from './operator.ts'
import { readOutputs } from './outputs.ts'

const HELP = `npm run moderate -- ID OWNER clear|hold [options]
npm run moderate -- --list [--json] [options]

Decides whether an image that is READY may be shown: one that was held back is, or one that is shown no longer is.
Nothing that Rekognition says later changes that. Or lists all images, whoever owns them, that wait for a decision:
what was found on each, and where its smallest variant is to be looked at.

  ID               the image
  OWNER            whose it is, as Image.owner says
  clear            its owner is given the variants, and may make it PUBLIC
  hold             nobody is given the variants; whoever has the URL of one keeps it
  --list           the images that are HELD or UNAVAILABLE, newest first
  --json           with --list: all that is known of them, as JSON instead of a table
  --outputs FILE   where to find Darkroom (default amplify_outputs.json)
  --operator FILE  key pair and addresses of the local run (default .local/operator.env); on AWS the usual credentials
                   are taken, of somebody who may call Mutation.recordImageLabels and Query.heldImages
  --help           this text

Exit code 0 when the image stands as decided, or all are listed.`

async function main(): Promise<number> {
  const { help, decision, json, ...files } = readModerateArguments(process.argv.slice(2))
  if (help) {
    console.log(HELP)
    return 0
  }
  const outputs = await readOutputs(files.outputs)
  const url = outputs.data?.url ?? ''
  const { s3 } = await operatorClients(outputs, files.operator)
  if (!decision) {
    console.log(heldImagesText(await listHeldImages(url, s3), { json }))
    return 0
  }
  const input: RecordImageLabelsInput = { ...decision, decidedByOperator: true }
  const { recordImageLabels } = await executeAsOperator(url, s3, RECORD_IMAGE_LABELS, { input })
  const image = recordImageLabels as Image
  console.log(`Image ${image.id} is ${image.moderationStatus}, version ${image.version}.`)
  return image.moderationStatus === decision.moderationStatus ? 0 : 1
}

await runCommand(main)
