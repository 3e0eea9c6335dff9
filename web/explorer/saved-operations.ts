/** An operation that is ready to be run. */
export interface SavedOperation {
  title: string
  /** One sentence on what it shows. */
  tells: string
  query: string
  variables?: Record<string, unknown>
}

/** In the order in which they tell the story. */
export const SAVED_OPERATIONS: SavedOperation[] = [
  {
    title: '1. Watch',
    tells: 'Run it, then upload: every image of yours that ends is pushed here.',
    query: `subscription Watch {
  onImageProcessed {
    id
    status
    fileName
    width
    height
    dominantColor
    variants { width height format byteSize url }
    labels { name confidence }
    failure { code message }
  }
}`,
  },
  {
    title: '2. Request an upload',
    tells: 'Answers with the presigned request that S3 will hold you to. "Upload a photo" below sends the file too.',
    query: `mutation RequestUpload($input: RequestUploadInput!) {
  requestUpload(input: $input) {
    image { id status version }
    upload { method url headers { name value } expiresAt }
  }
}`,
    variables: { input: { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 123456 } },
  },
  {
    title: '3. List what is ready',
    tells: 'Your own images, newest first.',
    query: `query Ready($nextToken: String) {
  images(status: READY, limit: 10, nextToken: $nextToken) {
    items {
      id
      title
      fileName
      width
      height
      variants { width height url }
      labels { name confidence }
    }
    nextToken
  }
}`,
  },
  {
    title: '4. Look at one image',
    tells: 'Everything that is known of it.',
    query: `query Image($id: ID!) {
  image(id: $id) {
    id
    status
    version
    fileName
    contentType
    byteSize
    sha256
    width
    height
    thumbhash
    dominantColor
    labelsStatus
    labels { name confidence parents }
    variants { width height format byteSize url }
    failure { code message retryable }
    createdAt
    processedAt
  }
}`,
    variables: { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
  },
]
