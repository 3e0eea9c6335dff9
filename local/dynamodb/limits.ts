/**
 * What DynamoDB holds transactions to.
 * Source: DynamoDB developer guide, "Amazon DynamoDB Transactions: How it works".
 */

/** Actions of one transaction, on as many different items. */
export const MAX_TRANSACTION_ACTIONS = 100

/** Size of all items that one transaction reads or writes, in bytes: 4 MB. */
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024

/** How long a finished transaction is known by its client request token, in milliseconds: 10 minutes. */
export const CLIENT_TOKEN_VALIDITY_MS = 10 * 60 * 1000

/** Characters of a client request token. Source: DynamoDB API Reference, TransactWriteItems. */
export const MAX_CLIENT_TOKEN_CHARACTERS = 36
