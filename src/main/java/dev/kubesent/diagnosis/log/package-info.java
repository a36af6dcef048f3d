/**
 * The reader of logs: takes the last lines of a container's log, and gives entries, each with its level, what belongs to it, and how much it
 * tells. A pure function, and the one place where a log is looked at. Knows shapes of logs, and no cause; may use the text package only.
 */
@NullMarked
package dev.kubesent.diagnosis.log;

import org.jspecify.annotations.NullMarked;
