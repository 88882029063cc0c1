import type { RefusedReason } from '../document/document.js';

/** How much of a document, and from where, is read at most. */
export interface Caps {
  /** Of one file, in bytes. */
  readonly bytes: number;
  /** Nesting of objects and lists. */
  readonly depth: number;
  /** Values of one file, YAML aliases written out. */
  readonly nodes: number;
  readonly files: number;
  /** `$ref`s of one file. */
  readonly references: number;
  /** For one answer from the network, in milliseconds. */
  readonly fetchMs: number;
}

export const defaultCaps: Caps = { bytes: 20 * 1024 * 1024, depth: 200, nodes: 2_000_000, files: 10_000, references: 200_000, fetchMs: 10_000 };

/** The bytes of a file, or why they are not to be had. */
export type Bytes = { readonly bytes: Uint8Array } | { readonly refused: RefusedReason };

/** Where files are read: the disk, or another place that has a tree of them. Paths are absolute. */
export interface FileStore {
  /** What stands before the names of its files, as people are shown them. */
  readonly prefix: string;
  readonly read: (path: string, caps: Caps) => Promise<Bytes>;
  /** Where a path leads once links are followed; nothing when there is no such file. */
  readonly real: (path: string) => Promise<string | undefined>;
}

export interface LoadOptions {
  /** Absolute folder that paths are relative to. */
  readonly cwd: string;
  /** Folders whose files references may reach, beside the root document's own. */
  readonly allowRoots: readonly string[];
  /** Hosts (`host` or `host:port`) that may be asked for referenced files. */
  readonly allowHosts: readonly string[];
  /** OpenAPI Overlays, applied in this order. */
  readonly overlays: readonly string[];
  readonly caps?: Caps;
  /** The disk unless said. */
  readonly store?: FileStore;
  /** Gets the text of every file that was read, by the name that origins use, also when nothing could be loaded. */
  readonly sources: Map<string, string>;
}
