import { createSqs } from '../../../local/sqs/sqs.ts'
import { OPERATOR, arnOf, givenContext, queueResource } from './given.ts'

/** A run of its own process that kills itself right after a message was accepted and received. */
const sqs = createSqs(givenContext(process.argv[2] ?? '').context)
sqs.deploy([queueResource('jobs')])
sqs.send(arnOf('jobs'), { body: 'kept' }, OPERATOR)
await sqs.receive(arnOf('jobs'), { maxMessages: 1 }, OPERATOR)
process.kill(process.pid, 'SIGKILL')
