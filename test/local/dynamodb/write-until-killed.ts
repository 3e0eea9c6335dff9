import { givenDynamoDB, imagesTable, operator, TABLE, TRANSACTION_PARTS } from './given-dynamodb.ts'

/**
 * Puts item after item into the data folder of its argument, and each time some more in a transaction; prints a number
 * when both were answered.
 */
const { dynamodb } = await givenDynamoDB(imagesTable(), process.argv[2])
const item = (id: string) => ({ id: { S: id }, facet: { S: 'IMAGE' }, facetKey: { S: 'me#READY' } })
for (let n = 1; ; n += 1) {
  await dynamodb.call('PutItem', { TableName: TABLE, Item: item(String(n)) }, operator)
  const TransactItems = Array.from({ length: TRANSACTION_PARTS }, (_, part) => ({
    Put: { TableName: TABLE, Item: item(`${n}/${part}`) },
  }))
  await dynamodb.call('TransactWriteItems', { TransactItems }, operator)
  process.stdout.write(`${n}\n`)
}
