/**
 * The retention job: deletes regular files older than so many days under one directory. Useful on its own, as a CronJob or a function.
 *
 * <p>Takes {@link dev.kubesent.cleanup.CleanupSettings}, read from environment variables, and gives a {@link
 * dev.kubesent.cleanup.Summary}. Touches the file system below the one directory, by handles that it holds ({@code openat}, {@code
 * unlinkat}), never by a path that somebody could exchange meanwhile; regular files by system calls of its own ({@link dev.kubesent.cleanup.PlainFiles}); no cluster, no network, nothing of the other packages. It holds no
 * list: memory is the same for ten thousand files as for ten million. What it cannot delete it counts and passes by.
 */
@NullMarked
package dev.kubesent.cleanup;

import org.jspecify.annotations.NullMarked;
