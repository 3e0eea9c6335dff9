import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function, Runtime, Tracing, type ILayerVersion } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acknowledgeWildcard } from './wildcards.ts'

/** Where the metrics of every function are found in CloudWatch. */
export const METRICS_NAMESPACE = 'Darkroom'

export interface LambdaFunctionProps {
  /** Name of the file in `functions/`, without its ending; traces, logs and metrics carry it. */
  name: string
  description: string
  /** The folder that holds `index.js`. */
  bundleFolder: string
  /** In MiB; a vCPU comes with each 1,769. */
  memorySize: number
  timeout: Duration
  environment: Record<string, string>
  /** All that the function may do, besides writing its own log and trace. */
  grants: PolicyStatement[]
  /** @default - none */
  layers?: ILayerVersion[]
}

/** A Lambda function with a log, a trace and a role of its own; the role is complete here and grows nowhere else. */
export class LambdaFunction extends Construct {
  readonly function: Function
  readonly role: Role

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id)
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${props.name} may do`,
      inlinePolicies: { Grants: new PolicyDocument({ statements: [...ownLogAndTrace(logGroup), ...props.grants] }) },
    })
    acknowledgeWildcard(this.role, '*', 'X-Ray and Rekognition know no resources to name: every action is on *.')
    this.function = new Function(this, 'Function', {
      description: props.description,
      code: Code.fromAsset(props.bundleFolder),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      role: this.role.withoutPolicyUpdates(),
      logGroup,
      tracing: Tracing.ACTIVE,
      environment: {
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
        POWERTOOLS_LOG_LEVEL: 'INFO',
        ...props.environment,
      },
      ...(props.layers ? { layers: props.layers } : {}),
    })
  }
}

function ownLogAndTrace(logGroup: LogGroup): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'WriteOwnLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
    new PolicyStatement({
      sid: 'WriteTraces',
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      resources: ['*'],
    }),
  ]
}
