import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export const ENDPOINTS = {
  appsync: 'http://127.0.0.1:4100',
  s3: 'http://127.0.0.1:4101',
  cloudfront: 'http://127.0.0.1:4102',
  explorer: 'http://127.0.0.1:4104',
  aws: 'http://127.0.0.1:4103',
}
export const PLACE = { region: 'eu-west-1', accountId: '123456789012', endpoints: ENDPOINTS }

export interface GivenAssembly {
  directory: string
  remove(): void
}

/** A cloud assembly as `cdk synth` lays it out: one stack named Test, and one asset folder. */
export function givenAssembly(
  template: Record<string, unknown>,
  environment = 'aws://unknown-account/unknown-region',
): GivenAssembly {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'assembly-'))
  const write = (name: string, content: unknown) => writeFileSync(path.join(directory, name), JSON.stringify(content))
  write('manifest.json', {
    version: '48.0.0',
    artifacts: {
      'Test.assets': { type: 'cdk:asset-manifest', properties: { file: 'Test.assets.json' } },
      Test: {
        type: 'aws:cloudformation:stack',
        environment,
        properties: { templateFile: 'Test.template.json', requiresBootstrapStackVersion: 6 },
      },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  })
  write('Test.template.json', { Resources: {}, ...template })
  write('Test.assets.json', {
    version: '48.0.0',
    files: {
      abc: {
        source: { path: 'asset.abc', packaging: 'zip' },
        destinations: { any: { bucketName: 'cdk-assets', objectKey: 'abc.zip' } },
      },
    },
  })
  mkdirSync(path.join(directory, 'asset.abc'))
  return { directory, remove: () => rmSync(directory, { recursive: true }) }
}
