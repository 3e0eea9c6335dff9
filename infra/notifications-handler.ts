import { Validations, type Stack } from 'aws-cdk-lib'

/** Id of the Lambda function by which the CDK sets buckets' notifications. Source: aws-cdk-lib/aws-s3. */
const HANDLER_ID = 'BucketNotificationsHandler050a0587b7544547bf325f094a3db834'

/**
 * CloudFormation alone can't set a bucket's notifications without a circle between bucket and queue policy. The CDK
 * brings a function for it that runs at deploy time only, and whose runtime and log policy are the CDK's.
 */
export function acknowledgeNotificationsHandler(stack: Stack): void {
  const handler = stack.node.tryFindChild(HANDLER_ID)
  if (!handler) return
  Validations.of(handler).acknowledge(
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: 'The CDK\'s own function, which sets the notifications at deploy time, writes its log by it.',
    },
    { id: 'AwsSolutions-L1', reason: 'The runtime of the CDK\'s own function comes with the version of the CDK.' },
  )
}
