import { describe, expect, it } from 'vitest'
import { App } from 'aws-cdk-lib'
import { DEFAULT_VARIANTS } from '../../functions/lib/variant-settings.ts'
import { readContext } from '../../infra/command-line.ts'
import { readSettings } from '../../infra/settings.ts'
import { givenFolder } from './given.ts'

const folder = givenFolder()
const settingsOf = (context: Record<string, string>) => readSettings(new App({ context, outdir: folder.path }).node)
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b'

describe('settings', () => {
  it('keep everything, let every origin upload, process five images at a time and moderate none by default', () => {
    expect(settingsOf({})).toEqual({
      retain: true, allowedOrigins: ['*'], processingConcurrency: 5, variants: DEFAULT_VARIANTS, countViews: true,
    })
  })

  it('ask for moderation from half sure on, or as said', () => {
    expect(settingsOf({ moderation: 'false' })).not.toHaveProperty('moderationMinConfidence')
    expect(settingsOf({ moderation: 'true' })).toMatchObject({ moderationMinConfidence: 50 })
    expect(settingsOf({ moderation: 'true', moderationMinConfidence: '72.5' })).toMatchObject({
      moderationMinConfidence: 72.5,
    })
  })

  it('take what is said on the command line', () => {
    expect(settingsOf({
      retain: 'false',
      allowedOrigins: 'https://a.example, http://127.0.0.1:5173',
      processingConcurrency: '1000',
      variants: 'avif:1920,480;jpeg:1080',
      countViews: 'false',
      mediaDomainName: 'img.example',
      mediaCertificateArn: CERTIFICATE,
      alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
    })).toEqual({
      retain: false,
      allowedOrigins: ['https://a.example', 'http://127.0.0.1:5173'],
      processingConcurrency: 1_000,
      variants: 'avif:1920,480;jpeg:1080',
      countViews: false,
      mediaDomain: { name: 'img.example', certificateArn: CERTIFICATE },
      alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
    })
  })

  it.each([
    [{ retain: 'no' }, 'retain must be true or false, got "no".'],
    [{ retain: '' }, 'retain must be true or false, got "".'],
    [{ allowedOrigins: 'photos.example.com/' }, 'got "photos.example.com/".'],
    [{ processingConcurrency: '1' }, 'processingConcurrency must be an integer between 2 and 1000, got "1".'],
    [{ processingConcurrency: '1001' }, 'got "1001".'],
    [{ processingConcurrency: '2.5' }, 'got "2.5".'],
    [{ variants: 'gif:1080' }, 'got "gif:1080"'],
    [{ moderation: 'yes' }, 'moderation must be true or false, got "yes".'],
    [{ countViews: 'no' }, 'countViews must be true or false, got "no".'],
    [{ moderationMinConfidence: '60' }, 'moderationMinConfidence goes with moderation=true'],
    [{ moderation: 'true', moderationMinConfidence: '101' }, 'a number between 0 and 100, got "101".'],
    [{ moderation: 'true', moderationMinConfidence: 'high' }, 'got "high".'],
    [{ mediaDomainName: 'img.example' }, 'belong together'],
    [{ mediaDomainName: 'a.example', mediaCertificateArn: CERTIFICATE.replace('us-east-1', 'eu-west-1') }, 'us-east-1'],
    [{ alarmTopicArn: 'alarms' }, 'alarmTopicArn must be the ARN of an SNS topic, got "alarms".'],
  ])('refuse %o', (context, sentence) => {
    expect(() => settingsOf(context)).toThrow(sentence)
  })

  it('refuse a name that is not known: a misspelt one would go unnoticed', () => {
    expect(readContext(['retain=false', 'stackName=A=B'])).toEqual({ retain: 'false', stackName: 'A=B' })
    expect(() => readContext(['retian=true'])).toThrow('got "retian=true"')
    expect(() => readContext(['retain'])).toThrow('-c must be NAME=VALUE')
    expect(() => readContext(['=true'])).toThrow('got "=true"')
  })
})
