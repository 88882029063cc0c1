declare module 'swagger2openapi' {
  interface Options { patch: boolean; warnOnly: boolean; warnProperty: string; direct: true }
  const converter: { convertObj(document: object, options: Options): Promise<unknown> };
  export default converter;
}
