// What any guard costs at the least: doors that decide nothing. They read what a guard has to read, or verify one signature, and no more.

/** The signed part of the capsule's token and its signature, taken apart once. */
export function signedIn(cookie) {
  const token = /capsule=([^;]+)/.exec(cookie)[1];
  const dot = token.lastIndexOf(".");
  const base64 = token.slice(dot + 1).replaceAll("-", "+").replaceAll("_", "/");
  return { input: new TextEncoder().encode(token.slice(0, dot)), signature: Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)) };
}

const jwkIn = ({ KEYS }) => JSON.parse(KEYS).k1;

/** By WebCrypto, with the key at hand and the bytes kept: nothing but the signature. */
function verifying(env) {
  const key = crypto.subtle.importKey("jwk", jwkIn(env), "Ed25519", false, ["verify"]);
  let signed;
  return async (path, cookie) => {
    signed ??= signedIn(cookie);
    return crypto.subtle.verify("Ed25519", await key, signed.signature, signed.input);
  };
}

/** Each says whether a request may pass, of its path and its cookies: at once, or later. */
export const floors = {
  reads: () => (path, cookie) => path.length > 0 && cookie.length > 0,
  "reads and waits": () => async (path, cookie) => path.length > 0 && cookie.length > 0,
  "Ed25519 alone": verifying,
};
