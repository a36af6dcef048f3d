/**
 * What belongs to this process alone: its name, its heap, its one timer, how it waits, what it is called in traces, which of these are kept, and how its
 * log is escaped. The last of these is a listener of Spring's; the others know nothing of it, and none knows of pods.
 */
@NullMarked
package dev.kubesent.function.process;

import org.jspecify.annotations.NullMarked;
