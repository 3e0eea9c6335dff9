// Generated from schema.graphql by `npm run codegen`. Edits are overwritten.
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  AWSDateTime: { input: string; output: string; }
  AWSURL: { input: string; output: string; }
};

/** See `BoundingBox`. */
export type BoundingBoxInput = {
  /** See `BoundingBox.height`. */
  height: Scalars['Float']['input'];
  /** See `BoundingBox.left`. */
  left: Scalars['Float']['input'];
  /** See `BoundingBox.top`. */
  top: Scalars['Float']['input'];
  /** See `BoundingBox.width`. */
  width: Scalars['Float']['input'];
};

/** See `Failure`. */
export type FailureInput = {
  /** See `Failure.code`. */
  code: Scalars['String']['input'];
  /** See `Failure.message`. */
  message: Scalars['String']['input'];
  /** See `Failure.retryable`. */
  retryable: Scalars['Boolean']['input'];
};

/** The life of an image. Terminal states: READY, REJECTED, FAILED, EXPIRED. */
export type ImageStatus =
  /** Nothing was uploaded while the presigned request was good. */
  | 'EXPIRED'
  /**
   * Darkroom is at fault; `failure` says how. Uploading again may help. The one terminal state that an image may leave:
   * when an operator has it developed once more.
   */
  | 'FAILED'
  /** The upload was asked for; the file has not been looked at. */
  | 'PENDING'
  /** The file has arrived and is being developed. */
  | 'PROCESSING'
  /** Developed: variants, placeholder and colours are there. */
  | 'READY'
  /** The file is at fault; `failure` says how. Uploading the same file again will not help. */
  | 'REJECTED';

/** See `Label`. */
export type LabelInput = {
  /** See `Label.confidence`. */
  confidence: Scalars['Float']['input'];
  /** See `Label.instances`. */
  instances: Array<LabelInstanceInput>;
  /** See `Label.name`. */
  name: Scalars['String']['input'];
  /** See `Label.parents`. */
  parents: Array<Scalars['String']['input']>;
};

/** See `LabelInstance`. */
export type LabelInstanceInput = {
  /** See `LabelInstance.boundingBox`. */
  boundingBox: BoundingBoxInput;
  /** See `LabelInstance.confidence`. */
  confidence: Scalars['Float']['input'];
};

/** How the labelling of an image went. */
export type LabelsStatus =
  /** Not labelled yet. */
  | 'PENDING'
  /** Labelled; `labels` may still be empty when nothing was recognised. */
  | 'READY'
  /** A side of the image is shorter than the 80 pixels that Rekognition asks for. */
  | 'SKIPPED_TOO_SMALL'
  /** Rekognition gave no answer. */
  | 'UNAVAILABLE';

/** What became of an image. Fields that do not belong to the status are left out. */
export type RecordImageProcessedInput = {
  /** `#rrggbb`. READY only. */
  dominantColor?: InputMaybe<Scalars['String']['input']>;
  /** REJECTED, FAILED and EXPIRED only. */
  failure?: InputMaybe<FailureInput>;
  /** Pixels, after orientation. READY only. */
  height?: InputMaybe<Scalars['Int']['input']>;
  /** The image. */
  id: Scalars['ID']['input'];
  /** Most certain first. READY only. */
  labels?: InputMaybe<Array<LabelInput>>;
  /** READY only. */
  labelsStatus?: InputMaybe<LabelsStatus>;
  /** Whose it is, as its original's object key says; has to agree with what is stored. */
  owner: Scalars['ID']['input'];
  /**
   * PROCESSING only: an operator had the original developed once more, so an image that is FAILED, and retryable, may
   * start over. Null: no.
   */
  redriven?: InputMaybe<Scalars['Boolean']['input']>;
  /** SHA-256 of the original, hex. READY only. */
  sha256?: InputMaybe<Scalars['String']['input']>;
  /** PROCESSING when the work starts, then one terminal state. */
  status: ImageStatus;
  /** Base64. READY only. */
  thumbhash?: InputMaybe<Scalars['String']['input']>;
  /** What was stored, largest first. READY only. */
  variants?: InputMaybe<Array<VariantInput>>;
  /** Pixels, after orientation. READY only. */
  width?: InputMaybe<Scalars['Int']['input']>;
};

/** What is going to be uploaded. */
export type RequestUploadInput = {
  /** The file's exact size in bytes, 1 to 52428800 (50 MiB). */
  byteSize: Scalars['Int']['input'];
  /** `image/jpeg`, `image/png`, `image/webp`, `image/gif`, `image/avif` or `image/tiff`. */
  contentType: Scalars['String']['input'];
  /** The file's name on the uploader's side, 1 to 255 characters, for display only. */
  fileName: Scalars['String']['input'];
  /** SHA-256 of the file, 64 hex digits. When given, S3 refuses any other bytes. */
  sha256?: InputMaybe<Scalars['String']['input']>;
  /** A title to show, up to 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** What is to change about an image. Fields that are left out stay as they are. */
export type UpdateImageInput = {
  /** The image. */
  id: Scalars['ID']['input'];
  /** A title to show, up to 200 characters. Null or blank removes it. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** PUBLIC shows the image to everybody, PRIVATE to its owner alone. Null leaves it as it is. */
  visibility?: InputMaybe<Visibility>;
};

/** One stored variant; its object key, `processed/<mediaKey>/<long edge>.<format>`, and so its URL follow from it. */
export type VariantInput = {
  /** Size in bytes. */
  byteSize: Scalars['Int']['input'];
  /** How it is encoded: `webp`. */
  format: Scalars['String']['input'];
  /** Height in pixels. */
  height: Scalars['Int']['input'];
  /** Width in pixels. */
  width: Scalars['Int']['input'];
};

/** Who may see an image, besides its owner. */
export type Visibility =
  /** Nobody else: to others the image does not exist. */
  | 'PRIVATE'
  /** Everybody, guests too, without `fileName`, `sha256` and `failure`. READY images only. */
  | 'PUBLIC';

export type ImagePartsFragment = { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, labelsStatus: LabelsStatus, createdAt: string, updatedAt: string, processedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, failure?: { code: string, message: string, retryable: boolean } | null };

export type RequestUploadMutationVariables = Exact<{
  input: RequestUploadInput;
}>;


export type RequestUploadMutation = { requestUpload: { image: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, labelsStatus: LabelsStatus, createdAt: string, updatedAt: string, processedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, failure?: { code: string, message: string, retryable: boolean } | null }, upload: { url: string, method: string, expiresAt: string, headers: Array<{ name: string, value: string }> } } };

export type UpdateImageMutationVariables = Exact<{
  input: UpdateImageInput;
}>;


export type UpdateImageMutation = { updateImage?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, labelsStatus: LabelsStatus, createdAt: string, updatedAt: string, processedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, failure?: { code: string, message: string, retryable: boolean } | null } | null };

export type ImageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImageQuery = { image?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, labelsStatus: LabelsStatus, createdAt: string, updatedAt: string, processedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, failure?: { code: string, message: string, retryable: boolean } | null } | null };

export type ImagesQueryVariables = Exact<{
  status?: InputMaybe<ImageStatus>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
}>;


export type ImagesQuery = { images: { nextToken?: string | null, items: Array<{ id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, labelsStatus: LabelsStatus, createdAt: string, updatedAt: string, processedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, failure?: { code: string, message: string, retryable: boolean } | null }> } };

export type PublicImagesQueryVariables = Exact<{
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
}>;


export type PublicImagesQuery = { publicImages: { nextToken?: string | null, items: Array<{ id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, labelsStatus: LabelsStatus, createdAt: string, updatedAt: string, processedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, failure?: { code: string, message: string, retryable: boolean } | null }> } };

export type OnImageProcessedSubscriptionVariables = Exact<{
  id?: InputMaybe<Scalars['ID']['input']>;
}>;


export type OnImageProcessedSubscription = { onImageProcessed?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, labelsStatus: LabelsStatus, createdAt: string, updatedAt: string, processedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, failure?: { code: string, message: string, retryable: boolean } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ImagePartsFragmentDoc = new TypedDocumentString(`
    fragment ImageParts on Image {
  id
  owner
  status
  version
  visibility
  fileName
  title
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
  thumbhash
  dominantColor
  labels {
    name
    confidence
    parents
    instances {
      boundingBox {
        left
        top
        width
        height
      }
      confidence
    }
  }
  labelsStatus
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
}
    `, {"fragmentName":"ImageParts"}) as unknown as TypedDocumentString<ImagePartsFragment, unknown>;
export const RequestUploadDocument = new TypedDocumentString(`
    mutation RequestUpload($input: RequestUploadInput!) {
  requestUpload(input: $input) {
    image {
      ...ImageParts
    }
    upload {
      url
      method
      headers {
        name
        value
      }
      expiresAt
    }
  }
}
    fragment ImageParts on Image {
  id
  owner
  status
  version
  visibility
  fileName
  title
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
  thumbhash
  dominantColor
  labels {
    name
    confidence
    parents
    instances {
      boundingBox {
        left
        top
        width
        height
      }
      confidence
    }
  }
  labelsStatus
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
}`) as unknown as TypedDocumentString<RequestUploadMutation, RequestUploadMutationVariables>;
export const UpdateImageDocument = new TypedDocumentString(`
    mutation UpdateImage($input: UpdateImageInput!) {
  updateImage(input: $input) {
    ...ImageParts
  }
}
    fragment ImageParts on Image {
  id
  owner
  status
  version
  visibility
  fileName
  title
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
  thumbhash
  dominantColor
  labels {
    name
    confidence
    parents
    instances {
      boundingBox {
        left
        top
        width
        height
      }
      confidence
    }
  }
  labelsStatus
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
}`) as unknown as TypedDocumentString<UpdateImageMutation, UpdateImageMutationVariables>;
export const ImageDocument = new TypedDocumentString(`
    query Image($id: ID!) {
  image(id: $id) {
    ...ImageParts
  }
}
    fragment ImageParts on Image {
  id
  owner
  status
  version
  visibility
  fileName
  title
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
  thumbhash
  dominantColor
  labels {
    name
    confidence
    parents
    instances {
      boundingBox {
        left
        top
        width
        height
      }
      confidence
    }
  }
  labelsStatus
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
}`) as unknown as TypedDocumentString<ImageQuery, ImageQueryVariables>;
export const ImagesDocument = new TypedDocumentString(`
    query Images($status: ImageStatus, $limit: Int, $nextToken: String) {
  images(status: $status, limit: $limit, nextToken: $nextToken) {
    items {
      ...ImageParts
    }
    nextToken
  }
}
    fragment ImageParts on Image {
  id
  owner
  status
  version
  visibility
  fileName
  title
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
  thumbhash
  dominantColor
  labels {
    name
    confidence
    parents
    instances {
      boundingBox {
        left
        top
        width
        height
      }
      confidence
    }
  }
  labelsStatus
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
}`) as unknown as TypedDocumentString<ImagesQuery, ImagesQueryVariables>;
export const PublicImagesDocument = new TypedDocumentString(`
    query PublicImages($limit: Int, $nextToken: String) {
  publicImages(limit: $limit, nextToken: $nextToken) {
    items {
      ...ImageParts
    }
    nextToken
  }
}
    fragment ImageParts on Image {
  id
  owner
  status
  version
  visibility
  fileName
  title
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
  thumbhash
  dominantColor
  labels {
    name
    confidence
    parents
    instances {
      boundingBox {
        left
        top
        width
        height
      }
      confidence
    }
  }
  labelsStatus
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
}`) as unknown as TypedDocumentString<PublicImagesQuery, PublicImagesQueryVariables>;
export const OnImageProcessedDocument = new TypedDocumentString(`
    subscription OnImageProcessed($id: ID) {
  onImageProcessed(id: $id) {
    ...ImageParts
  }
}
    fragment ImageParts on Image {
  id
  owner
  status
  version
  visibility
  fileName
  title
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
  thumbhash
  dominantColor
  labels {
    name
    confidence
    parents
    instances {
      boundingBox {
        left
        top
        width
        height
      }
      confidence
    }
  }
  labelsStatus
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
}`) as unknown as TypedDocumentString<OnImageProcessedSubscription, OnImageProcessedSubscriptionVariables>;