/** One resource of the synthesized template, with every intrinsic function resolved to a plain value. */
export interface Resource {
  /** Its key in the template's `Resources`. */
  logicalId: string
  /** E.g. `AWS::S3::Bucket`. */
  type: string
  /** What `Ref` gives. */
  physicalId: string
  /** What `Fn::GetAtt` gives, by attribute name, e.g. `Arn`. */
  attributes: Record<string, string>
  /** The template's `Properties`, resolved. */
  properties: Record<string, unknown>
}

/** What `cdk synth` wrote, read and resolved. */
export interface Assembly {
  region: string
  accountId: string
  stackName: string
  resources: Resource[]
  /** The stack's outputs by key, resolved. */
  outputs: Record<string, string>
  /** Reads an asset's file or folder: `{bucket, key}` as the template names it -> absolute path below `cdk.out`. */
  assetPath(objectKey: string): string
}
