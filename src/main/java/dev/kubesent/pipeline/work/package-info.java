/**
 * When the work on an incident is done: before the answer, beside it or behind it, by how many at once, and in whose turn. Knows incidents by their
 * namespace and size only, and nothing of what is done.
 */
@NullMarked
package dev.kubesent.pipeline.work;

import org.jspecify.annotations.NullMarked;
