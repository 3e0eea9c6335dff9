/** A service that functions call. */
export type Service = 's3' | 'aws' | 'appsync'

/** How a service says no. */
export interface Refusal {
  status: number
  type: string
  body: string
}

const HTTP_BAD_REQUEST = 400
const HTTP_UNAVAILABLE = 503

const throttled = (code: string): Refusal => ({
  status: HTTP_BAD_REQUEST,
  type: 'application/x-amz-json-1.1',
  body: JSON.stringify({ __type: code, message: 'Rate exceeded' }),
})

/**
 * What a throttled caller hears, in turn. Source: each service's API reference, "Common errors"; Rekognition has both.
 */
const REFUSALS: Record<Service, [Refusal, ...Refusal[]]> = {
  s3: [{
    status: HTTP_UNAVAILABLE,
    type: 'application/xml',
    body: '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>',
  }],
  aws: [throttled('ThrottlingException'), throttled('ProvisionedThroughputExceededException')],
  appsync: [{
    status: HTTP_UNAVAILABLE,
    type: 'application/json',
    body: '{"errors":[{"errorType":"ServiceUnavailable"}]}',
  }],
}

/** @param count how many there were before */
export function refusalOf(service: Service, count: number): Refusal {
  const [first, ...others] = REFUSALS[service]
  return [first, ...others][count % (others.length + 1)] ?? first
}
