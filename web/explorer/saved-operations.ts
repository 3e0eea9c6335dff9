/** An operation that is ready to be run. */
export interface SavedOperation {
  title: string
  /** One sentence on what it shows. */
  tells: string
  query: string
  /** @param imageId the newest image that the caller may see, or `EXAMPLE_IMAGE_ID` */
  variables?(imageId: string): Record<string, unknown>
}

/** Looks like an image's id, and is none. */
export const EXAMPLE_IMAGE_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** In the order in which they tell the story. */
export const SAVED_OPERATIONS = [
  {
    title: '1. Watch',
    tells: 'Run it, then upload: what becomes of your images is pushed here.',
    query: `subscription Watch {
  onImageProcessed {
    id
    status
    fileName
    width
    height
    dominantColor
    variants {
      width
      height
      format
      byteSize
      url
    }
    labels {
      name
      confidence
    }
    failure {
      code
      message
    }
  }
}`,
  },
  {
    title: '2. Request an upload',
    tells: 'The presigned request that S3 will hold you to.',
    query: `mutation RequestUpload($input: RequestUploadInput!) {
  requestUpload(input: $input) {
    image {
      id
      status
      version
    }
    upload {
      method
      url
      headers {
        name
        value
      }
      expiresAt
    }
  }
}`,
    variables: () => ({ input: { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 123456 } }),
  },
  {
    title: '3. List what is ready',
    tells: 'Your own images, newest first.',
    query: `query Ready($nextToken: String) {
  images(
    status: READY
    limit: 10
    nextToken: $nextToken
  ) {
    items {
      id
      title
      fileName
      width
      height
      variants {
        width
        height
        url
      }
      labels {
        name
        confidence
      }
    }
    nextToken
  }
}`,
  },
  {
    title: '4. Look at one image',
    tells: 'Everything that is known of the newest one.',
    query: `query Image($id: ID!) {
  image(id: $id) {
    id
    owner
    status
    version
    visibility
    fileName
    title
    altText
    category
    tags
    contentType
    byteSize
    sha256
    width
    height
    variants {
      width
      height
      format
      byteSize
      url
    }
    srcsets {
      format
      contentType
      srcset
    }
    thumbhash
    dominantColor
    palette
    perceptualHash
    isAnimated
    hasAlpha
    camera {
      takenAt
      make
      model
    }
    labels {
      name
      confidence
      parents
    }
    labelsStatus
    moderationStatus
    moderationLabels {
      name
      confidence
    }
    failure {
      code
      message
      retryable
    }
    views
    lastViewedAt
    createdAt
    updatedAt
    processedAt
  }
}`,
    variables: (id) => ({ id }),
  },
  {
    title: '5. Make it public',
    tells: 'Who may see the newest one, and its title.',
    query: `mutation UpdateImage($input: UpdateImageInput!) {
  updateImage(input: $input) {
    id
    version
    visibility
    title
    updatedAt
  }
}`,
    variables: (id) => ({ input: { id, title: 'Look at this', visibility: 'PUBLIC' } }),
  },
  {
    title: '6. See what is public',
    tells: 'What everybody may see, guests too.',
    query: `query PublicImages($nextToken: String) {
  publicImages(
    limit: 10
    nextToken: $nextToken
  ) {
    items {
      id
      owner
      title
      fileName
      visibility
      dominantColor
      variants {
        width
        height
        url
      }
    }
    nextToken
  }
}`,
  },
  {
    title: '7. See what is on them',
    tells: 'What Rekognition saw on your images, each with how many have it.',
    query: `query Labels($nextToken: String) {
  labels(
    limit: 50
    nextToken: $nextToken
  ) {
    items {
      name
      count
    }
    nextToken
  }
}`,
  },
  {
    title: '8. Find by what is on them',
    tells: 'Your images with a label, or one of its kinds, newest first.',
    query: `query WithLabel($label: String!, $nextToken: String) {
  images(
    label: $label
    limit: 10
    nextToken: $nextToken
  ) {
    items {
      id
      title
      category
      tags
      labels {
        name
        confidence
        parents
      }
    }
    nextToken
  }
}`,
    variables: () => ({ label: 'Nature' }),
  },
  {
    title: '9. Find what looks alike',
    tells: 'Your images that look like the newest one, nearest first.',
    query: `query Similar($id: ID!) {
  similarImages(
    id: $id
    maxDistance: 8
  ) {
    items {
      distance
      image {
        id
        title
        perceptualHash
        variants {
          width
          url
        }
      }
    }
    isMore
  }
}`,
    variables: (id) => ({ id }),
  },
  {
    title: '10. Catch up',
    tells: 'What changed since a moment, deleted images too, oldest change first.',
    query: `query Changes($since: AWSDateTime!, $nextToken: String) {
  imageChanges(
    since: $since
    limit: 50
    nextToken: $nextToken
  ) {
    items {
      id
      version
      status
      title
      updatedAt
    }
    nextToken
  }
}`,
    variables: () => ({ since: '1970-01-01T00:00:00Z' }),
  },
] as const satisfies SavedOperation[]
