import { Duration } from 'aws-cdk-lib'
import {
  Alarm, ComparisonOperator, Metric, Stats, TreatMissingData, type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { AccessLogs } from './access-logs.ts'
import type { Api } from './api.ts'
import type { ExpiryQueue } from './expiry-queue.ts'
import type { LabelQueue } from './label-queue.ts'
import type { Processing } from './processing.ts'
import type { RemovalQueue } from './removal-queue.ts'

/** How often an alarm looks. */
const PERIOD = Duration.minutes(5)

/** How old the oldest image that waits may be, in seconds: people look at the screen for that long. */
const MAX_QUEUE_AGE_SECONDS = 300

/** How old the oldest question to Rekognition may be, in seconds: by then it was asked again some times. */
const MAX_LABELS_AGE_SECONDS = 3_600

/** How many requests in five minutes may fail on AppSync's side. */
const MAX_SERVER_ERRORS = 5

/** For how many periods a dead letter may lie there before it is one whose consumer fails. */
const UNTOLD_PERIODS = 2

export interface ObservabilityProps {
  api: Api
  processing: Processing
  checks: ExpiryQueue
  labels: LabelQueue
  removals: RemovalQueue
  /** @default - views are not counted */
  logs?: AccessLogs
  functions: Record<string, Function>
  /** @default - nobody is called */
  alarmTopicArn?: string
}

/** What somebody should hear of: images that fail or wait, functions that err, an API that does. */
export class Observability extends Construct {
  private readonly topic: ITopic | undefined

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id)
    this.topic = props.alarmTopicArn ? Topic.fromTopicArn(this, 'Topic', props.alarmTopicArn) : undefined
    const { queue, deadLetterQueue, recordFailure } = props.processing
    this.alarm('ImagesWait', 'Images wait for longer than five minutes to be processed', MAX_QUEUE_AGE_SECONDS,
      queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: Stats.MAXIMUM }))
    this.alarm('ImagesFail', 'An image could not be processed, its owner was told: mend it, then npm run redrive', 0,
      recordFailure.metricInvocations({ period: PERIOD }))
    this.alarm('DeadLettersStay', 'An image could not be processed, and its owner could not be told', 0,
      deadLetterQueue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: Stats.MAXIMUM }), UNTOLD_PERIODS)
    const { deadLetterQueue: deadChecks } = props.checks
    this.alarm('ChecksFail', 'Whether an upload came could not be found out: mend it, then npm run redrive', 0,
      deadChecks.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }))
    this.addLabelAlarms(props.labels)
    const { deadLetterQueue: deadRemovals } = props.removals
    this.alarm('RemovalsFail', 'What is left of a deleted image could not be removed: mend it, then npm run redrive', 0,
      deadRemovals.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }))
    if (props.logs) {
      const { deadLetterQueue: deadLogFiles } = props.logs
      this.alarm('ViewsFail', 'Views could not be counted: mend it within two days, then have SQS redrive the events', 0,
        deadLogFiles.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }))
    }
    for (const [name, lambda] of Object.entries(props.functions)) {
      this.alarm(`${name}Errors`, `${name} ended with an error`, 0, lambda.metricErrors({ period: PERIOD }))
      this.alarm(`${name}Throttles`, `${name} was throttled`, 0, lambda.metricThrottles({ period: PERIOD }))
    }
    this.alarm('ApiServerErrors', 'AppSync answers 5xx', MAX_SERVER_ERRORS, new Metric({
      namespace: 'AWS/AppSync',
      metricName: '5XXError',
      dimensionsMap: { GraphQLAPIId: props.api.graphqlApi.apiId },
      statistic: Stats.SUM,
      period: PERIOD,
    }))
  }

  private addLabelAlarms({ queue, deadLetterQueue }: LabelQueue): void {
    this.alarm('LabelsWait', 'Rekognition has not answered for an hour: raise its quota, or process fewer at a time',
      MAX_LABELS_AGE_SECONDS, queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: Stats.MAXIMUM }))
    this.alarm('LabelsFail', 'An image stays without its labels, or held back: Rekognition gave no answer for hours', 0,
      deadLetterQueue.metricNumberOfMessagesReceived({ period: PERIOD, statistic: Stats.SUM }))
    this.alarm('DeadLabelsStay', 'An image has no labels, and that could not be recorded', 0,
      deadLetterQueue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: Stats.MAXIMUM }), UNTOLD_PERIODS)
  }

  /** @param threshold the alarm rings above it */
  private alarm(id: string, alarmDescription: string, threshold: number, metric: IMetric, evaluationPeriods = 1): void {
    const alarm = new Alarm(this, id, {
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    if (this.topic) alarm.addAlarmAction(new SnsAction(this.topic))
  }
}
