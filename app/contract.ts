/**
 * The whole HTTP API as data: the server implements it, our screens and any API key call it, and
 * `docs/openapi.json` is generated from it.
 */
export const apiContract = {};
