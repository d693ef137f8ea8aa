import type { SenderProfile } from "./sender-profile.ts";
import { chasquid } from "./senders/chasquid.ts";
import { kumomta } from "./senders/kumomta.ts";
import { maddy } from "./senders/maddy.ts";
import { mailauth } from "./senders/mailauth.ts";
import { mox } from "./senders/mox.ts";
import { postfixMtaStsResolver } from "./senders/postfix-mta-sts-resolver.ts";
import { postfixTlspol } from "./senders/postfix-tlspol.ts";
import { stalwart } from "./senders/stalwart.ts";

/** Every sender whose source was read, in the order in which messages name them. */
export const senders: readonly SenderProfile[] = [
  chasquid,
  kumomta,
  maddy,
  mox,
  postfixMtaStsResolver,
  postfixTlspol,
  stalwart,
  mailauth,
];
