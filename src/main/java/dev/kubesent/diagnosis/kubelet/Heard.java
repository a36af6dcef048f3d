package dev.kubesent.diagnosis.kubelet;

import dev.kubesent.diagnosis.Quote;

/**
 * A message that was read, and as it may be shown: the name of a Secret looks like a credential, and is none.
 *
 * @param chain the message taken apart
 */
public record Heard(Chain chain, Quote quote) {}
