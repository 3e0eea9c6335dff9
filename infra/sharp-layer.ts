import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'

export interface SharpLayerProps {
  /** The folder that holds `nodejs/node_modules`. */
  folder: string
}

/** sharp with its native parts for the functions' processor, which need not be this machine's; and libheif. */
export class SharpLayer extends LayerVersion {
  constructor(scope: Construct, id: string, props: SharpLayerProps) {
    super(scope, id, {
      description: 'sharp for Linux on arm64, and libheif',
      code: Code.fromAsset(props.folder),
      compatibleArchitectures: [Architecture.ARM_64],
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      license: 'Apache-2.0 AND LGPL-3.0-or-later',
    })
  }
}
