import { givenDynamoDB, imagesTable, operator, TABLE } from './given-dynamodb.ts'

/** Puts item after item into the data folder of its argument, and prints a number when each was answered. */
const { dynamodb } = await givenDynamoDB(imagesTable(), process.argv[2])
for (let n = 1; ; n += 1) {
  const Item = { id: { S: String(n) }, facet: { S: 'IMAGE' }, facetKey: { S: 'me#READY' } }
  await dynamodb.call('PutItem', { TableName: TABLE, Item }, operator)
  process.stdout.write(`${n}\n`)
}
