import { cp, mkdir, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layerAsset, readTemplate, retainedResources } from '../../infra/assembly.ts'
import { assertDeployable } from '../../infra/deployable.ts'
import { SHARP_LAYER_SOURCE } from '../../infra/layers/install.ts'
import { DEFAULT_STACK_NAME, synthesize } from '../../infra/synth.ts'
import { givenFolder, propertiesOf } from './given.ts'

describe('what a deployment may choose', () => {
  const folder = givenFolder()

  it('reaches the template', async () => {
    const { stack } = await synthesize({
      out: folder.path,
      context: {
        stackName: 'Gallery',
        retain: 'false',
        allowedOrigins: 'https://a.example',
        processingConcurrency: '50',
        variants: 'avif:1920,480;jpeg:1080',
        moderation: 'true',
        moderationMinConfidence: '70',
        countViews: 'false',
        mediaDomainName: 'img.example',
        mediaCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b',
        alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
      },
    })
    expect(stack.stackName).toBe('Gallery')
    expect(stack.stackName).not.toBe(DEFAULT_STACK_NAME)
    const template = await readTemplate(folder.path, 'Gallery')
    expect(retainedResources(template)).toEqual([])
    const all = (type: string) => Object.values(propertiesOf(template, type))
    expect(all('AWS::DynamoDB::GlobalTable')).toMatchObject([{ Replicas: [{ DeletionProtectionEnabled: false }] }])
    expect(all('AWS::Cognito::UserPool')).toMatchObject([{ DeletionProtection: 'INACTIVE' }])
    expect(all('Custom::S3AutoDeleteObjects')).toHaveLength(2)
    expect(Object.keys(propertiesOf(template, 'AWS::Lambda::Function'))).not.toContain('ViewCountingCountViewsFunction')
    expect(JSON.stringify(all('AWS::CloudFront::Distribution'))).not.toContain('"Logging"')
    expect(propertiesOf(template, 'AWS::S3::Bucket')['OriginalsBucket']).toMatchObject({
      CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['https://a.example'] }] },
    })
    expect(propertiesOf(template, 'AWS::Lambda::EventSourceMapping')['ProcessingArrivalsToProcessImage'])
      .toMatchObject({ ScalingConfig: { MaximumConcurrency: 50 } })
    const functions = propertiesOf(template, 'AWS::Lambda::Function')
    const moderated = { Environment: { Variables: { MODERATION_MIN_CONFIDENCE: '70' } } }
    expect(functions['ProcessingProcessImageFunction']).toMatchObject(moderated)
    expect(functions['ProcessingProcessImageFunction']).toMatchObject({
      Environment: { Variables: { VARIANTS: 'avif:1920,480;jpeg:1080' } },
    })
    expect(functions['LabellingLabelImageFunction']).toMatchObject(moderated)
    const roles = propertiesOf(template, 'AWS::IAM::Role')
    for (const role of ['ProcessingProcessImageRole', 'LabellingLabelImageRole']) {
      expect(JSON.stringify(roles[role])).toContain('"rekognition:DetectLabels","rekognition:DetectModerationLabels"')
    }
    expect(all('AWS::CloudFront::Distribution')).toMatchObject([{
      DistributionConfig: {
        Aliases: ['img.example'], ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
    }])
    expect(all('AWS::AppSync::GraphQLApi')).toMatchObject([
      { EnvironmentVariables: { MEDIA_BASE_URL: 'https://img.example' } },
    ])
    for (const alarm of all('AWS::CloudWatch::Alarm')) {
      expect(alarm['AlarmActions']).toEqual(['arn:aws:sns:eu-west-1:111122223333:alarms'])
    }
  })

  it('is not sharp where it was never installed: then the layer is a note, and a deploy is refused', async () => {
    const out = join(folder.path, 'without-layer')
    const layerSource = join(folder.path, 'never-installed')
    await mkdir(layerSource)
    for (const file of ['package.json', 'package-lock.json']) {
      await cp(join(SHARP_LAYER_SOURCE, file), join(layerSource, file))
    }
    const { hasLayer } = await synthesize({ out, layerSource })
    expect(hasLayer).toBe(false)
    const asset = layerAsset(out, await readTemplate(out, DEFAULT_STACK_NAME)) ?? ''
    expect(await readdir(asset, { recursive: true })).toEqual(['nodejs', join('nodejs', 'package.json')])
    await expect(assertDeployable(out, DEFAULT_STACK_NAME)).rejects.toThrow(/^Not deployed: [^\n]*missing[^\n]*$/)
  })
})

describe('the assembly', () => {
  const folder = givenFolder()

  it('is the same for the same sources, wherever it is written', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map(async (name) => {
      const out = join(folder.path, name)
      await synthesize({ out })
      const [template, assets] = await Promise.all(['template', 'assets'].map((kind) =>
        readFile(join(out, `${DEFAULT_STACK_NAME}.${kind}.json`), 'utf8')))
      return { template, assets }
    }))
    expect(one).toEqual(two)
  })
})
