/** What the mutations that ask for uploads and the `sign-upload` Lambda function say to each other. */

export interface SignUploadsRequest {
  uploads: SignUploadRequest[]
}

/** In the order of the request. */
export interface SignUploadsResponse {
  uploads: SignUploadResponse[]
}

export interface SignUploadRequest {
  /** ULID of the image. */
  id: string
  /** The user pool's `sub`. */
  owner: string
  contentType: string
  byteSize: number
  /** 64 lower-case hex digits. */
  sha256?: string | null
}

export interface SignUploadResponse {
  /** 128 random bits, base64url: the unguessable part of the variants' object keys. */
  mediaKey: string
  url: string
  method: string
  headers: { name: string; value: string }[]
  /** ISO 8601. */
  expiresAt: string
}
