// What survives must not be a matter of luck.
import fc from "fast-check";

fc.configureGlobal({ seed: 8461 });
