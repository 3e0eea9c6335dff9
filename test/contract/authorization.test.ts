import { generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { as, ask, AS_NOBODY, asGuest, errorTypes, post, type Asker, type WireError } from './given/graphql.ts'
import { givenPerson } from './given/target.ts'
import { claimsOf, type Person } from './target/people.ts'

let owner: Person
/** Says what the owner's token says, but the pool never signed it. */
let forged: string
beforeAll(async () => {
  owner = await givenPerson('authorization')
  const { privateKey } = await generateKeyPair('RS256')
  const header = JSON.parse(Buffer.from(owner.idToken.split('.')[0]!, 'base64url').toString('utf8')) as { kid: string }
  forged = await new SignJWT(claimsOf(owner.idToken)).setProtectedHeader({ alg: 'RS256', ...header }).sign(privateKey)
})

/** The same claims under the same signature's place, with one letter changed. */
const tampered = (token: string) => token.slice(0, -8) + (token.at(-8) === 'A' ? 'B' : 'A') + token.slice(-7)

describe('who is nobody', () => {
  const nobodies: [string, () => Asker][] = [
    ['without credentials', () => AS_NOBODY],
    ['with a wrong API key', () => ({ 'x-api-key': 'da2-wrongwrongwrongwrongwrongwr' })],
    ['with a token that is none', () => ({ authorization: 'not.a.token' })],
    ["with a token that somebody else signed, under the pool's key id", () => ({ authorization: forged })],
    ['with a token whose signature was changed', () => ({ authorization: tampered(owner.idToken) })],
    ['with an empty token', () => ({ authorization: '' })],
  ]
  it.each(nobodies)('is refused with 401 and UnauthorizedException: %s', async (_, asker) => {
    const response = await post(asker(), { query: '{ image(id: "x") { id } }' })
    expect(response.status).toBe(401)
    const { data, errors } = (await response.json()) as { data?: unknown; errors: WireError[] }
    expect([data ?? null, errors.map(({ errorType }) => errorType)]).toEqual([null, ['UnauthorizedException']])
  })
})

describe('who is signed in', () => {
  it.each(['idToken', 'accessToken'] as const)('gets in by the %s', async (token) => {
    const { status, data } = await ask({ authorization: owner[token] }, '{ images { items { id } nextToken } }')
    expect([status, data]).toEqual([200, { images: { items: [], nextToken: null } }])
  })

  it.each([
    ['recordImageProcessed', 'input: { id: "x", owner: "y", status: PROCESSING }'],
    ['recordImageLabels', 'input: { id: "x", owner: "y", labelsStatus: UNAVAILABLE }'],
    ['recordImageRemoved', 'input: { id: "x", owner: "y" }'],
    ['recordImageViews', 'input: { mediaKey: "x", logFile: "y", views: 1, lastViewedAt: "1970-01-01T00:00:00Z" }'],
    ['publishImageChange', 'id: "x"'],
  ])('is refused %s, which is for the back end, and stays answered otherwise', async (field, args) => {
    const { status, data, errors } = await ask(as(owner), `mutation { ${field}(${args}) { id } }`)
    expect([status, data]).toEqual([200, { [field]: null }])
    expect(errors).toMatchObject([{ errorType: 'Unauthorized', path: [field] }])
  })

  it("is refused heldImages, which is for operators and tells of everybody's images", async () => {
    const { status, data, errors } = await ask(as(owner), '{ heldImages { nextToken } }')
    expect([status, data]).toEqual([200, null])
    expect(errors).toMatchObject([{ errorType: 'Unauthorized', path: ['heldImages'] }])
  })
})

describe('a guest', () => {
  it.each([
    ['Query.images', '{ images { nextToken } }'],
    ['Query.labels', '{ labels { nextToken } }'],
    ['Query.similarImages', '{ similarImages(id: "x") { isMore } }'],
    ['Query.heldImages', '{ heldImages { nextToken } }'],
    ['Query.imageChanges', '{ imageChanges(since: "1970-01-01T00:00:00Z") { nextToken } }'],
    ['Mutation.requestUploads',
      'mutation { requestUploads(inputs: [{ fileName: "a", contentType: "a/b", byteSize: 1 }]) { error { type } } }'],
    ['Mutation.deleteImage', 'mutation { deleteImage(id: "x") { id } }'],
    ['Mutation.deleteImages', 'mutation { deleteImages(ids: ["x"]) { id } }'],
    ['Mutation.reprocessImage', 'mutation { reprocessImage(id: "x") { id } }'],
    ['Mutation.requestUpload',
      'mutation { requestUpload(input: { fileName: "a", contentType: "image/png", byteSize: 1 }) { image { id } } }'],
    ['Mutation.updateImage', 'mutation { updateImage(input: { id: "x", title: "t" }) { id } }'],
    ['Mutation.recordImageProcessed',
      'mutation { recordImageProcessed(input: { id: "x", owner: "y", status: PROCESSING }) { id } }'],
  ])('is refused %s with Unauthorized', async (_, query) => {
    const answer = await ask(asGuest(), query)
    expect([answer.status, errorTypes(answer)]).toEqual([200, ['Unauthorized']])
  })

  it.each(['{ image(id: "x") { id } }', '{ publicImages(limit: 1) { nextToken } }'])('may ask %s', async (query) => {
    const answer = await ask(asGuest(), query)
    expect([answer.status, answer.errors]).toEqual([200, []])
  })
})
