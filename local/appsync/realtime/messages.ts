/** Words of AppSync's real-time protocol. Source: developer guide, "Building a real-time WebSocket client". */

/** An error inside a message's payload. */
export interface MessageError {
  errorType?: string | null
  message: string
  errorCode?: number
}

/** What the server says. */
export type ServerMessage =
  | { type: 'connection_ack'; payload: { connectionTimeoutMs: number } }
  | { type: 'connection_error'; payload: { errors: MessageError[] } }
  | { type: 'ka' }
  | { type: 'start_ack'; id: string }
  | { type: 'data'; id: string; payload: { data: unknown; errors?: unknown[] } }
  | { type: 'error'; id?: string; payload: { errors: MessageError[] } }
  | { type: 'complete'; id: string }

/** A `start` message, taken apart. */
export interface StartRequest {
  id: string
  /** The text that holds query and variables; an IAM signature covers it as it stands. */
  data: string
  /** Lower-case names. */
  authorization: Record<string, string>
}
