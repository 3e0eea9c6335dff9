import type { Endpoints } from './ports.ts'

/** Services behind one port as `AWS_ENDPOINT_URL_<SERVICE>` spells them: service id, capital, `_` for a space. */
const ONE_PORT_SERVICES = ['DYNAMODB', 'SQS', 'REKOGNITION', 'COGNITO_IDENTITY_PROVIDER', 'LAMBDA', 'CLOUDFRONT']

/**
 * Variables by which an unmodified AWS SDK finds the local services. The one without a service's name catches all
 * others: their calls end here, with UnknownOperationException, and never leave the machine.
 * Source: AWS SDKs and Tools reference guide, "Service-specific endpoints".
 */
export function endpointEnvironment(endpoints: Endpoints): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoints.aws,
    // On AWS the functions run on a later Node than may be installed here; the SDK need not say so each time.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    ...Object.fromEntries(ONE_PORT_SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoints.aws])),
  }
}
