/** What belongs to this process alone: its name, its heap, its one timer, and how it waits. Knows nothing of Spring, and nothing of pods. */
@NullMarked
package dev.kubesent.function.process;

import org.jspecify.annotations.NullMarked;
