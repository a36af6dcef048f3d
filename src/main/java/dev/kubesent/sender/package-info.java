/**
 * Ahead of stage 1: who sends, and how much.
 *
 * <p>Takes a {@link dev.kubesent.event.Request} before anything of it is read but its headers, and lets it through or answers it: 401
 * without a token that holds, 403 for one of somebody who is not on the list, 429 for too many events of one pod or namespace. May ask for
 * the keys that the cluster signs tokens with, and nothing else. It is the second line: whoever gets past it can at most make KubeSent
 * read, as only the live pod decides.
 */
@NullMarked
package dev.kubesent.sender;

import org.jspecify.annotations.NullMarked;
