/**
 * The ports on a real API server, through the fabric8 client.
 *
 * <p>Reads use fabric8's typed calls. Writes are single HTTP requests through its HTTP client, because the typed ones
 * hide what we must control: {@code delete()} cannot carry a uid precondition, {@code replace()} retries past conflicts
 * (docs/decisions/0003-writes-are-single-requests.md). Nothing here retries, and nothing here decides.
 */
@NullMarked
package dev.kubesent.cluster.fabric8;

import org.jspecify.annotations.NullMarked;
