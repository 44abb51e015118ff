/** Of Cloudflare's own module, what is used: its types are not needed to build this package. */
declare module "cloudflare:workers" {
  export class DurableObject<Env> {
    constructor(ctx: import("./platform.js").ObjectState, env: Env);
    protected readonly ctx: import("./platform.js").ObjectState;
    protected readonly env: Env;
  }
}
