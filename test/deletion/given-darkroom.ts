import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { RekognitionClient } from '@aws-sdk/client-rekognition'
import { SQSClient } from '@aws-sdk/client-sqs'
import sharp from 'sharp'
import { systemClock } from '../../functions/lib/clock.ts'
import type { DevelopServices } from '../../functions/lib/develop-image.ts'
import { createEdgeCaches } from '../../functions/lib/edge-caches.ts'
import { createGraphqlClient } from '../../functions/lib/graphql-client.ts'
import { createLabelPictures, createRenditions } from '../../functions/lib/media-objects.ts'
import { createMessageQueue } from '../../functions/lib/message-queue.ts'
import { createMediaStore, createOriginalStore } from '../../functions/lib/object-store.ts'
import { createOriginalVersions } from '../../functions/lib/original-versions.ts'
import { createOutcomes } from '../../functions/lib/outcomes.ts'
import { createRemovals } from '../../functions/lib/removals.ts'
import type { RemoveServices } from '../../functions/lib/remove-image.ts'
import { createLabeler } from '../../functions/lib/rekognition.ts'
import { parseVariants } from '../../functions/lib/variant-settings.ts'
import type { Caller } from '../../local/aws/caller.ts'
import { AwsError } from '../../local/aws/errors.ts'
import type { AccessRequest } from '../../local/aws/iam.ts'
import { createAuthorizer } from '../../local/iam/authorize.ts'
import { givenMovedCloud, type MovedCloud } from '../e2e/given-moved-cloud.ts'
import { givenLog } from '../functions/given.ts'
import { clientConfig, queryAs, signIn, type Query } from '../local/start/given-client.ts'

/** A cloud, its user, and what the functions ask of it, in this process: with the rights of their roles. */
export interface Darkroom extends MovedCloud {
  /** As the user who owns every image. */
  query: Query
  idToken: string
  owner: string
  /** A JPEG that is large enough to be labelled. */
  picture: Buffer
  operator: { s3: S3Client; dynamodb: DynamoDBClient; sqs: SQSClient; cloudFront: CloudFrontClient }
  removing: RemoveServices
  developing: DevelopServices
  /** Which calls are refused until it is undefined again. */
  outage: { refuses?: ((caller: Caller, request: AccessRequest) => boolean) | undefined }
  /** Stores an object as the operator. */
  putObject(bucketOutput: 'OriginalsBucketName' | 'MediaBucketName', key: string, body: Buffer): Promise<void>
}

export async function givenDarkroom(): Promise<Darkroom> {
  const outage: Darkroom['outage'] = {}
  const { authorize } = createAuthorizer()
  const given = await givenMovedCloud({
    authorizer: {
      authorize(caller, request) {
        if (outage.refuses?.(caller, request)) throw new AwsError('AccessDenied', 'There is an outage.', 403)
        authorize(caller, request)
      },
    },
  })
  const { cloud } = given
  const { endpoints, assembly } = cloud
  const config = clientConfig(endpoints, assembly.outputs.UserPoolClientId!, cloud.demoUser)
  const idToken = await signIn(config)
  const claims = JSON.parse(Buffer.from(idToken.split('.')[1]!, 'base64url').toString()) as { sub: string }
  const operator = clientsOf(given, 'operator')
  const clients = [operator]
  const services = (role: string) => {
    const own = clientsOf(given, role)
    clients.push(own)
    return own
  }
  return {
    ...given,
    query: queryAs(config, idToken),
    idToken,
    owner: claims.sub,
    picture: await sharp({ create: { width: 160, height: 120, channels: 3, background: '#3377aa' } }).jpeg().toBuffer(),
    operator,
    removing: removeServices(given, services('RemovalRemoveImageRole')),
    developing: developServices(given, services('ProcessingProcessImageRole')),
    outage,
    async putObject(bucketOutput, Key, Body) {
      const Bucket = assembly.outputs[bucketOutput]
      await operator.s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'image/jpeg' }))
    },
    async stop() {
      for (const own of clients) for (const client of Object.values(own)) client.destroy()
      await given.stop()
    },
  }
}

/** Clients of a role by the beginning of its logical id, or of the operator. */
function clientsOf({ cloud }: MovedCloud, who: string) {
  const options = { region: cloud.assembly.region, credentials: credentialsOf(cloud, who), maxAttempts: 1 }
  const aws = { ...options, endpoint: cloud.endpoints.aws }
  return {
    s3: new S3Client({ ...options, endpoint: cloud.endpoints.s3 }),
    dynamodb: new DynamoDBClient(aws),
    sqs: new SQSClient(aws),
    cloudFront: new CloudFrontClient(aws),
    rekognition: new RekognitionClient(aws),
  }
}

function credentialsOf(cloud: MovedCloud['cloud'], who: string) {
  if (who === 'operator') return cloud.credentialsFor('operator')
  const role = cloud.assembly.resources.find(({ type, logicalId }) => {
    return type === 'AWS::IAM::Role' && logicalId.startsWith(who)
  })
  return cloud.credentialsFor({ roleArn: String(role?.attributes.Arn) })
}

type Clients = ReturnType<typeof clientsOf>

function graphqlOf({ cloud }: MovedCloud, role: string) {
  const url = `${cloud.endpoints.appsync}/graphql`
  const credentials = () => credentialsOf(cloud, role)
  return createGraphqlClient({ url, region: cloud.assembly.region, credentials, clock: systemClock, random: () => 0 })
}

function removeServices(given: MovedCloud, { s3, cloudFront }: Clients): RemoveServices {
  const { outputs, resources } = given.cloud.assembly
  const distribution = resources.find(({ type }) => type === 'AWS::CloudFront::Distribution')!
  return {
    removals: createRemovals(graphqlOf(given, 'RemovalRemoveImageRole')),
    originals: createOriginalVersions(s3, outputs.OriginalsBucketName!),
    renditions: createRenditions(s3, outputs.MediaBucketName!),
    edgeCaches: createEdgeCaches(cloudFront, distribution.physicalId),
    clock: systemClock,
    log: givenLog().log,
  }
}

function developServices(given: MovedCloud, { s3, rekognition }: Clients): DevelopServices {
  const { cloud } = given
  const { outputs, region } = cloud.assembly
  const role = 'ProcessingProcessImageRole'
  const queueAt = (queueUrl: string) => {
    const credentials = () => credentialsOf(cloud, role)
    return createMessageQueue({
      queueUrl, endpoint: cloud.endpoints.aws, region, credentials, clock: systemClock, random: () => 0,
    })
  }
  return {
    outcomes: createOutcomes(graphqlOf(given, role)),
    originals: createOriginalStore(s3),
    media: createMediaStore(s3, outputs.MediaBucketName!),
    variants: parseVariants('webp:160'),
    labeler: createLabeler(rekognition),
    moderator: undefined,
    labelPictures: createLabelPictures(s3, outputs.MediaBucketName!),
    labelQueue: queueAt(outputs.LabelsQueueUrl!),
    removals: queueAt(outputs.RemovalsQueueUrl!),
    tally: { finished: () => undefined, failed: () => undefined, labelsLater: () => undefined },
    clock: systemClock,
    log: givenLog().log,
  }
}
