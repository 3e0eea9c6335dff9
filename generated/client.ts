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

/** See `Camera`. */
export type CameraInput = {
  /** See `Camera.make`. */
  make?: InputMaybe<Scalars['String']['input']>;
  /** See `Camera.model`. */
  model?: InputMaybe<Scalars['String']['input']>;
  /** See `Camera.takenAt`. */
  takenAt?: InputMaybe<Scalars['String']['input']>;
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

/** The life of an image. Terminal states: READY, REJECTED, FAILED, EXPIRED. Any may be followed by DELETED. */
export type ImageStatus =
  /** Deleted by its owner, and nothing of it left. Seen in `imageChanges` and `onImageChanged` alone, for 30 days. */
  | 'DELETED'
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
  /** Not labelled yet. An image that is READY already gets its labels later, by `onImageChanged`. */
  | 'PENDING'
  /** Labelled; `labels` may still be empty when nothing was recognised. */
  | 'READY'
  /** A side of the image is shorter than the 80 pixels that Rekognition asks for. */
  | 'SKIPPED_TOO_SMALL'
  /** Rekognition gave no answer, for hours. */
  | 'UNAVAILABLE';

/** See `ModerationLabel`. */
export type ModerationLabelInput = {
  /** See `ModerationLabel.confidence`. */
  confidence: Scalars['Float']['input'];
  /** See `ModerationLabel.name`. */
  name: Scalars['String']['input'];
  /** See `ModerationLabel.parentName`. */
  parentName?: InputMaybe<Scalars['String']['input']>;
};

/** Whether an image may be shown, as far as Rekognition's DetectModerationLabels and an operator say. */
export type ModerationStatus =
  /** Nothing stands against showing it. */
  | 'CLEARED'
  /** Something was found: held back until an operator clears it. */
  | 'HELD'
  /** This deployment does not ask. */
  | 'NOT_ASKED'
  /** Not answered yet: held back until it is. */
  | 'PENDING'
  /** Rekognition gave no answer, for hours: held back until an operator clears it. */
  | 'UNAVAILABLE';

/** What was seen on an image that is READY. Fields that are left out stay as they are. */
export type RecordImageLabelsInput = {
  /** Whether an operator decided on `moderationStatus`. Null: no, Rekognition answered. */
  decidedByOperator?: InputMaybe<Scalars['Boolean']['input']>;
  /** The image. */
  id: Scalars['ID']['input'];
  /** Most certain first. */
  labels?: InputMaybe<Array<LabelInput>>;
  /** READY with `labels`, or UNAVAILABLE. */
  labelsStatus?: InputMaybe<LabelsStatus>;
  /**
   * Of which rendition this was seen. When the image has been made anew since, `ImageNotReady` is the answer. Left out: of
   * whichever there is.
   */
  mediaKey?: InputMaybe<Scalars['ID']['input']>;
  /** Most certain first. */
  moderationLabels?: InputMaybe<Array<ModerationLabelInput>>;
  /** CLEARED, HELD or UNAVAILABLE. What an operator decided is not changed by what Rekognition says later. */
  moderationStatus?: InputMaybe<ModerationStatus>;
  /** Whose it is; has to agree with what is stored. */
  owner: Scalars['ID']['input'];
};

/** What became of an image. Fields that do not belong to the status are left out. */
export type RecordImageProcessedInput = {
  /** READY only. */
  camera?: InputMaybe<CameraInput>;
  /**
   * PROCESSING only: who develops the image, e.g. the id of the message that asked for it. Whoever else claims the image
   * within the next minutes is told `ImageBeingProcessed`.
   */
  claim?: InputMaybe<Scalars['String']['input']>;
  /** `#rrggbb`. READY only. */
  dominantColor?: InputMaybe<Scalars['String']['input']>;
  /** REJECTED, FAILED and EXPIRED only. */
  failure?: InputMaybe<FailureInput>;
  /** READY only. */
  hasAlpha?: InputMaybe<Scalars['Boolean']['input']>;
  /** Pixels, after orientation. READY only. */
  height?: InputMaybe<Scalars['Int']['input']>;
  /** The image. */
  id: Scalars['ID']['input'];
  /** READY only. */
  isAnimated?: InputMaybe<Scalars['Boolean']['input']>;
  /** Most certain first. READY only. */
  labels?: InputMaybe<Array<LabelInput>>;
  /** READY only. */
  labelsStatus?: InputMaybe<LabelsStatus>;
  /**
   * PROCESSING only: the image's owner has it developed once more, into variants under this media key. Only from READY,
   * REJECTED and FAILED, and as long as the image still has `replacesMediaKey`.
   */
  mediaKey?: InputMaybe<Scalars['ID']['input']>;
  /** READY only, most certain first. Left out: none. */
  moderationLabels?: InputMaybe<Array<ModerationLabelInput>>;
  /** READY only. Left out: NOT_ASKED. */
  moderationStatus?: InputMaybe<ModerationStatus>;
  /** Whose it is, as its original's object key says; has to agree with what is stored. */
  owner: Scalars['ID']['input'];
  /** `#rrggbb`, most covered first. READY only. */
  palette?: InputMaybe<Array<Scalars['String']['input']>>;
  /** 16 hex digits, null for a flat picture. READY only. */
  perceptualHash?: InputMaybe<Scalars['String']['input']>;
  /**
   * PROCESSING only: an operator had the original developed once more, so an image that is FAILED, and retryable, may
   * start over. Null: no.
   */
  redriven?: InputMaybe<Scalars['Boolean']['input']>;
  /** PROCESSING only: the media key that `mediaKey` takes the place of. */
  replacesMediaKey?: InputMaybe<Scalars['ID']['input']>;
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

/** Which deleted image is to become a tombstone. */
export type RecordImageRemovedInput = {
  /** The image. */
  id: Scalars['ID']['input'];
  /** Whose it was; has to agree with what is stored. */
  owner: Scalars['ID']['input'];
};

/** How often an image was looked at, as one log file says. */
export type RecordImageViewsInput = {
  /** The last of the views. */
  lastViewedAt: Scalars['AWSDateTime']['input'];
  /** Object key of the log file, by which it is told from all others. */
  logFile: Scalars['String']['input'];
  /** Under which the image's variants are served. */
  mediaKey: Scalars['ID']['input'];
  /** 1 or more. */
  views: Scalars['Int']['input'];
};

/** What is going to be uploaded. */
export type RequestUploadInput = {
  /** What is on the image, in words, up to 1,000 characters. */
  altText?: InputMaybe<Scalars['String']['input']>;
  /** The file's exact size in bytes, 1 to 52428800 (50 MiB). */
  byteSize: Scalars['Int']['input'];
  /** What to file it under, up to 50 characters. */
  category?: InputMaybe<Scalars['String']['input']>;
  /** `image/jpeg`, `image/png`, `image/webp`, `image/gif`, `image/avif`, `image/tiff` or `image/heic`. */
  contentType: Scalars['String']['input'];
  /** The file's name on the uploader's side, 1 to 255 characters, for display only. */
  fileName: Scalars['String']['input'];
  /** SHA-256 of the file, 64 hex digits. When given, S3 refuses any other bytes, and a file that is there comes back. */
  sha256?: InputMaybe<Scalars['String']['input']>;
  /** Words to find it by, up to 20 of up to 50 characters each. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** A title to show, up to 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** What is to change about an image. Fields that are left out stay as they are. */
export type UpdateImageInput = {
  /** What is on the image, in words, up to 1,000 characters. Null or blank removes it. */
  altText?: InputMaybe<Scalars['String']['input']>;
  /** What to file it under, up to 50 characters. Null or blank removes it. */
  category?: InputMaybe<Scalars['String']['input']>;
  /**
   * The version that the caller has seen: when it is not the image's any more, nothing is changed. Null: whatever the
   * version.
   */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The image. */
  id: Scalars['ID']['input'];
  /** Words to find it by, all of them: up to 20 of up to 50 characters each. Null or an empty list removes them. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** A title to show, up to 200 characters. Null or blank removes it. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** PUBLIC shows the image to everybody, PRIVATE to its owner alone. Null leaves it as it is. */
  visibility?: InputMaybe<Visibility>;
};

/** One stored variant; its object key, `processed/<mediaKey>/<long edge>.<format>`, and so its URL follow from it. */
export type VariantInput = {
  /** Size in bytes. */
  byteSize: Scalars['Int']['input'];
  /** How it is encoded: `avif`, `webp` or `jpeg`. */
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

export type ImagePartsFragment = { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null };

export type RequestUploadMutationVariables = Exact<{
  input: RequestUploadInput;
}>;


export type RequestUploadMutation = { requestUpload: { image: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null }, upload?: { url: string, method: string, expiresAt: string, headers: Array<{ name: string, value: string }> } | null } };

export type RequestUploadsMutationVariables = Exact<{
  inputs: Array<RequestUploadInput> | RequestUploadInput;
}>;


export type RequestUploadsMutation = { requestUploads: Array<{ ticket?: { image: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null }, upload?: { url: string, method: string, expiresAt: string, headers: Array<{ name: string, value: string }> } | null } | null, error?: { type: string, message: string } | null }> };

export type UpdateImageMutationVariables = Exact<{
  input: UpdateImageInput;
}>;


export type UpdateImageMutation = { updateImage?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null } | null };

export type DeleteImageMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type DeleteImageMutation = { deleteImage?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null } | null };

export type DeleteImagesMutationVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type DeleteImagesMutation = { deleteImages: Array<{ id: string, image?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null } | null, error?: { type: string, message: string } | null }> };

export type ReprocessImageMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ReprocessImageMutation = { reprocessImage?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null } | null };

export type ImageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImageQuery = { image?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null } | null };

export type ImagesQueryVariables = Exact<{
  status?: InputMaybe<ImageStatus>;
  label?: InputMaybe<Scalars['String']['input']>;
  category?: InputMaybe<Scalars['String']['input']>;
  tag?: InputMaybe<Scalars['String']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
}>;


export type ImagesQuery = { images: { nextToken?: string | null, items: Array<{ id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null }> } };

export type LabelsQueryVariables = Exact<{
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
}>;


export type LabelsQuery = { labels: { nextToken?: string | null, items: Array<{ name: string, count: number }> } };

export type SimilarImagesQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  maxDistance?: InputMaybe<Scalars['Int']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
}>;


export type SimilarImagesQuery = { similarImages: { isMore: boolean, items: Array<{ distance: number, image: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null } }> } };

export type ImageChangesQueryVariables = Exact<{
  since: Scalars['AWSDateTime']['input'];
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
}>;


export type ImageChangesQuery = { imageChanges: { nextToken?: string | null, items: Array<{ id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null }> } };

export type PublicImagesQueryVariables = Exact<{
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
}>;


export type PublicImagesQuery = { publicImages: { nextToken?: string | null, items: Array<{ id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null }> } };

export type HeldImagesQueryVariables = Exact<{
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
}>;


export type HeldImagesQuery = { heldImages: { nextToken?: string | null, items: Array<{ id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null }> } };

export type OnImageProcessedSubscriptionVariables = Exact<{
  id?: InputMaybe<Scalars['ID']['input']>;
}>;


export type OnImageProcessedSubscription = { onImageProcessed?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null } | null };

export type OnImageChangedSubscriptionVariables = Exact<{
  id?: InputMaybe<Scalars['ID']['input']>;
}>;


export type OnImageChangedSubscription = { onImageChanged?: { id: string, owner: string, status: ImageStatus, version: number, visibility: Visibility, fileName?: string | null, title?: string | null, altText?: string | null, category?: string | null, tags: Array<string>, contentType: string, byteSize: number, sha256?: string | null, width?: number | null, height?: number | null, thumbhash?: string | null, dominantColor?: string | null, palette: Array<string>, perceptualHash?: string | null, isAnimated?: boolean | null, hasAlpha?: boolean | null, labelsStatus: LabelsStatus, moderationStatus: ModerationStatus, createdAt: string, updatedAt: string, processedAt?: string | null, views?: number | null, lastViewedAt?: string | null, variants: Array<{ width: number, height: number, format: string, byteSize: number, url: string }>, srcsets: Array<{ format: string, contentType: string, srcset: string }>, camera?: { takenAt?: string | null, make?: string | null, model?: string | null } | null, labels: Array<{ name: string, confidence: number, parents: Array<string>, instances: Array<{ confidence: number, boundingBox: { left: number, top: number, width: number, height: number } }> }>, moderationLabels?: Array<{ name: string, confidence: number, parentName?: string | null }> | null, failure?: { code: string, message: string, retryable: boolean } | null } | null };

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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<RequestUploadMutation, RequestUploadMutationVariables>;
export const RequestUploadsDocument = new TypedDocumentString(`
    mutation RequestUploads($inputs: [RequestUploadInput!]!) {
  requestUploads(inputs: $inputs) {
    ticket {
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
    error {
      type
      message
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<RequestUploadsMutation, RequestUploadsMutationVariables>;
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<UpdateImageMutation, UpdateImageMutationVariables>;
export const DeleteImageDocument = new TypedDocumentString(`
    mutation DeleteImage($id: ID!) {
  deleteImage(id: $id) {
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<DeleteImageMutation, DeleteImageMutationVariables>;
export const DeleteImagesDocument = new TypedDocumentString(`
    mutation DeleteImages($ids: [ID!]!) {
  deleteImages(ids: $ids) {
    id
    image {
      ...ImageParts
    }
    error {
      type
      message
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<DeleteImagesMutation, DeleteImagesMutationVariables>;
export const ReprocessImageDocument = new TypedDocumentString(`
    mutation ReprocessImage($id: ID!) {
  reprocessImage(id: $id) {
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<ReprocessImageMutation, ReprocessImageMutationVariables>;
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<ImageQuery, ImageQueryVariables>;
export const ImagesDocument = new TypedDocumentString(`
    query Images($status: ImageStatus, $label: String, $category: String, $tag: String, $limit: Int, $nextToken: String) {
  images(
    status: $status
    label: $label
    category: $category
    tag: $tag
    limit: $limit
    nextToken: $nextToken
  ) {
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<ImagesQuery, ImagesQueryVariables>;
export const LabelsDocument = new TypedDocumentString(`
    query Labels($limit: Int, $nextToken: String) {
  labels(limit: $limit, nextToken: $nextToken) {
    items {
      name
      count
    }
    nextToken
  }
}
    `) as unknown as TypedDocumentString<LabelsQuery, LabelsQueryVariables>;
export const SimilarImagesDocument = new TypedDocumentString(`
    query SimilarImages($id: ID!, $maxDistance: Int, $limit: Int) {
  similarImages(id: $id, maxDistance: $maxDistance, limit: $limit) {
    items {
      image {
        ...ImageParts
      }
      distance
    }
    isMore
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<SimilarImagesQuery, SimilarImagesQueryVariables>;
export const ImageChangesDocument = new TypedDocumentString(`
    query ImageChanges($since: AWSDateTime!, $limit: Int, $nextToken: String) {
  imageChanges(since: $since, limit: $limit, nextToken: $nextToken) {
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<ImageChangesQuery, ImageChangesQueryVariables>;
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<PublicImagesQuery, PublicImagesQueryVariables>;
export const HeldImagesDocument = new TypedDocumentString(`
    query HeldImages($limit: Int, $nextToken: String) {
  heldImages(limit: $limit, nextToken: $nextToken) {
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<HeldImagesQuery, HeldImagesQueryVariables>;
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<OnImageProcessedSubscription, OnImageProcessedSubscriptionVariables>;
export const OnImageChangedDocument = new TypedDocumentString(`
    subscription OnImageChanged($id: ID) {
  onImageChanged(id: $id) {
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
  moderationStatus
  moderationLabels {
    name
    confidence
    parentName
  }
  failure {
    code
    message
    retryable
  }
  createdAt
  updatedAt
  processedAt
  views
  lastViewedAt
}`) as unknown as TypedDocumentString<OnImageChangedSubscription, OnImageChangedSubscriptionVariables>;