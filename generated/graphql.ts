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

/** What is wrong with one of several. */
export type BatchItemError = {
  /** A sentence for people: what was expected, what was received. */
  message: Scalars['String']['output'];
  /** The code that the single mutation's error would have, e.g. `InvalidByteSize`. */
  type: Scalars['String']['output'];
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

/** What a camera writes into its files, as far as it tells nothing of where and who. */
export type Camera = {
  /** Who made the camera, up to 64 characters. */
  make?: Maybe<Scalars['String']['output']>;
  /** Which camera, up to 64 characters. */
  model?: Maybe<Scalars['String']['output']>;
  /**
   * When the picture was taken, by the camera's own clock: `2024-05-01T12:33:07+02:00`, or without `+02:00` when it noted
   * none.
   */
  takenAt?: Maybe<Scalars['String']['output']>;
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

/** What came of one of several images that were to be deleted. */
export type DeleteImageResult = {
  /** What is wrong with this one. */
  error?: Maybe<BatchItemError>;
  /** The image's id, as it was given. */
  id: Scalars['ID']['output'];
  /** What is left of it; null when there is an error. */
  image?: Maybe<Image>;
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
  /** What is on the image, in words, for those who can't see it; up to 1,000 characters. Null when none was given. */
  altText?: Maybe<Scalars['String']['output']>;
  /** Size of the original in bytes. */
  byteSize: Scalars['Int']['output'];
  /** What the camera noted, as far as it is harmless. Null when it noted nothing, and for everybody but the owner. */
  camera?: Maybe<Camera>;
  /** What the owner files the image under, up to 50 characters. Null when none was given. */
  category?: Maybe<Scalars['String']['output']>;
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
  /** Whether something shines through the image. Null until READY. */
  hasAlpha?: Maybe<Scalars['Boolean']['output']>;
  /** Height of the original in pixels, after orientation. Null until it is known. */
  height?: Maybe<Scalars['Int']['output']>;
  /** ULID: sorts by the time of `requestUpload`. */
  id: Scalars['ID']['output'];
  /** Whether the variants move: the original was an animated GIF or WebP. Null until READY. */
  isAnimated?: Maybe<Scalars['Boolean']['output']>;
  /** What is seen on the image, most certain first; empty unless `labelsStatus` is READY. */
  labels: Array<Label>;
  /** How the labelling went; it never holds up the variants. */
  labelsStatus: LabelsStatus;
  /** When a variant was last fetched, in UTC. Null before that, and for everybody but the owner. */
  lastViewedAt?: Maybe<Scalars['AWSDateTime']['output']>;
  /** For the back end alone: the unguessable part of the variants' object keys, 128 random bits in base64url. */
  mediaKey: Scalars['ID']['output'];
  /** What stands against showing the image, most certain first. Null for everybody but the owner. */
  moderationLabels?: Maybe<Array<ModerationLabel>>;
  /**
   * Whether the image may be shown. Asked for by configuration alone; NOT_ASKED otherwise. While it is PENDING, HELD or
   * UNAVAILABLE, nobody is given `variants` or `srcsets`, not even the owner, but an operator by `heldImages`; and the
   * image can't be PUBLIC.
   */
  moderationStatus: ModerationStatus;
  /** The user pool's `sub` of whoever asked for the upload. */
  owner: Scalars['ID']['output'];
  /** Up to six colours of the image that differ to the eye, `#rrggbb`, the one that covers most first. Empty until READY. */
  palette: Array<Scalars['String']['output']>;
  /**
   * 64-bit perceptual hash, 16 lower-case hex digits: near-duplicates differ in few bits. Null until READY, and for an
   * image without enough detail to tell it from others.
   */
  perceptualHash?: Maybe<Scalars['String']['output']>;
  /** When the image reached its terminal state. Null before. */
  processedAt?: Maybe<Scalars['AWSDateTime']['output']>;
  /**
   * SHA-256 of the original, 64 lower-case hex digits. Null until it is processed, unless it was declared, and for
   * everybody but the owner.
   */
  sha256?: Maybe<Scalars['String']['output']>;
  /** The variants as texts for `<source srcset>`, one a format, best first. Empty when `variants` is. */
  srcsets: Array<Srcset>;
  /** Where the image stands in its life. */
  status: ImageStatus;
  /** Words that the owner finds the image by, up to 20. */
  tags: Array<Scalars['String']['output']>;
  /** ThumbHash of the image, base64: a blurred stand-in of some 25 bytes. Null until READY. */
  thumbhash?: Maybe<Scalars['String']['output']>;
  /** A title to show, up to 200 characters. Null when none was given. */
  title?: Maybe<Scalars['String']['output']>;
  /** When the image last changed. */
  updatedAt: Scalars['AWSDateTime']['output'];
  /**
   * What was made of the original, format by format, best first, and in each largest first; never larger than the
   * original. Empty until READY, and while the image is held back, see `moderationStatus`.
   */
  variants: Array<Variant>;
  /** Counts every change of the image from 1 up. Of two copies the one with the higher version is newer. */
  version: Scalars['Int']['output'];
  /**
   * How often a variant of the image was fetched from the CDN, whoever did: the owner too, and not who has it in the
   * browser's cache. Told by the CDN's log, mostly within an hour, at the latest after a day. Null for everybody but the
   * owner.
   */
  views?: Maybe<Scalars['Int']['output']>;
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

/** A label, and how many of the caller's images have it. */
export type LabelCount = {
  /** How many images that are READY have the label, or one it is the broader name of. */
  count: Scalars['Int']['output'];
  /** As Rekognition names it, e.g. `Dog`. */
  name: Scalars['String']['output'];
};

/** One page of labels. */
export type LabelCountConnection = {
  /** The labels of this page, in alphabetical order. */
  items: Array<LabelCount>;
  /** Where the next page starts. Null on the last page. */
  nextToken?: Maybe<Scalars['String']['output']>;
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
  /** Not labelled yet. An image that is READY already gets its labels later, by `onImageChanged`. */
  | 'PENDING'
  /** Labelled; `labels` may still be empty when nothing was recognised. */
  | 'READY'
  /** A side of the image is shorter than the 80 pixels that Rekognition asks for. */
  | 'SKIPPED_TOO_SMALL'
  /** Rekognition gave no answer, for hours. */
  | 'UNAVAILABLE';

/** Something that stands against showing the image, as Rekognition's DetectModerationLabels names it. */
export type ModerationLabel = {
  /** How sure Rekognition is, in percent, 0 to 100. */
  confidence: Scalars['Float']['output'];
  /** E.g. `Explicit Nudity`. */
  name: Scalars['String']['output'];
  /** Name of the broader label this one belongs to; null for the broadest. */
  parentName?: Maybe<Scalars['String']['output']>;
};

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

export type Mutation = {
  /**
   * Deletes one of the caller's own images. It is hidden at once from everybody; its files, and what finds it, go within
   * minutes, and for 30 days `imageChanges` tells of it. May be repeated. Errors: `ImageNotFound` for an image that is
   * unknown or another's, `ImageChangedMeanwhile`. Cost: one GetItem of 1 RCU per 4 KB, one SQS message, one UpdateItem
   * of 4 WCU per KB, 5 when the image is PUBLIC, and one GetItem more to tell of it. Measured: 2 RCU, 12 WCU, 4 requests.
   */
  deleteImage?: Maybe<Image>;
  /**
   * Deletes up to 25 of the caller's own images at once, see `deleteImage`. What is wrong with one stops none of the
   * others. Errors for all: `InvalidBatchSize`, `ImageChangedMeanwhile` when one of them changed at the same moment: then
   * none is deleted. Cost: as `deleteImage` for each, 1 WCU per KB more, and one SQS message, one BatchGetItem and one
   * transaction together. Measured, of ten: 20 RCU, 150 WCU, 13 requests.
   */
  deleteImages: Array<DeleteImageResult>;
  /**
   * For the back end alone: pushes an image as it is stored to `onImageChanged`; changes nothing. `ImageNotFound` when
   * there is none. Cost: one GetItem of 1 RCU per 4 KB. Measured: 1 RCU, 1 request.
   */
  publishImageChange?: Maybe<Image>;
  /**
   * For the back end alone: records what Rekognition saw on an image that is READY, when it answered later than the
   * variants were made, or what an operator decided about an image that was held; and pushes the image to
   * `onImageChanged`. Fields that are left out stay as they are. Errors: `NothingToUpdate`, `ImageNotReady`,
   * `ImageNotFound`. Cost: one GetItem of 1 RCU per 4 KB and one transaction of 5 WCU a label, 3 WCU when the image comes
   * or goes from `heldImages`, and 5 WCU per KB for the image. Measured: 1 RCU, 109 WCU, 2 requests; of an image that an
   * operator clears 1 RCU, 18 WCU, 2 requests.
   */
  recordImageLabels?: Maybe<Image>;
  /**
   * For the back end alone: records how far an image has come, and pushes terminal states to `onImageProcessed`. The only
   * way by which an outcome is stored. A finished image never changes again, but for one that is FAILED and that an
   * operator has developed once more. PROCESSING may be repeated by who claimed the image. Errors: `ImageAlreadyFinished`
   * for a late or repeated report, `ImageBeingProcessed` when somebody else develops the image, `ImageChangedMeanwhile`
   * when it changed at the same moment and the report should be sent again, `ImageNotFound` for an image that is unknown
   * or another's, `InvalidOutcome` when the fields don't go with the status, `InvalidTransition` for any other step that
   * the life of an image does not know. Cost: one GetItem of 1 RCU per 4 KB and one UpdateItem of 5 WCU per KB; READY 1
   * RCU more, and one transaction of 5 WCU a label, 3 WCU a tag, a category, each quarter of the hash and for what is held
   * back, and some 6 WCU per KB for the image. Measured: PROCESSING 1 RCU, 5 WCU, 2 requests; READY 2 RCU, 134 WCU, 2
   * requests.
   */
  recordImageProcessed?: Maybe<Image>;
  /**
   * For the back end alone: takes away what a deleted image was found by, and what was known of it; the tombstone stays.
   * Errors: `ImageNotFound`, `ImageNotDeleted`. Cost: one GetItem of 1 RCU per 4 KB, and one transaction of 5 WCU a
   * label, 3 WCU a tag, a category and each quarter of the hash, and some 4 WCU per KB for the image. Measured: 1 RCU,
   * 130 WCU, 2 requests.
   */
  recordImageRemoved?: Maybe<Image>;
  /**
   * For the back end alone: counts what one log file of the CDN says of how often an image was looked at, once however
   * often it is told. Null for a media key that no image has, or one that is deleted. Changes neither `version` nor
   * `updatedAt`, pushes nothing, and is not among `imageChanges`: who looks is no change of the image. Errors:
   * `InvalidViews`, `ImageChangedMeanwhile`. Cost: two GetItem of 1 RCU per 4 KB, and one transaction of 4 WCU per KB for
   * the image, and 2 WCU for the log file's marker. Measured: 2 RCU, 14 WCU, 3 requests.
   */
  recordImageViews?: Maybe<Image>;
  /**
   * Has one of the caller's own images developed once more from its original: new variants under new URLs, same id. It is
   * PROCESSING for a moment, and `onImageProcessed` tells of the outcome. Errors: `ImageNotFinished` for an image that is
   * not READY, REJECTED or FAILED, `ImageNotFound`. Cost: one GetItem of 1 RCU per 4 KB and one SQS message; then that of
   * developing. Measured: 1 RCU, 2 requests.
   */
  reprocessImage?: Maybe<Image>;
  /**
   * Asks for an upload. Stores the image as PENDING and answers with a presigned request that S3 itself holds to what was
   * asked: this key, this size, this content type, this checksum if given, once, within ten minutes. Nothing uploaded:
   * the image turns EXPIRED some 15 minutes after it was asked for. When `sha256` is given and the caller has an image of
   * this very file that is READY, the answer is that image, and nothing is to be uploaded. Errors, all before anything is
   * stored: `InvalidFileName`, `InvalidTitle`, `InvalidAltText`, `InvalidCategory`, `InvalidTags`,
   * `UnsupportedContentType`, `InvalidByteSize`, `InvalidSha256`, `TooManyPendingUploads` for an owner who has about 100
   * images PENDING. Cost: one Lambda invocation with one SQS message, one PutItem of 3 WCU per KB, one Query of the
   * images PENDING, 0.5 RCU per 4 KB, and with `sha256` one BatchGetItem of 0.5 RCU; of a file that is there, another of
   * its newest images, up to four of 0.5 RCU per 4 KB, and nothing else. Measured: 0.5 RCU, 3 WCU, 4 requests; with
   * `sha256` 1 RCU, 3 WCU, 5 requests; of a known file 1 RCU, 2 requests.
   */
  requestUpload: UploadTicket;
  /**
   * Asks for up to 25 uploads at once, see `requestUpload`. What is wrong with one stops none of the others. Errors for
   * all: `InvalidBatchSize`, `TooManyPendingUploads`. Cost: as `requestUpload`, but for one invocation, one Query, one
   * PutItem and one pair of BatchGetItem together. Measured, of 25: 0.5 RCU, 75 WCU, 28 requests.
   */
  requestUploads: Array<RequestUploadResult>;
  /**
   * Changes what the caller says about one of their own images, or who may see it. Fields that are left out stay as they
   * are; null or blank removes. Errors: `NothingToUpdate`, `InvalidTitle`, `InvalidAltText`, `InvalidCategory`,
   * `InvalidTags`, `VersionConflict` when `expectedVersion` is not the image's, `ImageNotReady` when an image is to be
   * PUBLIC that is not READY, `ImageHeld` when it is to be PUBLIC and is held back, `ImageChangedMeanwhile` when
   * something else changed it at the same moment, `ImageNotFound` for an image that is unknown, deleted or another's.
   * Cost: one GetItem of 1 RCU per 4 KB, one UpdateItem of 4 WCU per KB, 5 when the image is PUBLIC, and one GetItem more
   * to tell of it; when tags or the category change, 1 WCU per KB more, and 3 WCU for each that comes or goes. Measured:
   * 2 RCU, 12 WCU, 3 requests; of a PUBLIC image 2 RCU, 15 WCU, 3 requests; of one tag by another 2 RCU, 21 WCU, 3
   * requests.
   */
  updateImage?: Maybe<Image>;
};


export type MutationDeleteImageArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDeleteImagesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type MutationPublishImageChangeArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRecordImageLabelsArgs = {
  input: RecordImageLabelsInput;
};


export type MutationRecordImageProcessedArgs = {
  input: RecordImageProcessedInput;
};


export type MutationRecordImageRemovedArgs = {
  input: RecordImageRemovedInput;
};


export type MutationRecordImageViewsArgs = {
  input: RecordImageViewsInput;
};


export type MutationReprocessImageArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRequestUploadArgs = {
  input: RequestUploadInput;
};


export type MutationRequestUploadsArgs = {
  inputs: Array<RequestUploadInput>;
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
   * For an operator alone: everybody's images that are READY and wait for somebody to decide, since their
   * `moderationStatus` is HELD or UNAVAILABLE, newest first, with `variants` and `srcsets` to look at. A page may hold
   * fewer than `limit`: what was decided or deleted a moment ago is left out. Errors: `InvalidLimit`, `InvalidNextToken`.
   * Cost: one Query on a key, 0.5 RCU per some 30 images, and one BatchGetItem of 0.5 RCU per image and 4 KB. Measured:
   * 10.5 RCU, 2 requests.
   */
  heldImages: ImageConnection;
  /**
   * One image: the caller's own, or anybody's that is PUBLIC. Null when there is none by that id, and the same null when
   * it is somebody else's and PRIVATE. Cost: one GetItem, 0.5 RCU per 4 KB. Measured: 0.5 RCU, 1 request.
   */
  image?: Maybe<Image>;
  /**
   * Everything of the caller's that changed at a moment or later, oldest change first, each image once and as it is now.
   * Deleted images are among it for 30 days, with status DELETED. A change may take a second to show, so ask from a
   * minute before the last one seen, and drop what has no higher `version` than the copy at hand. Errors: `InvalidLimit`,
   * `InvalidNextToken`. Cost: one Query on a key, 0.5 RCU per 4 KB read. Measured: 6 RCU, 1 request.
   */
  imageChanges: ImageConnection;
  /**
   * The caller's own images in one status, newest first; or those that are READY and have one label, category or tag.
   * Errors: `InvalidLimit`, `InvalidNextToken`, `InvalidFilter` for more than one filter, one beside another status than
   * READY, or one that is blank or has more than 100 characters. Cost: one Query on a key, 0.5 RCU per 4 KB read; with a
   * filter 0.5 RCU per some 30 images, and one BatchGetItem of 0.5 RCU per image and 4 KB. Measured: 6 RCU, 1 request;
   * with a filter 10.5 RCU, 2 requests.
   */
  images: ImageConnection;
  /**
   * What is on the caller's images that are READY, by name, each with the number of images; one that was deleted counts
   * until it is removed, within minutes. A page may hold fewer than `limit`: labels that no image has any more take up
   * room. Errors: `InvalidLimit`, `InvalidNextToken`. Cost: one Query on a key, 0.5 RCU per some 40 labels. Measured: 0.5
   * RCU, 1 request.
   */
  labels: LabelCountConnection;
  /**
   * Everybody's PUBLIC images, newest first. An image that was just made PUBLIC or PRIVATE may take a second to come or
   * go. Errors: `InvalidLimit`, `InvalidNextToken`. Cost: eight Queries, one a shard, that together read some 3.6 times
   * what the page holds, 8 times at worst: 0.5 RCU per 4 KB, and at least 4 RCU. Measured: 22.5 RCU, 8 requests.
   */
  publicImages: ImageConnection;
  /**
   * The caller's own images that look like one of them, nearest first: those whose perceptual hashes differ in at most
   * `maxDistance` of 64 bits. To a distance of 3 none is missed, unless `isMore`; beyond it those are found that share 16
   * bits in one of four places. Empty for an image without a perceptual hash. Errors: `InvalidLimit`, `InvalidDistance`,
   * `ImageNotFound`, `ImageNotReady`. Cost: one GetItem, four Queries on keys of 0.5 RCU per some 20 candidates, and one
   * BatchGetItem of 0.5 RCU per image and 4 KB. Measured: 12.5 RCU, 6 requests.
   */
  similarImages: SimilarImageConnection;
};


export type QueryHeldImagesArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};


export type QueryImageArgs = {
  id: Scalars['ID']['input'];
};


export type QueryImageChangesArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
  since: Scalars['AWSDateTime']['input'];
};


export type QueryImagesArgs = {
  category?: InputMaybe<Scalars['String']['input']>;
  label?: InputMaybe<Scalars['String']['input']>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ImageStatus>;
  tag?: InputMaybe<Scalars['String']['input']>;
};


export type QueryLabelsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPublicImagesArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};


export type QuerySimilarImagesArgs = {
  id: Scalars['ID']['input'];
  limit?: InputMaybe<Scalars['Int']['input']>;
  maxDistance?: InputMaybe<Scalars['Int']['input']>;
};

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

/** What came of one of several uploads that were asked for. */
export type RequestUploadResult = {
  /** What is wrong with this one. */
  error?: Maybe<BatchItemError>;
  /** The upload; null when there is an error. */
  ticket?: Maybe<UploadTicket>;
};

/** An image that looks like another. */
export type SimilarImage = {
  /** In how many of 64 bits the perceptual hashes differ. */
  distance: Scalars['Int']['output'];
  /** The image. */
  image: Image;
};

/** Images that look like another. */
export type SimilarImageConnection = {
  /** Whether there are more than `limit`. */
  isMore: Scalars['Boolean']['output'];
  /** Nearest first. */
  items: Array<SimilarImage>;
};

/** The variants of one format. */
export type Srcset = {
  /** For the attribute `type` of `<source>`, e.g. `image/webp`. */
  contentType: Scalars['String']['output'];
  /** How they are encoded: `avif`, `webp` or `jpeg`. */
  format: Scalars['String']['output'];
  /** For the attribute `srcset`: every variant's URL with its width, e.g. `https://.../160.webp 160w`. */
  srcset: Scalars['String']['output'];
};

export type Subscription = {
  /**
   * Fires whenever something else about an image of the caller's own changes: it is updated or deleted, labels come later,
   * it was held back and is shown now. The event holds the image as stored, whatever the mutation's caller selected; of
   * two the one with the higher `version` is newer.
   */
  onImageChanged?: Maybe<Image>;
  /**
   * Fires whenever an image of the caller's own reaches a terminal state: READY, REJECTED, FAILED or EXPIRED.
   * The server ties the subscription to the caller's identity; nobody hears of another's images.
   */
  onImageProcessed?: Maybe<Image>;
};


export type SubscriptionOnImageChangedArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
};


export type SubscriptionOnImageProcessedArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
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

/** The stored image, and how to upload its original. */
export type UploadTicket = {
  /** The image: PENDING, or READY when the caller has it already. */
  image: Image;
  /** The request to send the file with. Null when there is nothing to upload. */
  upload?: Maybe<PresignedUpload>;
};

/** One rendition of the image, without any metadata of the original. */
export type Variant = {
  /** Size in bytes. */
  byteSize: Scalars['Int']['output'];
  /** How it is encoded: `avif`, `webp` or `jpeg`. */
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
