import { parseAmplifyConfig } from 'aws-amplify/utils'
import { expect, inject, it } from 'vitest'
import { amplifyOutputs } from '../../../local/amplify-outputs.ts'
import { readAssembly } from '../../../local/assembly/read-assembly.ts'
import { ENDPOINTS, PLACE } from '../assembly/given-assembly.ts'

const user = { username: 'demo@example.com', password: 'secret' }
const assembly = readAssembly(inject('assemblyDir'), PLACE)
const outputs = amplifyOutputs(assembly, ENDPOINTS, user)
const physicalId = (type: string) => assembly.resources.find((resource) => resource.type === type)?.physicalId

it("is read by Amplify's own parser", () => {
  const config = parseAmplifyConfig(outputs)
  expect(config.Auth?.Cognito).toMatchObject({
    userPoolId: physicalId('AWS::Cognito::UserPool'),
    userPoolClientId: physicalId('AWS::Cognito::UserPoolClient'),
    loginWith: { email: true },
    mfa: { status: 'off' },
  })
  expect(config.Auth?.Cognito.passwordFormat?.minLength).toBeGreaterThanOrEqual(8)
  expect(config.API?.GraphQL).toMatchObject({
    endpoint: `${ENDPOINTS.appsync.replace('http', 'HTTP')}/graphql`,
    region: PLACE.region,
    defaultAuthMode: 'userPool',
  })
})

it('tells under custom.local what is only true here', () => {
  expect(outputs.custom).toMatchObject({ local: { userPoolEndpoint: ENDPOINTS.aws, user } })
})
