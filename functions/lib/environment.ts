/** The one place that reads the process's environment. */

export type Variables = Readonly<Record<string, string | undefined>>

/**
 * Values of the named variables.
 * @throws Error that lists every name that is unset or empty, so that one deployment fixes them all
 */
export function readEnvironment<Name extends string>(
  names: readonly Name[],
  variables: Variables = process.env,
): Record<Name, string> {
  const missing = names.filter((name) => !variables[name])
  if (missing.length > 0) throw new Error(`Environment variables are missing: ${missing.join(', ')}.`)
  return Object.fromEntries(names.map((name) => [name, variables[name]])) as Record<Name, string>
}

/** Where S3 answers when not at AWS's own address: the variable that every AWS SDK knows. Undefined when unset. */
export function s3EndpointOverride(variables: Variables = process.env): string | undefined {
  return variables.AWS_ENDPOINT_URL_S3 || variables.AWS_ENDPOINT_URL || undefined
}

/** Where SQS answers when not at the queue's own URL. Undefined when unset. */
export function sqsEndpointOverride(variables: Variables = process.env): string | undefined {
  return variables.AWS_ENDPOINT_URL_SQS || variables.AWS_ENDPOINT_URL || undefined
}

export interface LambdaCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
}

/**
 * Credentials of the function's role, as Lambda puts them into the environment.
 * Source: Lambda developer guide, "Defined runtime environment variables".
 */
export function lambdaCredentials(variables: Variables = process.env): LambdaCredentials {
  const values = readEnvironment(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'], variables)
  return {
    accessKeyId: values.AWS_ACCESS_KEY_ID,
    secretAccessKey: values.AWS_SECRET_ACCESS_KEY,
    sessionToken: values.AWS_SESSION_TOKEN,
  }
}
