/** A value that JSON can hold, as it is handed to a handler. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Headers of a request, names in lower case; one that was sent several times has all its values, in the order sent. */
export interface HeaderFields { readonly [name: string]: string | readonly string[] }

/**
 * One request as a gateway delivered it, with the differences between gateways gone and nothing interpreted yet.
 */
export interface Incoming {
  readonly method: string;
  /** As sent: still percent-encoded, without a query; may begin with a stage or a base path. */
  readonly path: string;
  /** The route that the gateway chose, where it says: `/orders/{orderId}`. */
  readonly route: string | undefined;
  /** In the order sent, percent-encoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Without `cookie`. */
  readonly headers: HeaderFields;
  /** The `name=value` pairs of the cookie headers. */
  readonly cookies: readonly string[];
  /** Text where the gateway hands it over as text; the reader of its media type asks for bytes if it wants them. */
  readonly body: Uint8Array | string | undefined;
  readonly auth: Auth | null;
  /** The caller's where it is sane, else the gateway's. */
  readonly requestId: string;
  readonly context: Context;
  readonly stageVariables: Readonly<Record<string, string | undefined>>;
}

/** Who calls, whoever checked it. */
export interface Auth {
  /** Name of the security scheme; empty when the gateway does not tell which of several it was. */
  readonly scheme: string;
  readonly principalId: string;
  readonly scopes: readonly string[];
  readonly claims: { readonly [name: string]: Value };
}

export interface Context {
  readonly stage: string;
  /** W3C trace context, given or derived from the gateway's own. */
  readonly traceparent: string;
  /** RFC 3339, UTC. */
  readonly receivedAt: string;
  readonly sourceIp: string;
  readonly domain: string;
  readonly userAgent: string;
}

/** The normalised request: typed, defaults filled in, valid. What every handler is given, on every target and locally. */
export interface NormalisedRequest {
  readonly request: {
    readonly id: string;
    readonly method: string;
    /** Decoded. */
    readonly path: string;
    readonly route: string;
    readonly params: { readonly [name: string]: unknown };
    readonly query: { readonly [name: string]: unknown };
    /** Names in lower case. */
    readonly headers: { readonly [name: string]: unknown };
    readonly cookies: { readonly [name: string]: unknown };
    readonly body: unknown;
  };
  readonly auth: Auth | null;
  readonly context: Context;
}

/** An answer on its way to the gateway. */
export interface Outgoing {
  readonly status: number;
  /** Names in lower case; `set-cookie` may be there more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
}

/** A file, or another binary part, of a multipart body. */
export interface FilePart {
  readonly filename?: string;
  readonly contentType: string;
  readonly data: Uint8Array;
}
