import { util } from '@aws-appsync/utils'

/**
 * How long a log file may come again, and who looked at an image before it was made anew may still be told of, in days.
 * CloudFront delivers within one day, and a file that can't be counted is kept for two. Source: CloudFront developer
 * guide, "Standard logging reference".
 */
const LATE_VIEWS_DAYS = 7

const SECONDS_PER_DAY = 24 * 60 * 60

/** When DynamoDB may drop what is kept for views that are told of late, in seconds since 1970. */
export function lateViewsEndEpochSeconds(): number {
  return util.time.nowEpochSeconds() + LATE_VIEWS_DAYS * SECONDS_PER_DAY
}
