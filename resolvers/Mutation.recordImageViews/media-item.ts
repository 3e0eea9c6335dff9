/** What a media key's item says. */
export interface MediaItem {
  imageId: string
}
