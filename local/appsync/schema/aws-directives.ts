/**
 * Directives and scalars that AppSync knows without a definition in the schema. Source: developer guide, "Scalar
 * types" and "Using additional authorization modes".
 */
export const AWS_DEFINITIONS = /* GraphQL */ `
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_publish(subscriptions: [String!]!) on FIELD_DEFINITION
  directive @aws_auth(cognito_groups: [String!]) on FIELD_DEFINITION
  directive @aws_cognito_user_pools(cognito_groups: [String!]) on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
  directive @aws_api_key on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
  directive @aws_iam on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
  directive @aws_oidc on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
  directive @aws_lambda on OBJECT | FIELD_DEFINITION | INPUT_OBJECT
  scalar AWSDate
  scalar AWSTime
  scalar AWSDateTime
  scalar AWSTimestamp
  scalar AWSEmail
  scalar AWSJSON
  scalar AWSURL
  scalar AWSPhone
  scalar AWSIPAddress
`
