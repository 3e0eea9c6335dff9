import { Amplify } from 'aws-amplify'
import { parseAmplifyConfig } from 'aws-amplify/utils'

/** What a page reads of `amplify_outputs.json`; `npm start` and `npm run deploy` write it in Amplify's own format. */
export interface Outputs {
  data: { url: string; api_key?: string }
  auth: Record<string, unknown>
  /** What is only true of a local run. */
  custom?: { local?: { userPoolEndpoint?: string; user?: { username: string; password: string } } }
}

/** `Amplify.configure`, which is enough on AWS, and where a local run's user pool is: the format can't say that. */
export function configureAmplify(outputs: Outputs): void {
  const config = parseAmplifyConfig(outputs as never)
  const userPoolEndpoint = outputs.custom?.local?.userPoolEndpoint
  if (userPoolEndpoint && config.Auth) config.Auth.Cognito.userPoolEndpoint = userPoolEndpoint
  Amplify.configure(config)
}
