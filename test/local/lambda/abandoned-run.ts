import { functionResource, givenLambda } from './given.ts'

/** A run of its own process, for a test to kill: its one function connects to the port it is given and never yields. */
const port = Number(process.argv[2])
const code = `
  const { connect } = require('node:net')
  exports.handler = async () => {
    await new Promise((connected) => connect(${port}, '127.0.0.1', connected).on('error', () => {}))
    for (;;);
  }`
const given = givenLambda([functionResource('endless')], { endless: { 'index.js': code } })
process.send?.(given.folder)
await given.invoke('endless')
