import { createAuthority } from "../../../src/demo/authority.ts";

/** An authority that nobody trusts. */
export const ROOT_OF_NOBODY = createAuthority("Nobody");
