// Generated from schema.graphql by `npm run codegen`. Edits are overwritten.
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

/** A rectangle in ratios of the image's width and height, after orientation. May reach beyond 0 to 1. */
export type BoundingBox = {
  /** Ratio of the image's height. */
  height: Scalars['Float']['output'];
  /** Left edge, ratio of the image's width. */
  left: Scalars['Float']['output'];
  /** Top edge, ratio of the image's height. */
  top: Scalars['Float']['output'];
  /** Ratio of the image's width. */
  width: Scalars['Float']['output'];
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

/** Why an image did not become READY. */
export type Failure = {
  /** One of the codes in `docs/errors.md`, e.g. `UNSUPPORTED_FORMAT`. */
  code: Scalars['String']['output'];
  /** A sentence for people: what was expected, what was received. */
  message: Scalars['String']['output'];
  /** Whether uploading the same file again can help. */
  retryable: Scalars['Boolean']['output'];
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

/** One HTTP header. */
export type Header = {
  /** Lower case. */
  name: Scalars['String']['output'];
  /** As it must be sent. */
  value: Scalars['String']['output'];
};

/** An uploaded photo and what was made of it. */
export type Image = {
  /** Size of the original in bytes. */
  byteSize: Scalars['Int']['output'];
  /** Media type of the original, e.g. `image/jpeg`: what was declared, and S3 and the processing held the upload to. */
  contentType: Scalars['String']['output'];
  /** When the upload was asked for. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** The colour that covers most of the image, `#rrggbb`. Null until READY. */
  dominantColor?: Maybe<Scalars['String']['output']>;
  /** Why there is no picture: set when the status is REJECTED, FAILED or EXPIRED. Null for everybody but the owner. */
  failure?: Maybe<Failure>;
  /** The name of the file on the uploader's side, 1 to 255 characters. Null for everybody but the owner. */
  fileName?: Maybe<Scalars['String']['output']>;
  /** Height of the original in pixels, after orientation. Null until it is known. */
  height?: Maybe<Scalars['Int']['output']>;
  /** ULID: sorts by the time of `requestUpload`. */
  id: Scalars['ID']['output'];
  /** What is seen on the image, most certain first; empty unless `labelsStatus` is READY. */
  labels: Array<Label>;
  /** How the labelling went; it never holds up the variants. */
  labelsStatus: LabelsStatus;
  /** For the back end alone: the unguessable part of the variants' object keys, 128 random bits in base64url. */
  mediaKey: Scalars['ID']['output'];
  /** The user pool's `sub` of whoever asked for the upload. */
  owner: Scalars['ID']['output'];
  /** When the image reached its terminal state. Null before. */
  processedAt?: Maybe<Scalars['AWSDateTime']['output']>;
  /**
   * SHA-256 of the original, 64 lower-case hex digits. Null until it is processed, unless it was declared, and for
   * everybody but the owner.
   */
  sha256?: Maybe<Scalars['String']['output']>;
  /** Where the image stands in its life. */
  status: ImageStatus;
  /** ThumbHash of the image, base64: a blurred stand-in of some 25 bytes. Null until READY. */
  thumbhash?: Maybe<Scalars['String']['output']>;
  /** A title to show, up to 200 characters. Null when none was given. */
  title?: Maybe<Scalars['String']['output']>;
  /** When the image last changed. */
  updatedAt: Scalars['AWSDateTime']['output'];
  /** What was made of the original, largest first; empty until READY. Never larger than the original. */
  variants: Array<Variant>;
  /** Counts every change of the image from 1 up. Of two copies the one with the higher version is newer. */
  version: Scalars['Int']['output'];
  /** Who may see the image. */
  visibility: Visibility;
  /** Width of the original in pixels, after orientation. Null until it is known. */
  width?: Maybe<Scalars['Int']['output']>;
};

/** One page of a list. */
export type ImageConnection = {
  /** The images of this page, newest first. */
  items: Array<Image>;
  /** Where the next page starts. Null on the last page. */
  nextToken?: Maybe<Scalars['String']['output']>;
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

/** Something seen on the image, as Rekognition's DetectLabels names it. */
export type Label = {
  /** How sure Rekognition is, in percent, 0 to 100. */
  confidence: Scalars['Float']['output'];
  /** Where on the image it was found; empty for what can't be outlined. */
  instances: Array<LabelInstance>;
  /** E.g. `Dog`. */
  name: Scalars['String']['output'];
  /** Names of the broader labels this one belongs to, e.g. `Animal`. */
  parents: Array<Scalars['String']['output']>;
};

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

/** One place on the image where a label was found. */
export type LabelInstance = {
  /** The rectangle around it. */
  boundingBox: BoundingBox;
  /** How sure Rekognition is of this one, in percent, 0 to 100. */
  confidence: Scalars['Float']['output'];
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

export type Mutation = {
  /**
   * For the back end alone: records how far an image has come, and pushes terminal states to `onImageProcessed`.
   * The only way by which an outcome is stored. A finished image never changes again, but for one that is FAILED and
   * that an operator has developed once more. Errors:
   * `ImageAlreadyFinished` for a late or repeated report, `ImageNotFound` for an image that is unknown or
   * another's, `InvalidOutcome` when the fields don't go with the status, `InvalidTransition` for any other
   * step that the life of an image does not know. PROCESSING may be repeated. Cost: one UpdateItem.
   */
  recordImageProcessed?: Maybe<Image>;
  /**
   * Asks for an upload. Stores the image as PENDING and answers with a presigned request that S3 itself holds to
   * what was asked: this key, this size, this content type, this checksum if given, once, within ten minutes.
   * Nothing uploaded: the image turns EXPIRED some 15 minutes after it was asked for.
   * Errors, all before anything is stored: `InvalidFileName`, `InvalidTitle`, `UnsupportedContentType`,
   * `InvalidByteSize`, `InvalidSha256`, `TooManyPendingUploads` for an owner who has about 100 images PENDING.
   * Cost: one Lambda invocation with one SQS message, one PutItem of 3 WCU per KB, and one Query of the images PENDING,
   * 0.5 RCU per 4 KB.
   */
  requestUpload: UploadTicket;
  /**
   * Changes the title of one of the caller's own images, or who may see it. Fields that are left out stay as they are.
   * Errors: `NothingToUpdate`, `InvalidTitle`, `ImageNotReady` when an image is to be PUBLIC that is not READY,
   * `ImageNotFound` for an image that is unknown or another's. Cost: one UpdateItem, 1 WCU per KB, and as much for each
   * of the two or three indexes that hold the image.
   */
  updateImage?: Maybe<Image>;
};


export type MutationRecordImageProcessedArgs = {
  input: RecordImageProcessedInput;
};


export type MutationRequestUploadArgs = {
  input: RequestUploadInput;
};


export type MutationUpdateImageArgs = {
  input: UpdateImageInput;
};

/** A presigned request: send the file as its body, with exactly these headers, before it expires. */
export type PresignedUpload = {
  /** When S3 stops accepting it. */
  expiresAt: Scalars['AWSDateTime']['output'];
  /** Headers that are part of the signature: all of them, as they stand. Browsers set `content-length` themselves. */
  headers: Array<Header>;
  /** `PUT`. */
  method: Scalars['String']['output'];
  /** Where to send it. A bearer secret until it expires. */
  url: Scalars['AWSURL']['output'];
};

export type Query = {
  /**
   * One image: the caller's own, or anybody's that is PUBLIC. Null when there is none by that id, and the same null
   * when it is somebody else's and PRIVATE. Cost: one GetItem, 0.5 RCU per 4 KB.
   */
  image?: Maybe<Image>;
  /**
   * The caller's own images in one status, newest first. Cost: one Query on a key, 0.5 RCU per 4 KB read.
   * Errors: `InvalidLimit`, `InvalidNextToken`.
   */
  images: ImageConnection;
  /**
   * Everybody's PUBLIC images, newest first. An image that was just made PUBLIC or PRIVATE may take a second to come
   * or go. Cost: eight Queries, one a shard, that together read some 3.6 times what the page holds, 8 times at worst:
   * 0.5 RCU per 4 KB, and at least 4 RCU. Errors: `InvalidLimit`, `InvalidNextToken`.
   */
  publicImages: ImageConnection;
};


export type QueryImageArgs = {
  id: Scalars['ID']['input'];
};


export type QueryImagesArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ImageStatus>;
};


export type QueryPublicImagesArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};

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

export type Subscription = {
  /**
   * Fires whenever an image of the caller's own reaches a terminal state: READY, REJECTED, FAILED or EXPIRED.
   * The server ties the subscription to the caller's identity; nobody hears of another's images.
   */
  onImageProcessed?: Maybe<Image>;
};


export type SubscriptionOnImageProcessedArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
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

/** The stored image, and how to upload its original. */
export type UploadTicket = {
  /** The image, PENDING. */
  image: Image;
  /** The request to send the file with. */
  upload: PresignedUpload;
};

/** One rendition of the image, without any metadata of the original. */
export type Variant = {
  /** Size in bytes. */
  byteSize: Scalars['Int']['output'];
  /** How it is encoded: `webp`. */
  format: Scalars['String']['output'];
  /** Height in pixels. */
  height: Scalars['Int']['output'];
  /** Where it is served: immutable, cacheable for ever, and not to be guessed from the image's id. */
  url: Scalars['AWSURL']['output'];
  /** Width in pixels. */
  width: Scalars['Int']['output'];
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
